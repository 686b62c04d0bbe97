import { z } from 'zod'
import { cancelRegistration } from '../../cases/registration/cancelRegistration.ts'
import { checkCitizen } from '../../cases/registration/checkCitizen.ts'
import { confirmIdentity } from '../../cases/registration/confirmIdentity.ts'
import { readRegistration } from '../../cases/registration/readRegistration.ts'
import { registerCitizen } from '../../cases/registration/registerCitizen.ts'
import { resendActivation } from '../../cases/registration/resendActivation.ts'
import { slipOf } from '../../cases/registration/slipOf.ts'
import { CancelRegistration, CheckCitizen, ConfirmIdentity, RegisterCitizen, ResendActivation } from '../contract/registration.ts'
import { Id } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showChecked, showConfirmed, showRegistration, showSlip } from '../show/showRegistration.ts'
import type { Asked, Routes } from '../web.ts'

const OneCase = z.object({ caseId: Id })
const OnePerson = z.object({ personId: Id }).extend(ConfirmIdentity.shape)
const OneToResend = OneCase.extend(ResendActivation.shape)
const OneToCancel = OneCase.extend(CancelRegistration.shape)

/** Registering a citizen at the counter: before, the deed itself, the slip, and what can still be done about it. */
export function addRegistration(router: Routes): void {
  router.post('/counter/registrations/check', staffOnly, read(CheckCitizen, async (ctx, described) => {
    ctx.body = showChecked(await checkCitizen(ctx.context, described))
  }))

  router.post('/counter/registrations', staffOnly, read(RegisterCitizen, async (ctx, citizen) => {
    const { case: opened } = await registerCitizen(ctx.context, citizen)
    ctx.body = showSlip(await slipOf(ctx.context, await readRegistration(ctx.context, opened.id)))
  }))

  router.get('/counter/registrations/:caseId', staffOnly, read(OneCase, (ctx, { caseId }) => tell(ctx, caseId)))

  router.get('/counter/registrations/:caseId/slip', staffOnly, read(OneCase, async (ctx, { caseId }) => {
    ctx.body = showSlip(await slipOf(ctx.context, await readRegistration(ctx.context, caseId)))
  }))

  router.post('/counter/registrations/:caseId/resend', staffOnly, read(OneToResend, async (ctx, { caseId, email }) => {
    await resendActivation(ctx.context, caseId, { email })
    await tell(ctx, caseId)
  }))

  router.post('/counter/registrations/:caseId/cancel', staffOnly, read(OneToCancel, async (ctx, { caseId, reason }) => {
    await cancelRegistration(ctx.context, caseId, reason)
    await tell(ctx, caseId)
  }))

  router.post('/counter/people/:personId/confirm', staffOnly, read(OnePerson, async (ctx, { personId, ...seen }) => {
    ctx.body = showConfirmed(await confirmIdentity(ctx.context, personId, seen))
  }))
}

async function tell(ctx: Asked, caseId: string): Promise<void> {
  ctx.body = showRegistration(await readRegistration(ctx.context, caseId))
}
