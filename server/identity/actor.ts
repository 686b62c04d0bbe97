/** How surely we know who acts, in rising order (architecture: assurance level per action). */
export const assuranceLevels = ['anonymous', 'code', 'password', 'e-signature'] as const
export type AssuranceLevel = (typeof assuranceLevels)[number]

/** Staff roles as Keycloak's realm names them, and the one citizen role. */
export const staffRoles = [
  'counter-clerk', 'village-office-clerk', 'case-clerk', 'registrar', 'head', 'supervisor', 'quality-manager',
  'process-designer', 'records-officer', 'external-organisation', 'auditor', 'administrator',
  // Of the whole installation, beside a town's own: adds municipalities to it.
  'operator',
] as const
export type StaffRole = (typeof staffRoles)[number]

/** Whether a name is one of the staff roles. */
export function isStaffRole(name: string): name is StaffRole {
  return staffRoles.some((each) => each === name)
}

/** Who is asking, in one tenant. Made by a door (a session, a job, a loop), never by a verb. */
export interface Actor {
  readonly kind: 'anonymous' | 'citizen' | 'staff' | 'system'
  /** Keycloak's user id; 'anonymous'; 'system:<worker or loop>'. */
  readonly id: string
  /** As people see it; empty for anonymous. */
  readonly name: string
  readonly level: AssuranceLevel
  /** When they last proved who they are, by password or certificate, milliseconds since 1970; undefined when nobody has told. */
  readonly provedAtMs?: number | undefined
  readonly roles: readonly StaffRole[]
  /** Unit ids of this tenant. */
  readonly units: readonly string[]
  /** The account row of a signed-in citizen. */
  readonly accountId?: string
  /** The person row behind that account. */
  readonly personId?: string
  /** The one case that number and access code opened. */
  readonly openedCaseId?: string
  /** Opens an anonymous visitor's own draft: the secret of a cookie. */
  readonly draftSecret?: string
}

/** Whether the actor is known at least as surely as `needed`. */
export function isAtLeast(actor: Actor, needed: AssuranceLevel): boolean {
  return assuranceLevels.indexOf(actor.level) >= assuranceLevels.indexOf(needed)
}

/** The actor of automatic steps. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: `system:${name}`, name: '', level: 'e-signature', roles: [], units: [] }
}

export const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', name: '', level: 'anonymous', roles: [], units: [] }
