import { openByCode } from '../../cases/openByCode.ts'
import { openCodeSession } from '../../identity/sessions.ts'
import { OpenByCode, type OpenedByCode } from '../contract/cases.ts'
import { cookieNames, setCookie } from '../cookies.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read } from '../middleware/read.ts'
import type { Routes } from '../web.ts'

/** Number and access code open one case for half an hour. */
export function addStatus(router: Routes, attempts: Attempts): void {
  router.post('/status', attempts.statusByCode, read(OpenByCode, async (ctx, { number, code }) => {
    const { id } = await openByCode(ctx.context, number, code)
    setCookie(ctx, cookieNames.code(ctx.town.id), await openCodeSession(ctx.context, id))
    ctx.body = { caseId: id } satisfies OpenedByCode
  }))
}
