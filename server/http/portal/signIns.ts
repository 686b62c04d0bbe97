import { refuse } from '../../base/errors.ts'
import { endSession, loginsOf, type Session } from '../../identity/sessions.ts'
import { EndSignIn, type SignInRow, type SignIns } from '../contract/signIns.ts'
import { freshLogin } from '../middleware/freshLogin.ts'
import { read } from '../middleware/read.ts'
import { signedIn } from '../middleware/signedIn.ts'
import type { Asked, Routes } from '../web.ts'

/** Where a person is signed in, and the end of one such login from afar. */
export function addSignIns(router: Routes): void {
  router.get('/me/sign-ins', signedIn, async (ctx: Asked) => {
    const logins = await loginsOf(ctx.context, ctx.session!.actor.id)
    ctx.body = { signIns: logins.map((login) => showSignIn(login, ctx.session!)) } satisfies SignIns
  })

  router.delete('/me/sign-ins/:id', signedIn, freshLogin('sign-ins.end'), read(EndSignIn, async (ctx, { id }) => {
    const logins = await loginsOf(ctx.context, ctx.session!.actor.id)
    const login = logins.find((each) => idOf(each) === id)
    if (!login) refuse('not-found', 'not-found')
    await endSession(ctx.context, login.idHash)
    // The device's next click must not sign it in again without a question.
    if (login.grant) await ctx.neighbors.keycloak.endLogin(login.grant)
    ctx.status = 204
  }))
}

function showSignIn(login: Session, own: Session): SignInRow {
  return {
    id: idOf(login),
    device: login.device,
    level: login.actor.level,
    since: new Date(login.createdAtMs).toISOString(),
    seen: new Date(login.seenAtMs).toISOString(),
    isThis: login.idHash.equals(own.idHash),
  }
}

/** The hash of 256 random bits: it names the login and opens nothing. */
function idOf({ idHash }: Session): string {
  return idHash.toString('base64url')
}
