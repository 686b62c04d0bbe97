import { z } from 'zod'
import { refuse } from '../base/errors.ts'
import { staffRoles, type StaffRole } from './actor.ts'
import { loginLocale } from './loginLocale.ts'
import type { RealmAdmin } from './realmAdmin.ts'

/** Someone of a town hall as Keycloak knows them. */
export interface StaffMember {
  readonly id: string
  readonly username: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly roles: readonly StaffRole[]
  /** Unit ids of the town asked about. */
  readonly units: readonly string[]
  readonly isEnabled: boolean
  /** Whether the person still has to choose a password. */
  readonly isInvited: boolean
}

export interface StaffGiven {
  username: string
  givenName: string
  familyName: string
  email: string
  roles: readonly StaffRole[]
  units: readonly string[]
}

export interface StaffChange {
  roles?: readonly StaffRole[]
  units?: readonly string[]
  isEnabled?: boolean
}

/** Who works in which unit of which town, and with which roles: Keycloak's groups `/{tenant}/{unit}` and realm roles. */
export interface StaffDirectory {
  /** Makes the groups of a town and its units that are not there yet. */
  ensureUnits(tenantId: string, unitIds: readonly string[]): Promise<void>
  staffOf(tenantId: string): Promise<StaffMember[]>
  /**
   * Makes a person's account and writes them an e-mail with a link by which they choose a password, valid for three days.
   * Refuses ('already-exists') a user name or address that somebody has.
   */
  invite(tenantId: string, person: StaffGiven, mail: { language: string }): Promise<string>
  /**
   * Refuses ('not-found') who is not of the town, and ('wrong-state') roles of someone who also works in a town which is not in
   * `alsoIn`: its copies for practice.
   */
  change(tenantId: string, memberId: string, change: StaffChange, alsoIn?: readonly string[]): Promise<void>
  /**
   * Makes an account for practice in a copy of a town, with a password that administrators are told and nothing to confirm; writes to
   * nobody. One that is there gets this password, these roles and units. Answers its id.
   */
  ensurePractice(tenantId: string, person: StaffGiven, how: { password: string; language: string }): Promise<string>
  /** Lets everybody of one town into another with the same units: its copy for practice. */
  joinAll(fromTenantId: string, toTenantId: string): Promise<void>
}

const Group = z.looseObject({ id: z.string(), name: z.string(), path: z.string() })
type Group = z.infer<typeof Group>

const User = z.looseObject({
  id: z.string(),
  username: z.string(),
  firstName: z.string().default(''),
  lastName: z.string().default(''),
  email: z.string().default(''),
  enabled: z.boolean(),
  requiredActions: z.array(z.string()).default([]),
})
type User = z.infer<typeof User>

const Role = z.looseObject({ id: z.string(), name: z.string() })
type Role = z.infer<typeof Role>

// Of a group's members and a person's groups: Keycloak answers a hundred unless told otherwise.
const all = 'max=10000'
const invitationSeconds = 3 * 24 * 3600

/** The directory behind a realm's Admin API. */
export function staffDirectory(admin: RealmAdmin): StaffDirectory {
  const townGroup = async (tenantId: string): Promise<Group | undefined> => {
    const found = await admin.get(`/groups?exact=true&search=${encodeURIComponent(tenantId)}&${all}`)
    return z.array(Group).parse(found ?? []).find(({ name, path }) => name === tenantId && path === `/${tenantId}`)
  }
  const unitsBelow = async (town: Group): Promise<Group[]> => z.array(Group).parse(await admin.get(`/groups/${town.id}/children?${all}`) ?? [])
  const mappingsOf = async (userId: string, which = ''): Promise<Role[]> =>
    z.array(Role).parse(await admin.get(`/users/${userId}/role-mappings/realm${which}`) ?? [])
  const rolesOf = async (userId: string): Promise<StaffRole[]> => {
    const roles = await mappingsOf(userId)
    return staffRoles.filter((role) => roles.some(({ name }) => name === role))
  }
  const groupsOf = async (userId: string): Promise<Group[]> => z.array(Group).parse(await admin.get(`/users/${userId}/groups?${all}`) ?? [])
  const expectTown = async (tenantId: string): Promise<Group> => {
    const town = await townGroup(tenantId)
    if (!town) throw new Error(`Expected a group /${tenantId}, because its town is served here`)
    return town
  }

  const setRoles = async (userId: string, wanted: readonly StaffRole[]): Promise<void> => {
    // Whoever keeps the installation was not made so by a town, and is not unmade by one.
    const isTowns = ({ name }: Role): boolean => staffRoles.some((role) => role === name && role !== 'operator')
    const isWanted = ({ name }: Role): boolean => wanted.some((role) => role === name)
    const added = (await mappingsOf(userId, '/available')).filter((role) => isTowns(role) && isWanted(role))
    const removed = (await mappingsOf(userId)).filter((role) => isTowns(role) && !isWanted(role))
    if (added.length > 0) await admin.post(`/users/${userId}/role-mappings/realm`, added)
    if (removed.length > 0) await admin.delete(`/users/${userId}/role-mappings/realm`, removed)
  }

  const setUnits = async (userId: string, town: Group, wanted: readonly string[]): Promise<void> => {
    const units = await unitsBelow(town)
    const had = (await groupsOf(userId)).filter(({ path }) => isIn(path, town.name))
    for (const { id, path } of had) if (!wanted.includes(unitOf(path))) await admin.delete(`/users/${userId}/groups/${id}`)
    for (const unit of units.filter(({ name }) => wanted.includes(name))) await admin.put(`/users/${userId}/groups/${unit.id}`, {})
  }

  return {
    async ensureUnits(tenantId, unitIds) {
      if (!(await townGroup(tenantId))) await admin.post('/groups', { name: tenantId })
      const town = await expectTown(tenantId)
      const there = (await unitsBelow(town)).map(({ name }) => name)
      for (const name of unitIds) if (!there.includes(name)) await admin.post(`/groups/${town.id}/children`, { name })
    },

    async staffOf(tenantId) {
      const town = await townGroup(tenantId)
      if (!town) return []
      const found = new Map<string, { user: User; units: string[] }>()
      for (const group of [town, ...(await unitsBelow(town))]) {
        for (const user of z.array(User).parse(await admin.get(`/groups/${group.id}/members?${all}`) ?? [])) {
          const kept = found.get(user.id) ?? { user, units: [] }
          if (group !== town) kept.units.push(group.name)
          found.set(user.id, kept)
        }
      }
      const members: StaffMember[] = []
      for (const { user, units } of found.values()) {
        members.push({
          id: user.id, username: user.username, givenName: user.firstName, familyName: user.lastName, email: user.email,
          roles: await rolesOf(user.id), units, isEnabled: user.enabled, isInvited: user.requiredActions.includes('UPDATE_PASSWORD'),
        })
      }
      return members
    },

    async invite(tenantId, { username, givenName, familyName, email, roles, units }, { language }) {
      const town = await expectTown(tenantId)
      const id = await admin.post('/users', {
        username, email, firstName: givenName, lastName: familyName, enabled: true, emailVerified: false,
        requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL'], attributes: { locale: [loginLocale(language)] },
      })
      if (!id) throw new Error('Expected Keycloak to tell the id of the account it made')
      await setRoles(id, roles)
      await setUnits(id, town, units)
      await admin.put(`/users/${id}/execute-actions-email?lifespan=${invitationSeconds}`, ['UPDATE_PASSWORD', 'VERIFY_EMAIL'])
      return id
    },

    async ensurePractice(tenantId, { username, givenName, familyName, email, roles, units }, { password, language }) {
      const town = await expectTown(tenantId)
      const [found] = z.array(User).parse(await admin.get(`/users?exact=true&username=${encodeURIComponent(username)}`) ?? [])
      const id = found?.id ?? await admin.post('/users', {
        username, email, firstName: givenName, lastName: familyName, enabled: true, emailVerified: true,
        attributes: { locale: [loginLocale(language)] },
      })
      if (!id) throw new Error('Expected Keycloak to tell the id of the account it made')
      await admin.put(`/users/${id}/reset-password`, { type: 'password', value: password, temporary: false })
      await setRoles(id, roles)
      await setUnits(id, town, units)
      return id
    },

    async change(tenantId, memberId, { roles, units, isEnabled }, alsoIn = []) {
      const groups = await groupsOf(memberId)
      if (!groups.some(({ path }) => isIn(path, tenantId))) refuse('not-found', 'not-found')
      const worksElsewhere = groups.some(({ path }) => ![tenantId, ...alsoIn].some((town) => isIn(path, town)))
      // Roles and the account itself are the person's in every town, so no one town takes or gives them.
      if (worksElsewhere && (roles !== undefined || isEnabled !== undefined)) refuse('wrong-state', 'works-in-another-town')
      if (roles) await setRoles(memberId, roles)
      if (units) await setUnits(memberId, await expectTown(tenantId), units)
      if (isEnabled !== undefined) {
        // Whole: what a representation leaves out, Keycloak may take for emptied.
        const person = User.parse(await admin.get(`/users/${memberId}`))
        await admin.put(`/users/${memberId}`, { ...person, enabled: isEnabled })
        if (!isEnabled) await admin.post(`/users/${memberId}/logout`, {})
      }
    },

    async joinAll(fromTenantId, toTenantId) {
      const from = await expectTown(fromTenantId)
      const targets = await unitsBelow(await expectTown(toTenantId))
      for (const unit of await unitsBelow(from)) {
        const target = targets.find(({ name }) => name === unit.name)
        if (!target) continue
        for (const { id } of z.array(User).parse(await admin.get(`/groups/${unit.id}/members?${all}`) ?? [])) {
          await admin.put(`/users/${id}/groups/${target.id}`, {})
        }
      }
    },
  }
}

function isIn(path: string, tenantId: string): boolean {
  return path === `/${tenantId}` || path.startsWith(`/${tenantId}/`)
}

function unitOf(path: string): string {
  return path.split('/')[2] ?? ''
}
