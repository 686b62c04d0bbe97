import { z } from 'zod'
import { townWords } from '../../cases/letters/townWords.ts'
import { activateAccount, declineAccount } from '../../cases/registration/activateAccount.ts'
import { lookAtLink } from '../../cases/registration/lookAtLink.ts'
import { consentWording } from '../../cases/registration/registrationPackage.ts'
import { resendByLink } from '../../cases/registration/resendActivation.ts'
import { ActivateAccount, DeclineAccount, LookAtLink, type ActivatedAccount, type ConsentWording } from '../contract/registration.ts'
import { Language } from '../contract/words.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read } from '../middleware/read.ts'
import { showLink } from '../show/showRegistration.ts'
import type { Routes } from '../web.ts'

const InLanguage = z.object({ language: Language.optional() })
const Look = LookAtLink.extend(InLanguage.shape)

/**
 * The account that was prepared for somebody: what the link of the mail is for, opening it with the code, another link, and no thank
 * you. The token comes in the body, because addresses are logged.
 */
export function addActivation(router: Routes, attempts: Attempts): void {
  router.get('/registration', read(InLanguage, (ctx, { language = ctx.town.firstLanguage }) => {
    ctx.body = consentWording(ctx.context, language) satisfies ConsentWording
  }))

  router.post('/activation/look', attempts.activation, read(Look, async (ctx, { token, language = ctx.town.firstLanguage }) => {
    ctx.body = showLink(await lookAtLink(ctx.context, token), townWords(ctx.town, language).name)
  }))

  router.post('/activation', attempts.activation, read(ActivateAccount, async (ctx, given) => {
    ctx.body = { userName: await activateAccount(ctx.context, given) } satisfies ActivatedAccount
  }))

  router.post('/activation/again', attempts.activation, read(LookAtLink, async (ctx, { token }) => {
    await resendByLink(ctx.context, token)
    ctx.status = 204
  }))

  router.post('/activation/decline', attempts.activation, read(DeclineAccount, async (ctx, given) => {
    await declineAccount(ctx.context, given)
    ctx.status = 204
  }))
}
