import { z } from 'zod'
import { isStaffRole, type Actor } from './actor.ts'

/** What the realm's access tokens tell of a person. What is not named here is not looked at. */
export const Claims = z.object({
  sub: z.string().min(1),
  /** Keycloak's own session: it ends by this id. */
  sid: z.string().min(1),
  /** When the token ends, seconds since 1970. */
  exp: z.number(),
  /** When the person last proved who they are, seconds since 1970: by password, second factor or certificate. */
  auth_time: z.number().optional(),
  /** The assurance level that was reached; the realm maps its numbers to our words. */
  acr: z.string().default('password'),
  given_name: z.string().default(''),
  family_name: z.string().default(''),
  preferred_username: z.string().default(''),
  email: z.string().default(''),
  email_verified: z.boolean().default(false),
  phone_number: z.string().default(''),
  address: z.object({ formatted: z.string().default('') }).default({ formatted: '' }),
  personal_number: z.string().default(''),
  /** The same for people who signed in by certificate, sealed by us: Keycloak cannot read it. */
  personal_number_sealed: z.string().default(''),
  /** Full paths: `/{tenant}/{unit}`. */
  groups: z.array(z.string()).default([]),
  realm_access: z.object({ roles: z.array(z.string()) }).default({ roles: [] }),
})
export type Claims = z.infer<typeof Claims>

/** As whom a person wants to act: someone of the town hall may also be a citizen. */
export type SignInAs = 'citizen' | 'staff'

/**
 * Who the claims make a person in one town. Roles are the realm's, but they count only where the person belongs to a
 * unit: staff of another town is nobody here, unless a citizen. Undefined: nobody.
 */
export function actorFrom(claims: Claims, tenantId: string, as: SignInAs): Actor | undefined {
  const units = unitsIn(claims, tenantId)
  const roles = units === undefined ? [] : claims.realm_access.roles.filter(isStaffRole)
  const isCitizen = claims.realm_access.roles.includes('citizen')
  const isStaff = roles.length > 0
  // Any sign-in is a password at least; a level that is not ours counts as no more than that.
  const level = claims.acr === 'e-signature' ? 'e-signature' : 'password'
  const provedAtMs = claims.auth_time === undefined ? undefined : claims.auth_time * 1000
  const base = { id: claims.sub, name: nameFrom(claims), level, ...(provedAtMs !== undefined && { provedAtMs }) } as const
  if (isStaff && (as === 'staff' || !isCitizen)) return { ...base, kind: 'staff', roles, units: units ?? [] }
  if (isCitizen) return { ...base, kind: 'citizen', roles: [], units: [] }
  return undefined
}

/** The person's units in the town; none of them still means a member when the group of the town itself is there. */
function unitsIn(claims: Claims, tenantId: string): string[] | undefined {
  const paths = claims.groups.map((path) => path.split('/').slice(1)).filter(([tenant]) => tenant === tenantId)
  if (paths.length === 0) return undefined
  return paths.flatMap(([, unit]) => (unit ? [unit] : []))
}

function nameFrom(claims: Claims): string {
  return [claims.given_name, claims.family_name].filter(Boolean).join(' ') || claims.preferred_username
}
