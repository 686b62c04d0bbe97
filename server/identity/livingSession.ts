import { Refusal } from '../base/errors.ts'
import { actorFrom } from './claims.ts'
import type { Keycloak } from './keycloak.ts'
import { endSession, findSession, renewSession, type Session } from './sessions.ts'
import type { TenantDoor } from './tenantDoor.ts'

/** Finds the login session behind a cookie, with claims that still hold. */
export type LivingSession = (door: TenantDoor, cookie: string | undefined) => Promise<Session | undefined>

/**
 * Makes the finder. Access tokens live a minute: a session whose token has ended gets a new one first, and with it the
 * roles of now. Where Keycloak refuses, or the person has become nobody in this town, the session ends.
 * Throws an Outage while Keycloak is silent: nobody acts on claims that cannot be checked.
 */
export function keepSessionsAlive(keycloak: Keycloak): LivingSession {
  // A page asks for several things at once: one refresh serves them all.
  const underWay = new Map<string, Promise<Session | undefined>>()

  const refresh = async (door: TenantDoor, session: Session, grant: string): Promise<Session | undefined> => {
    try {
      const login = await keycloak.refresh(grant)
      const actor = actorFrom(login.claims, door.tenant.id, session.actor.kind === 'staff' ? 'staff' : 'citizen')
      // Someone who changed from one kind to the other has to sign in again, as what they are now.
      if (actor?.kind === session.actor.kind) {
        const { accountId, personId } = session.actor
        return await renewSession(door, session, { grant: login.grant, actor: { ...actor, ...(accountId && { accountId, personId }) } })
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
    await endSession(door, session.idHash)
    return undefined
  }

  return async (door, cookie) => {
    const session = await findSession(door, cookie, 'login')
    if (!session?.grant || !keycloak.isStale(session.grant)) return session
    const key = `${door.tenant.id} ${session.idHash.toString('hex')}`
    const running = underWay.get(key) ?? refresh(door, session, session.grant).finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }
}
