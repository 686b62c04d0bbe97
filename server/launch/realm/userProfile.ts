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
  { name: 'personal_number', permissions: { view: ['admin', 'user'], edit: ['admin'] }, validations: { length: { max: 20 } }, multivalued: false },
  { name: 'phone_number', permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] }, validations: { length: { max: 30 } }, multivalued: false },
  { name: 'address', permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] }, validations: { length: { max: 300 } }, multivalued: false },
]

/** Adds our attributes to the realm's user profile; Keycloak drops attributes it was not told of. */
export async function ensureUserProfile(api: AdminApi, realm: string): Promise<void> {
  const profile = await api.get<Profile>(`${realm}/users/profile`)
  if (!profile) throw new Error('Expected Keycloak to tell its user profile')
  const others = profile.attributes.filter(({ name }) => !wanted.some((each) => each.name === name))
  const ours = wanted.map((attribute) => ({ ...attribute, displayName: `\${${attribute.name}}` }))
  await api.put(`${realm}/users/profile`, { ...profile, attributes: [...others, ...ours] })
}
