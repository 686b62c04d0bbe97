import { Outage } from '../base/errors.ts'
import { signOutEverywhere } from '../cases/signOutEverywhere.ts'
import { anonymous } from '../identity/actor.ts'
import { endSession, endSessionsOf, findSession } from '../identity/sessions.ts'
import { Language } from './contract/words.ts'
import { clearCookie, cookieNames } from './cookies.ts'
import type { Attempts } from './middleware/attempts.ts'
import { freshLogin } from './middleware/freshLogin.ts'
import { readBytes } from './middleware/read.ts'
import { signedIn } from './middleware/signedIn.ts'
import { townOf } from './middleware/townOf.ts'
import type { Asked, Routes, Step } from './web.ts'

/** The ways out: this browser, every device, and what Keycloak tells of its own accord. */
export function addSignOut(router: Routes, attempts: Attempts, change: Step[]): void {
  router.post('/sign-in/back-channel', attempts.backChannel, endByKeycloak)
  router.post('/:tenant/sign-out', townOf, ...change, signOut)
  router.post('/:tenant/sign-out-everywhere', townOf, ...change, signedIn, freshLogin('sign-ins.end'), signOutOfAll)
}

/** Ends what this browser had open here, by login, by code or as a draft, and the login at Keycloak; tells the page where to go next. */
async function signOut(ctx: Asked): Promise<void> {
  const { session, neighbors: { keycloak } } = ctx
  await endHere(ctx)
  ctx.body = { location: session?.grant ? await endAtKeycloak(ctx, () => keycloak.endLogin(session.grant!)) : homeOf(ctx) }
}

/** Ends every login of the person, on every device and in every town. */
async function signOutOfAll(ctx: Asked): Promise<void> {
  const { neighbors: { keycloak, towns, contextFor }, context: { actor } } = ctx
  const location = await endAtKeycloak(ctx, () => keycloak.endAllLogins(actor.id))
  // Keycloak tells us of each login that ends, but not of one that it has forgotten before us.
  for (const town of towns()) await signOutEverywhere(contextFor(town.id, actor))
  await endHere(ctx)
  ctx.body = { location }
}

async function endHere(ctx: Asked): Promise<void> {
  const opened = await findSession(ctx.context, ctx.cookies.get(cookieNames.code(ctx.town.id)), 'code')
  for (const each of [ctx.session, opened]) if (each) await endSession(ctx.context, each.idHash)
  // The draft's too: what was begun unnamed must not be found by the next person at the same computer.
  for (const name of [cookieNames.login, cookieNames.code, cookieNames.draft]) clearCookie(ctx, name(ctx.town.id))
}

/** Where to go after it: home, or, while Keycloak is silent, to its own page for signing out. */
async function endAtKeycloak(ctx: Asked, end: () => Promise<void>): Promise<string> {
  const { keycloak } = ctx.neighbors
  try {
    await end()
    return homeOf(ctx)
  } catch (error) {
    if (!(error instanceof Outage)) throw error
    ctx.log.warn('neighbor-down', { system: error.system, error })
    const language = Language.safeParse(ctx.cookies.get(cookieNames.language)).data ?? ctx.town.firstLanguage
    return keycloak.signOutUrl(homeOf(ctx), language)
  }
}

function homeOf(ctx: Asked): string {
  return `${ctx.settings.PUBLIC_URL}/${ctx.town.id}/`
}

/** Keycloak tells that a session has ended: it ends in every town. */
async function endByKeycloak(ctx: Asked): Promise<void> {
  const form = new URLSearchParams((await readBytes(ctx.req, 64 * 1024)).toString('utf8'))
  const whose = await ctx.neighbors.keycloak.readLogoutToken(form.get('logout_token') ?? '')
  for (const town of ctx.neighbors.towns()) {
    const ended = await endSessionsOf(ctx.neighbors.contextFor(town.id, anonymous), whose)
    if (ended > 0) ctx.log.info('signed-out-by-keycloak', { tenant: town.id, sessions: ended })
  }
  ctx.set('cache-control', 'no-store')
  ctx.status = 200
  ctx.body = ''
}
