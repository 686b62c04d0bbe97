/**
 * Sessions live here, on the server: the browser keeps 256 random bits in an HttpOnly cookie, the table their SHA-256.
 * A login keeps Keycloak's grant, sealed; a code session opens one case for half an hour.
 */
import { randomBytes } from 'node:crypto'
import type { Actor } from './actor.ts'
import { sha256 } from './keys.ts'
import {
  deleteSession, deleteSessionsOf, findLoginsOf, findSessionRow, insertSession, updateSession, type SessionRow,
} from './sessionRows.ts'
import type { TenantDoor } from './tenantDoor.ts'

export interface Session {
  idHash: Buffer
  kind: 'login' | 'code'
  /** As the claims made them when last looked at. */
  actor: Actor
  /** Keycloak's tokens, JSON; null for a code session. */
  grant: string | null
  caseId: string | null
  /** Browser and system, roughly; empty when unknown. */
  device: string
  createdAtMs: number
  seenAtMs: number
  /** When it ends if nothing happens. */
  expiresAtMs: number
}

const minuteMs = 60_000
const idleMs = { staff: 30 * minuteMs, citizen: 60 * minuteMs } as const
const longestMs = 12 * 60 * minuteMs
const codeMs = 30 * minuteMs
// A page asks often; the row need not be written each time.
const touchEveryMs = 30_000

export interface NewLogin {
  actor: Actor
  grant: string
  /** Keycloak's own session. */
  keycloakSession: string
  /** As {@link deviceOf} tells it. */
  device?: string
}

/** Begins a login session and answers the cookie's value, told only once. */
export async function openLoginSession(door: TenantDoor, login: NewLogin): Promise<string> {
  const nowMs = door.clock.now()
  return insert(door, {
    kind: 'login',
    subject: login.actor.id,
    keycloak_session: login.keycloakSession,
    grant_sealed: door.keys.seal(login.grant),
    actor: JSON.stringify(login.actor),
    case_id: null,
    device: login.device ?? '',
    expires_at: new Date(endOf(login.actor, nowMs, nowMs)),
  })
}

/** Begins half an hour with the one case that a number and its code, or the filing itself, opened. */
export async function openCodeSession(door: TenantDoor, caseId: string): Promise<string> {
  return insert(door, {
    kind: 'code',
    subject: null,
    keycloak_session: null,
    grant_sealed: null,
    actor: JSON.stringify({}),
    case_id: caseId,
    device: '',
    expires_at: new Date(door.clock.now() + codeMs),
  })
}

/** The living session behind a cookie; undefined when there is none, or it has ended, or it is of another kind. */
export async function findSession(door: TenantDoor, cookie: string | undefined, kind: Session['kind']): Promise<Session | undefined> {
  if (!cookie || cookie.length > 100) return undefined
  const row = await findSessionRow(door, sha256(cookie), kind)
  if (!row || row.expires_at.getTime() <= door.clock.now()) return undefined
  return toSession(door, row)
}

/** The living login sessions of a person in this town, the one used last first. */
export async function loginsOf(door: TenantDoor, subject: string): Promise<Session[]> {
  const rows = await door.db.transaction((trx) => findLoginsOf(trx, subject, new Date(door.clock.now())))
  return rows.map((row) => toSession(door, row))
}

/** Notes that the person is there, so that the session does not end by idleness. */
export async function touchSession(door: TenantDoor, session: Session): Promise<Session> {
  const nowMs = door.clock.now()
  if (session.kind === 'code' || nowMs - session.seenAtMs < touchEveryMs) return session
  const expiresAtMs = endOf(session.actor, session.createdAtMs, nowMs)
  await door.db.transaction((trx) => updateSession(trx, session.idHash, { seen_at: new Date(nowMs), expires_at: new Date(expiresAtMs) }))
  return { ...session, seenAtMs: nowMs, expiresAtMs }
}

/** Keeps what a refreshed grant says: new tokens, and the actor they make. */
export async function renewSession(door: TenantDoor, session: Session, renewed: { actor: Actor; grant: string }): Promise<Session> {
  await door.db.transaction((trx) =>
    updateSession(trx, session.idHash, { grant_sealed: door.keys.seal(renewed.grant), actor: JSON.stringify(renewed.actor) }),
  )
  return { ...session, ...renewed }
}

/** Ends one session. */
export async function endSession(door: TenantDoor, idHash: Buffer): Promise<void> {
  await door.db.transaction((trx) => deleteSession(trx, idHash))
}

/** Ends all sessions of one town that belong to a session of Keycloak's, or, where that is not told, to a person. */
export async function endSessionsOf(door: TenantDoor, { sid, sub }: { sid?: string; sub?: string }): Promise<number> {
  return door.db.transaction((trx) => deleteSessionsOf(trx, sid ? { keycloak_session: sid } : { subject: sub! }))
}

type NewSession = Omit<SessionRow, 'id_hash' | 'created_at' | 'seen_at' | 'actor'> & { actor: string }

async function insert(door: TenantDoor, row: NewSession): Promise<string> {
  const cookie = randomBytes(32).toString('base64url')
  const now = new Date(door.clock.now())
  await door.db.transaction((trx) => insertSession(trx, { ...row, id_hash: sha256(cookie), created_at: now, seen_at: now }))
  return cookie
}

/** Idle and absolute end, whichever comes first. */
function endOf(actor: Pick<Actor, 'kind'>, createdAtMs: number, seenAtMs: number): number {
  return Math.min(seenAtMs + (actor.kind === 'staff' ? idleMs.staff : idleMs.citizen), createdAtMs + longestMs)
}

function toSession(door: TenantDoor, row: SessionRow): Session {
  return {
    idHash: row.id_hash,
    kind: row.kind,
    actor: row.actor,
    grant: row.grant_sealed && door.keys.open(row.grant_sealed),
    caseId: row.case_id,
    device: row.device,
    createdAtMs: row.created_at.getTime(),
    seenAtMs: row.seen_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  }
}
