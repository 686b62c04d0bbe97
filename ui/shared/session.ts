import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Me, Town } from '../../server/http/contract/town.ts'
import type { Language, Level } from '../../server/http/contract/words.ts'
import { caller, fetchMe, fetchTown, signOut, signOutEverywhere } from './api/index.ts'
import { isLanguage, keepLanguage, languages, preferredLanguage, type AppTexts } from './texts/index.ts'

/** Who is here, in which town, in which language. Each page begins by `start`. */
export const useSession = defineStore('session', () => {
  const tenant = ref('')
  const town = shallowRef<Town | null>(null)
  const me = shallowRef<Me | null>(null)
  const language = ref<Language>('en')
  /** Why the page could not begin: no such town, or no answer. */
  const failure = shallowRef<unknown>(null)
  let texts: AppTexts | undefined

  /**
   * Fetches town and person and speaks the person's language; without a town (the front door) only the language.
   * Throws as the api does.
   */
  async function start(tenantId: string, appTexts: AppTexts): Promise<void> {
    texts = appTexts
    tenant.value = tenantId
    caller.tenant = tenantId
    if (tenantId === '') {
      language.value = preferredLanguage(languages, 'en')
      return appTexts.load(language.value)
    }
    const told = languageToldByServer(tenantId)
    const [first, person] = await Promise.all([fetchTown(told), fetchMe(), told && appTexts.load(told)])
    setMe(person)
    const chosen = preferredLanguage(first.languages, first.firstLanguage)
    const [named] = await Promise.all([chosen === told ? first : fetchTown(chosen), appTexts.load(chosen)])
    language.value = chosen
    setTown(named)
  }

  /** The person chose another language: kept for the next visit. */
  async function speak(chosen: Language): Promise<void> {
    const [named] = await Promise.all([tenant.value ? fetchTown(chosen) : null, texts?.load(chosen)])
    language.value = chosen
    keepLanguage(chosen)
    if (named) setTown(named)
  }

  /** Asks again who is here: after a refusal that says the session has ended. */
  async function refreshMe(): Promise<void> {
    setMe(await fetchMe())
  }

  /** Ends the session here and at the identity provider. Drafts are on the server; what this browser kept of them goes. */
  async function leave(): Promise<void> {
    forgetDrafts()
    const { location: next } = await signOut(tenant.value)
    location.assign(next)
  }

  /** Ends every login of the person, on every device. `forget`: what else the page kept in this browser. */
  async function leaveEverywhere(forget?: () => void): Promise<void> {
    const { location: next } = await signOutEverywhere(tenant.value)
    forgetDrafts()
    forget?.()
    location.assign(next)
  }

  /** At Keycloak: an app for codes, a security key, or a new password; then back to this page. */
  function atKeycloak(action: 'app' | 'key' | 'password'): string {
    const as = me.value?.staff ? 'staff' : 'citizen'
    return signInBy({ return: location.pathname + location.search, as, action })
  }

  /** Where to sign in, and back to this page afterwards; `level` where a higher one is needed than a password gives. */
  function signInAddress(as: 'citizen' | 'staff' = 'citizen', returnTo = location.pathname + location.search, level?: Level): string {
    return signInBy({ return: returnTo, as, ...(level && { level }) })
  }

  /** The same for whoever is signed in, but longer ago than so many minutes: as before, and no less surely. */
  function signInAgainAddress(withinMinutes: number): string {
    const as = me.value?.staff ? 'staff' : 'citizen'
    const level: Level = me.value?.level === 'e-signature' ? 'e-signature' : 'password'
    return signInBy({ return: location.pathname + location.search, as, level, within: String(withinMinutes) })
  }

  function signInBy(query: Record<string, string>): string {
    return `/${tenant.value}/sign-in?${new URLSearchParams({ ...query, language: language.value })}`
  }

  function setMe(person: Me): void {
    me.value = person
    caller.formToken = person.formToken
    caller.renew = refreshMe
  }

  function setTown(named: Town): void {
    town.value = named
    const { style, dataset } = document.documentElement
    dataset['tenant'] = named.id
    style.setProperty('--town-h', String(named.color.hue))
    style.setProperty('--town-c', String(named.color.chroma))
    style.setProperty('--town-mark', named.color.mark)
  }

  return { tenant, town, me, language, failure, start, speak, refreshMe, leave, leaveEverywhere, signInAddress, signInAgainAddress, atKeycloak }
})

function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('salter.draft.')) localStorage.removeItem(key)
}

/** The server fills the page in for the same reader by the same rule, so its language is a good first guess. */
function languageToldByServer(tenantId: string): Language | undefined {
  const { lang, dataset } = document.documentElement
  return dataset['tenant'] === tenantId && isLanguage(lang) ? lang : undefined
}

/** The town of an address: its first part. Empty at the front door. */
export function tenantOf(pathname: string): string {
  return /^\/([a-z][a-z0-9-]*)(?:\/|$)/.exec(pathname)?.[1] ?? ''
}
