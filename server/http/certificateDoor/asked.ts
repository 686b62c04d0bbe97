import { z } from 'zod'
import { languageOfLocale, loginLocale } from '../../identity/loginLocale.ts'
import { Language } from '../contract/words.ts'

/** What a visitor wants of the door, read from the address. */
export interface DoorQuestion {
  /** What is asked of Keycloak: path and query, made anew from what was read. */
  path: string
  /** The login page to go back to, where a password would do; undefined where the e-signature is needed. */
  otherWay: string | undefined
  /** The town whose page sent the person here, unchecked. */
  tenantId: string | undefined
  language: Language | undefined
}

const text = (most: number) => z.string().min(1).max(most)

/** The product's own way here: an authorization request (OpenID Connect Core, 3.1.2.1) that asks for the e-signature. */
const Authorization = z.object({
  client_id: text(100),
  response_type: text(40),
  scope: text(200),
  redirect_uri: text(500),
  state: text(200),
  nonce: text(200),
  code_challenge: text(200),
  code_challenge_method: text(20),
  acr_values: z.literal('e-signature'),
  ui_locales: text(40).optional(),
  /** Whoever proved who they are longer ago than so many seconds does it anew. */
  max_age: z.string().regex(/^\d{1,6}$/).optional(),
})

/** From Keycloak's login page: a login under way, in which the e-signature was chosen. */
const Chosen = z.object({ client_id: text(100), tab_id: text(100), client_data: text(4000), ui_locales: text(40).optional() })

/** Reads an address; undefined for every one that is none of the door's two. Each parameter counts once: doubled ones are refused. */
export function readQuestion(target: string, realm: string): DoorQuestion | undefined {
  if (target.length > 8_000 || !target.startsWith('/') || !URL.canParse(target, 'https://door.invalid')) return undefined
  const url = new URL(target, 'https://door.invalid')
  const base = `/realms/${encodeURIComponent(realm)}`
  const names = [...url.searchParams.keys()]
  if (url.host !== 'door.invalid' || new Set(names).size !== names.length) return undefined
  const query = Object.fromEntries(url.searchParams)
  if (url.pathname === `${base}/protocol/openid-connect/auth`) {
    const asked = Authorization.safeParse(query).data
    if (!asked) return undefined
    return { path: withQuery(url.pathname, asked), otherWay: undefined, tenantId: tenantOf(asked.state), language: languageOf(asked) }
  }
  if (url.pathname === `${base}/login-actions/e-signature`) {
    const chosen = Chosen.safeParse(query).data
    if (!chosen) return undefined
    const { ui_locales: _, ...login } = chosen
    return {
      // The form was shown already, so the flow begins anew; this time it finds a certificate.
      path: withQuery(`${base}/login-actions/restart`, login),
      otherWay: withQuery(`${base}/login-actions/authenticate`, login),
      tenantId: tenantOf(stateIn(chosen.client_data)),
      language: languageOf(chosen),
    }
  }
  return undefined
}

/** The same question in another language. */
export function inLanguage(target: string, language: Language): string {
  const url = new URL(target, 'https://door.invalid')
  url.searchParams.set('ui_locales', loginLocale(language))
  return url.pathname + url.search
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `${path}?${new URLSearchParams(given)}`
}

function languageOf({ ui_locales }: { ui_locales?: string | undefined }): Language | undefined {
  return Language.safeParse(languageOfLocale(ui_locales ?? '')).data
}

/** signIn.ts ends each state with the town. */
function tenantOf(state: string): string | undefined {
  return /\.([a-z][a-z0-9-]{1,40})$/.exec(state)?.[1]
}

/** Keycloak keeps the state of a login under way in `client_data`. */
function stateIn(clientData: string): string {
  try {
    return z.object({ st: z.string() }).parse(JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8'))).st
  } catch {
    // Touched: Keycloak will refuse it; here it only means that no town is known.
    return ''
  }
}
