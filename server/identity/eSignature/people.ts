/**
 * Accounts of people who sign in by certificate, kept in Keycloak through its Admin API. A person is found by a keyed hash of the
 * national number; the number itself lies there sealed, for the product alone.
 */
import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import { Outage, Refusal } from '../../base/errors.ts'
import { oneAtATime } from '../../base/oneAtATime.ts'
import { checkPersonalNumber } from '../../rules/identifiers/index.ts'
import type { Holder } from '../certificates/index.ts'
import type { Keys } from '../keys.ts'
import { realmAdmin, RealmRoles, RealmUser } from '../realmAdmin.ts'
import { clientTokens } from '../serviceToken.ts'

export interface ESignatureAccount {
  /** Keycloak's id. */
  id: string
  /** Made just now, by this certificate. */
  isNew: boolean
  /** The office has closed it. */
  isClosed: boolean
}

export interface ESignaturePeople {
  /**
   * The account of a certificate's holder, tied to this certificate; made when there is none. Undefined when two accounts claim
   * the number: which one it is, only the office can tell. An Outage when Keycloak is silent.
   */
  accountOf(holder: Holder, thumbprint: string): Promise<ESignatureAccount | undefined>
}

export interface ESignatureSettings {
  /** Keycloak as this server reaches it, without a slash at the end. */
  keycloakUrl: string
  realm: string
  /** Of the client `salter-door`, which may manage people and nothing else. */
  doorSecret: string
}


const timeOutMs = 8_000

export function eSignaturePeople({ keycloakUrl, realm, doorSecret }: ESignatureSettings, keys: Keys, clock: Clock): ESignaturePeople {
  const address = { KEYCLOAK_URL: keycloakUrl, KEYCLOAK_REALM: realm }
  const api = realmAdmin(address, clientTokens(address, { id: 'salter-door', secret: doorSecret }, clock), timeOutMs)

  const admin: Admin = {
    find: async (attribute, value) => {
      const found = await api.get(`/users?${new URLSearchParams({ q: `${attribute}:${value}`, max: '3' })}`)
      return z.array(RealmUser).parse(found).filter((user) => user.attributes[attribute]?.[0] === value)
    },
    create: async (user) => {
      try {
        await api.post('/users', user)
        return true
      } catch (error) {
        if (error instanceof Refusal && error.kind === 'already-exists') return false
        throw error
      }
    },
    update: (user) => api.put(`/users/${user.id}`, user),
    makeCitizen: async (id) => {
      const roles = `/users/${id}/role-mappings/realm`
      const missing = async (): Promise<z.infer<typeof RealmRoles>> =>
        RealmRoles.parse(await api.get(`${roles}/available`)).filter((role) => role.name === 'citizen')
      const wanted = await missing()
      if (wanted.length === 0) return
      try {
        await api.post(roles, wanted)
      } catch (error) {
        // Keycloak has no fixed answer to a role that another server gives the same person in this moment; it is there then.
        if ((await missing()).length > 0) throw error
      }
    },
  }

  // Two tabs of one person: the second finds what the first has made, instead of racing it through Keycloak's tables.
  const inTurn = oneAtATime()

  return {
    accountOf(holder, thumbprint) {
      // Not a town's hash: one account serves all towns, and no town can compare its people with it.
      const hash = keys.identifierHash('*', `${holder.country}:${holder.personalNumber}`).toString('base64url')
      return inTurn(hash, () => accountBehind(hash, holder, thumbprint))
    },
  }

  async function accountBehind(hash: string, holder: Holder, thumbprint: string): Promise<ESignatureAccount | undefined> {
    const found = await findAccount(admin, holder, hash)
    if (found.length > 1) return undefined
    const [before] = found
    if (!before && (await admin.create(newAccount(holder, hash, thumbprint, keys)))) {
      const [made] = await admin.find('identifier_hash', hash)
      if (!made) throw new Outage('keycloak', new Error('Expected the account to be there after making it'))
      await admin.makeCitizen(made.id)
      return { id: made.id, isNew: true, isClosed: false }
    }
    // Made by another tab a moment ago, when it could not be made here.
    const account = before ?? (await admin.find('identifier_hash', hash))[0]
    if (!account) throw new Outage('keycloak', new Error('Expected an account that another visit had made'))
    const wanted = { identifier_hash: [hash], certificate_thumbprint: [thumbprint] }
    const isTied = Object.entries(wanted).every(([key, [value]]) => account.attributes[key]?.[0] === value)
    if (account.enabled && !isTied) await admin.update({ ...account, attributes: { ...account.attributes, ...wanted } })
    if (account.enabled) await admin.makeCitizen(account.id)
    return { id: account.id, isNew: false, isClosed: !account.enabled }
  }
}

interface Admin {
  find(attribute: string, value: string): Promise<RealmUser[]>
  /** False when the user name is taken. */
  create(user: Record<string, unknown>): Promise<boolean>
  update(user: RealmUser): Promise<void>
  makeCitizen(id: string): Promise<void>
}

/**
 * By the hash; else by the number that the office has written into an account it made, which is tied from now on. A number that
 * could be one of two countries ties nothing.
 */
async function findAccount(admin: Admin, holder: Holder, hash: string): Promise<RealmUser[]> {
  const tied = await admin.find('identifier_hash', hash)
  if (tied.length > 0) return tied
  const kinds = new Set(['rs', 'bg', 'ro'].flatMap((country) => {
    const check = checkPersonalNumber(country, holder.personalNumber)
    return check.ok ? [check.kind] : []
  }))
  if (kinds.size !== 1) return []
  return (await admin.find('personal_number', holder.personalNumber)).filter(({ attributes }) => !attributes.identifier_hash)
}

function newAccount(holder: Holder, hash: string, thumbprint: string, keys: Keys): Record<string, unknown> {
  return {
    // Says nothing of the person, and is the same for two tabs at once.
    username: `e-${Buffer.from(hash, 'base64url').toString('hex').slice(0, 20)}`,
    enabled: true,
    firstName: holder.givenName,
    lastName: holder.familyName,
    attributes: {
      identifier_hash: [hash],
      certificate_thumbprint: [thumbprint],
      personal_number_sealed: [keys.seal(holder.personalNumber).toString('base64url')],
    },
  }
}
