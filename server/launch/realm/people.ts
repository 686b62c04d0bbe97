import { staffRoles } from '../../identity/actor.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { AdminApi } from './adminApi.ts'

interface Group {
  id: string
  name: string
}

/** The staff roles and the one citizen role. */
export async function ensureRoles(api: AdminApi, realm: string): Promise<void> {
  const kept = (await api.get<{ name: string }[]>(`${realm}/roles?max=1000`)) ?? []
  for (const name of [...staffRoles, 'citizen']) {
    if (!kept.some((role) => role.name === name)) await api.post(`${realm}/roles`, { name })
  }
}

/** Staff belong to `/{tenant}/{unit}`. */
export async function ensureGroups(api: AdminApi, realm: string, municipalities: readonly Municipality[]): Promise<void> {
  for (const { id, units } of municipalities) {
    const town = await ensureGroup(api, `${realm}/groups`, `${realm}/groups?max=10000`, id)
    const children = `${realm}/groups/${town.id}/children`
    for (const unit of units) await ensureGroup(api, children, `${children}?max=1000`, unit.id)
  }
}

async function ensureGroup(api: AdminApi, makeAt: string, listAt: string, name: string): Promise<Group> {
  const find = async (): Promise<Group | undefined> => (await api.get<Group[]>(listAt))?.find((group) => group.name === name)
  const before = await find()
  if (before) return before
  await api.post(makeAt, { name })
  const made = await find()
  if (!made) throw new Error(`Expected group ${name} to be there after making it`)
  return made
}

/** The people of the municipality files. Who is there already stays as he or she is. */
export async function ensureDemoPeople(
  api: AdminApi, realm: string, municipalities: readonly Municipality[], password: string,
): Promise<void> {
  const users = municipalities.flatMap(({ id: tenant, people }) => people.map((person) => ({
    username: person.username,
    enabled: true,
    email: person.email,
    emailVerified: true,
    firstName: person.givenName,
    lastName: person.familyName,
    attributes: Object.fromEntries(
      Object.entries({ personal_number: person.personalNumber, phone_number: person.phone, address: person.address })
        .flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
    ),
    credentials: [{ type: 'password', value: password, temporary: false }],
    realmRoles: person.roles,
    groups: groupsOf(tenant, person),
  })))
  await api.post(`${realm}/partialImport`, { ifResourceExists: 'SKIP', users })
}

/** Staff of no unit, an auditor or another body, belong to the town itself. */
function groupsOf(tenant: string, { units, roles }: Municipality['people'][number]): string[] {
  if (units.length > 0) return units.map((unit) => `/${tenant}/${unit}`)
  return roles.some((role) => role !== 'citizen') ? [`/${tenant}`] : []
}
