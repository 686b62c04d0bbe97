import { z } from 'zod'
import { Outage, Refusal, refuse } from '../base/errors.ts'
import { loginLocale } from './loginLocale.ts'
import { RealmRoles, RealmUser, type RealmAdmin } from './realmAdmin.ts'

/** A citizen as the town's own office registers them. */
export interface CitizenGiven {
  givenName: string
  familyName: string
  /** Also the user name. */
  email: string
  phone: string | null
  address: string | null
  /** One of the six languages. */
  language: string
}

/** Accounts of citizens in Keycloak, as far as the office makes them. One account serves all towns. */
export interface CitizenDirectory {
  /** Whether somebody has this address as user name or e-mail. */
  isTaken(email: string): Promise<boolean>
  /**
   * Makes an account that nobody can sign in to yet: shut, without a password, the address not confirmed. `mark` says for which
   * registration it is: asked again with the same mark, it answers the same account. Refuses ('already-exists') an address that
   * somebody else has.
   */
  createPending(citizen: CitizenGiven, mark: string): Promise<string>
  /** Sets the password, opens the account and notes that the address was confirmed. Refuses ('password-refused') one against the rules. */
  activate(id: string, password: string): Promise<void>
  /** Removes an account that is still shut; one that is gone already is gone. Refuses ('wrong-state') one that was opened. */
  deletePending(id: string): Promise<void>
}

/** Keycloak's user attribute that names the registration. */
export const markAttribute = 'registration'

/** The directory behind a realm's Admin API. */
export function citizenDirectory(admin: RealmAdmin): CitizenDirectory {
  const named = async (field: 'username' | 'email', value: string): Promise<RealmUser[]> =>
    z.array(RealmUser).parse((await admin.get(`/users?${new URLSearchParams({ [field]: value, exact: 'true' })}`)) ?? [])
  const withAddress = async (email: string): Promise<RealmUser[]> => [...(await named('username', email)), ...(await named('email', email))]
  const find = async (id: string): Promise<RealmUser | undefined> => {
    const found = await admin.get(`/users/${id}`)
    return found === undefined ? undefined : RealmUser.parse(found)
  }

  const makeCitizen = async (id: string): Promise<void> => {
    const roles = `/users/${id}/role-mappings/realm`
    const missing = RealmRoles.parse(await admin.get(`${roles}/available`)).filter(({ name }) => name === 'citizen')
    if (missing.length > 0) await admin.post(roles, missing)
  }

  /** Made by an earlier attempt whose answer got lost, or by this one. */
  const ownedBy = async (email: string, mark: string): Promise<string> => {
    const mine = (await withAddress(email)).find(({ attributes, enabled }) => !enabled && attributes[markAttribute]?.[0] === mark)
    return mine?.id ?? refuse('already-exists', 'account-exists')
  }

  return {
    isTaken: async (email) => (await withAddress(email)).length > 0,

    async createPending({ givenName, familyName, email, phone, address, language }, mark) {
      const attributes = {
        [markAttribute]: [mark], locale: [loginLocale(language)],
        ...(phone && { phone_number: [phone] }), ...(address && { address: [address] }),
      }
      let id: string | undefined
      try {
        id = await admin.post('/users', {
          username: email, email, firstName: givenName, lastName: familyName, enabled: false, emailVerified: false, attributes,
        })
      } catch (error) {
        if (!(error instanceof Refusal && error.kind === 'already-exists')) throw error
        id = await ownedBy(email, mark)
      }
      if (!id) throw new Outage('keycloak', new Error('Expected it to tell the id of the account it made'))
      await makeCitizen(id)
      return id
    },

    async activate(id, password) {
      const user = (await find(id)) ?? refuse('not-found', 'not-found')
      try {
        await admin.put(`/users/${id}/reset-password`, { type: 'password', value: password, temporary: false })
      } catch (error) {
        if (error instanceof Refusal && error.kind === 'invalid') refuse('invalid', 'password-refused')
        throw error
      }
      // The mark has done its work; a person's account says nothing of a case.
      const { [markAttribute]: _, ...attributes } = user.attributes
      await admin.put(`/users/${id}`, { ...user, attributes, enabled: true, emailVerified: true })
    },

    async deletePending(id) {
      const user = await find(id)
      if (!user) return
      if (user.enabled) refuse('wrong-state', 'registration-over')
      await admin.delete(`/users/${id}`)
    },
  }
}
