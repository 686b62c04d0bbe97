import type { AdminApi } from './adminApi.ts'

interface Attribute {
  name: string
  displayName?: string
  permissions: { view: string[]; edit: string[] }
  validations?: Record<string, Record<string, unknown>>
  multivalued?: boolean
}

interface Profile {
  attributes: Attribute[]
}

const wanted: readonly Attribute[] = [
  // The number comes from an authority's own check, so the person may see it and only the office may set it.
  attribute('personal_number', { max: 20, edit: ['admin'] }),
  attribute('phone_number', { max: 30, edit: ['admin', 'user'] }),
  attribute('address', { max: 300, edit: ['admin', 'user'] }),
]

function attribute(name: string, { max, edit }: { max: number; edit: string[] }): Attribute {
  const permissions = { view: ['admin', 'user'], edit }
  // Keycloak takes ${name} for the key of a text.
  return { name, displayName: `\${${name}}`, permissions, validations: { length: { max } }, multivalued: false }
}

/** Adds our attributes to the realm's user profile; Keycloak drops attributes it was not told of. */
export async function ensureUserProfile(api: AdminApi, realm: string): Promise<void> {
  const profile = await api.get<Profile>(`${realm}/users/profile`)
  if (!profile) throw new Error('Expected Keycloak to tell its user profile')
  const others = profile.attributes.filter(({ name }) => !wanted.some((each) => each.name === name))
  await api.put(`${realm}/users/profile`, { ...profile, attributes: [...others, ...wanted] })
}
