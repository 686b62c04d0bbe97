/**
 * The realm `salter`, made and kept by steps that may be repeated: each looks first, then adds or sets right.
 * What an administrator added by hand (identity providers, people, further clients) stays.
 */
import type { Municipality } from '../zeebe/municipality.ts'
import { openAdminApi } from './realm/adminApi.ts'
import { ensureClients } from './realm/clients.ts'
import { ensureLoginFlow, passwordFlow } from './realm/loginFlow.ts'
import { ensureDemoPeople, ensureGroups, ensureRoles } from './realm/people.ts'
import { ensureSecondFactor, type SecondFactorRoles } from './realm/secondFactor.ts'
import { ensureServiceScope } from './realm/serviceScope.ts'
import { realmSettings } from './realm/settings.ts'
import { ensureUserProfile } from './realm/userProfile.ts'

export interface RealmOptions {
  /** Keycloak, without a slash at the end. */
  url: string
  realm: string
  admin: { username: string; password: string }
  /** Where people reach the product: login comes back there. */
  publicUrl: string
  clientSecret: string
  serviceSecret: string
  /** Of the certificate door's own client; without one there is no such client. */
  doorSecret?: string
  /** Where the login page sends whoever chooses the e-signature; without it the page offers the password only. */
  doorUrl?: string
  /** Mail for forgotten passwords; none: that link is not shown. */
  smtp?: { url: string; from: string }
  municipalities: readonly Municipality[]
  /** Makes the people of the municipality files, all with this password. Demo only. */
  demoPassword?: string
  /** Staff roles that sign in with a second factor; none when not given. */
  secondFactor?: SecondFactorRoles
}

/** Brings the realm to what the product needs. */
export async function prepareRealm(options: RealmOptions): Promise<void> {
  const api = await openAdminApi(options.url, options.admin)
  const path = `/${options.realm}`
  const settings = realmSettings(options)
  if (await api.get(path)) await api.put(path, settings)
  else await api.post('', settings)
  await ensureLoginFlow(api, path)
  await ensureUserProfile(api, path)
  await ensureRoles(api, path)
  await ensureSecondFactor(api, path, passwordFlow, options.secondFactor ?? {})
  await ensureClients(api, path, options)
  await ensureServiceScope(api, path)
  await ensureGroups(api, path, options.municipalities)
  if (options.demoPassword) await ensureDemoPeople(api, path, options.municipalities, options.demoPassword)
}
