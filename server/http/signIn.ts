import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { refuse, Refusal } from '../base/errors.ts'
import { accountOf } from '../identity/accounts.ts'
import { isAtLeast, type Actor } from '../identity/actor.ts'
import { actorFrom, type Claims, type SignInAs } from '../identity/claims.ts'
import { isSame, sha256 } from '../identity/keys.ts'
import type { GrantedLogin, SignInWish } from '../identity/keycloak.ts'
import { deviceOf } from '../identity/device.ts'
import { endSession, findSession, openLoginSession } from '../identity/sessions.ts'
import { Language, Level } from './contract/words.ts'
import { clearCookie, cookieNames, setCookie } from './cookies.ts'
import type { Attempts } from './middleware/attempts.ts'
import { read } from './middleware/read.ts'
import { townOf } from './middleware/townOf.ts'
import type { Asked, Routes } from './web.ts'

const SignIn = z.object({
  return: z.string().max(2000).optional(),
  language: Language.optional(),
  as: z.enum(['citizen', 'staff']).default('citizen'),
  level: Level.default('password'),
  /** Something to do at Keycloak on the way. */
  action: z.enum(['app', 'key', 'password']).optional(),
  /** How many minutes ago the person may have proved who they are; Keycloak asks anew where it is longer. */
  within: z.coerce.number().int().min(1).max(720).optional(),
})

/** What is kept, sealed in a cookie, while the browser is at Keycloak. */
const Attempt = z.object({
  tenant: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  as: z.enum(['citizen', 'staff']),
  level: Level,
  language: Language,
  withinMinutes: z.number().optional(),
  startedAtMs: z.number(),
  /** Begun once more by us, after Keycloak had taken the first answer back. */
  isAgain: z.boolean().default(false),
})
type Attempt = z.infer<typeof Attempt>
type Wish = Omit<Attempt, 'tenant' | 'state' | 'nonce' | 'verifier' | 'startedAtMs'> & Pick<SignInWish, 'action'>

const attemptMs = 30 * 60_000
const callbackPath = '/sign-in'
/** What Keycloak sends a tab back with when the person has signed in at another one in the meantime. */
const tookBack = 'temporarily_unavailable'
/** Of the way back from Keycloak, and of two clocks. */
const toleranceMs = 60_000

const Callback = z.object({ state: z.string().max(200), code: z.string().max(2000).optional(), error: z.string().max(200).optional() })

/** The way to Keycloak and back. */
export function addSignIn(router: Routes, attempts: Attempts): void {
  router.get('/sign-in/callback', attempts.signIn, read(Callback, comeBack))
  router.get('/:tenant/sign-in', attempts.signIn, townOf, read(SignIn, goToKeycloak))
}

function goToKeycloak(ctx: Asked, { return: path, language, as, level, action, within }: z.infer<typeof SignIn>): void {
  begin(ctx, {
    returnTo: ownPath(ctx, path), language: language ?? ctx.town.firstLanguage, as, level, action, withinMinutes: within, isAgain: false,
  })
}

/** Sends the browser to Keycloak, and keeps with it what was wished. */
function begin(ctx: Asked, { action, ...wish }: Wish): void {
  const { keycloak, keys, clock } = ctx.neighbors
  const attempt: Attempt = {
    ...wish,
    tenant: ctx.town.id,
    // The town at its end says where a forged answer belongs, and tells the certificate door, which has no other way to know it;
    // it is not believed for anything else.
    state: `${random()}.${ctx.town.id}`,
    nonce: random(),
    verifier: random(),
    startedAtMs: clock.now(),
  }
  const sealed = keys.seal(JSON.stringify(attempt)).toString('base64url')
  setCookie(ctx, cookieNames.signIn(attempt.state), sealed, { maxAgeMs: attemptMs, path: callbackPath })
  const challenge = createHash('sha256').update(attempt.verifier).digest('base64url')
  ctx.set('cache-control', 'no-store')
  ctx.redirect(keycloak.signInUrl({
    state: attempt.state,
    nonce: attempt.nonce,
    challenge,
    level: attempt.level,
    language: attempt.language,
    action,
    withinMinutes: attempt.withinMinutes,
  }))
}

async function comeBack(ctx: Asked, { state, code, error }: z.infer<typeof Callback>): Promise<void> {
  const named = ctx.neighbors.towns().find(({ id }) => id === state.slice(state.lastIndexOf('.') + 1))
  if (named) ctx.town = named
  const attempt = keptAttempt(ctx, state)
  clearCookie(ctx, cookieNames.signIn(state), callbackPath)
  ctx.params.tenant = attempt.tenant
  await townOf(ctx, async () => {
    ctx.set('cache-control', 'no-store')
    // The person turned back at the login page: they are where they were, not signed in.
    if (error === 'access_denied') return ctx.redirect(attempt.returnTo)
    if (error === tookBack && !attempt.isAgain) return begin(ctx, { ...attempt, isAgain: true })
    if (error || !code) refuse('not-allowed', 'sign-in-failed', { reason: error })
    const login = await exchanged(ctx, code, attempt)
    if (!login) return begin(ctx, { ...attempt, isAgain: true })
    if (!isFresh(login.claims, attempt, ctx.neighbors.clock.now())) {
      refuse('not-allowed', 'login-too-old', { minutes: attempt.withinMinutes })
    }
    const actor = await actorOf(ctx, login, attempt)
    // Keycloak may let somebody in by less than was asked for: who came for more keeps the session they had.
    if (!isAtLeast(actor, attempt.level)) refuse('not-allowed', 'level-too-low', { needed: attempt.level, has: actor.level })
    await endFormerSession(ctx)
    const cookie = await openLoginSession(ctx.context, {
      actor,
      grant: login.grant,
      keycloakSession: login.claims.sid,
      device: deviceOf(ctx.get('user-agent')),
    })
    setCookie(ctx, cookieNames.login(ctx.town.id), cookie)
    ctx.log.info('signed-in', { tenant: ctx.town.id, actor: actor.id, kind: actor.kind })
    ctx.redirect(attempt.returnTo)
  })
}

/**
 * The login behind a code. Undefined when Keycloak no longer takes the code, the first time: it waited too long in a crowd, or another
 * tab was in between. The person is known at Keycloak by now, so beginning again asks them nothing.
 */
async function exchanged(ctx: Asked, code: string, attempt: Attempt): Promise<GrantedLogin | undefined> {
  try {
    return await ctx.neighbors.keycloak.exchange(code, attempt)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'sign-in-expired' || attempt.isAgain) throw error
    ctx.log.info('sign-in-begins-again', { tenant: ctx.town.id })
    return undefined
  }
}

/** Whether the person proved who they are as lately as was asked. A browser may leave out what it was to ask of Keycloak. */
function isFresh({ auth_time }: Claims, { withinMinutes }: Attempt, nowMs: number): boolean {
  return withinMinutes === undefined || (auth_time !== undefined && nowMs - auth_time * 1000 <= withinMinutes * 60_000 + toleranceMs)
}

/** The attempt this browser began; a callback that it did not begin, or too long ago, is refused. */
function keptAttempt(ctx: Asked, state: string): Attempt {
  const sealed = ctx.cookies.get(cookieNames.signIn(state))
  const attempt = sealed === undefined ? undefined : openAttempt(ctx, sealed)
  if (!attempt || !isSame(sha256(attempt.state), sha256(state))) refuse('not-allowed', 'sign-in-expired')
  if (ctx.neighbors.clock.now() - attempt.startedAtMs > attemptMs) refuse('not-allowed', 'sign-in-expired')
  return attempt
}

function openAttempt(ctx: Asked, sealed: string): Attempt | undefined {
  try {
    return Attempt.parse(JSON.parse(ctx.neighbors.keys.open(Buffer.from(sealed, 'base64url'))))
  } catch {
    // Touched, or sealed under a former key: the same as none.
    return undefined
  }
}

async function actorOf(ctx: Asked, { claims }: GrantedLogin, { as, language }: { as: SignInAs; language: string }): Promise<Actor> {
  const actor = actorFrom(claims, ctx.town.id, as)
  if (!actor) refuse('not-allowed', 'no-access-here')
  if (actor.kind !== 'citizen') return actor
  return { ...actor, ...(await accountOf(ctx.context, claims, language)) }
}

async function endFormerSession(ctx: Asked): Promise<void> {
  const former = await findSession(ctx.context, ctx.cookies.get(cookieNames.login(ctx.town.id)), 'login')
  if (former) await endSession(ctx.context, former.idHash)
}

/** Only a path of the same town: a login must not send people elsewhere. */
function ownPath(ctx: Asked, path: string | undefined): string {
  const home = `/${ctx.town.id}/`
  if (!path || !URL.canParse(path, ctx.settings.PUBLIC_URL)) return home
  const url = new URL(path, ctx.settings.PUBLIC_URL)
  const isOurs = url.origin === new URL(ctx.settings.PUBLIC_URL).origin && url.pathname.startsWith(home)
  return isOurs ? url.pathname + url.search + url.hash : home
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
