import { markAttribute } from '../../identity/citizenDirectory.ts'
import type { AdminApi } from './adminApi.ts'
import { thumbprintAttribute } from './eSignature.ts'

interface Attribute {
  name: string
  displayName?: string
  permissions: { view: string[]; edit: string[] }
  validations?: Record<string, Record<string, unknown>>
  multivalued?: boolean
  required?: { roles: string[] }
}

interface Profile {
  attributes: Attribute[]
}

const wanted: readonly Attribute[] = [
  // The number comes from an authority's own check, so the person may see it and only the office may set it.
  attribute('personal_number', { max: 20, edit: ['admin'] }),
  attribute('phone_number', { max: 30, edit: ['admin', 'user'] }),
  attribute('address', { max: 300, edit: ['admin', 'user'] }),
  // Of people who signed in by certificate (identity/eSignature/): the number as a keyed hash to find them by, and sealed for the
  // product alone; the certificate that was let in last.
  attribute('identifier_hash', { max: 100, view: ['admin'], edit: ['admin'] }),
  attribute('personal_number_sealed', { max: 300, view: ['admin'], edit: ['admin'] }),
  attribute(thumbprintAttribute, { max: 64, view: ['admin'], edit: ['admin'] }),
  // Of an account that is not opened yet: for which registration it is (identity/citizenDirectory.ts).
  attribute(markAttribute, { max: 100, view: ['admin'], edit: ['admin'] }),
]

function attribute(
  name: string, { max, edit, view = ['admin', 'user'] }: { max: number; edit: string[]; view?: string[] },
): Attribute {
  const permissions = { view, edit }
  // Keycloak takes ${name} for the key of a text.
  return { name, displayName: `\${${name}}`, permissions, validations: { length: { max } }, multivalued: false }
}

/** Adds our attributes to the realm's user profile; Keycloak drops attributes it was not told of. */
export async function ensureUserProfile(api: AdminApi, realm: string): Promise<void> {
  const profile = await api.get<Profile>(`${realm}/users/profile`)
  if (!profile) throw new Error('Expected Keycloak to tell its user profile')
  const others = profile.attributes.filter(({ name }) => !wanted.some((each) => each.name === name))
    // A certificate proves a person without an address for mail: nobody is stopped at the door for want of one.
    .map(({ required, ...each }) => (each.name === 'email' ? each : { ...each, ...(required && { required }) }))
  await api.put(`${realm}/users/profile`, { ...profile, attributes: [...others, ...wanted] })
}
