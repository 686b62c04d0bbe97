import { z } from 'zod'
import { showNumber } from '../../cases/showNumber.ts'
import { ShowNumber, type ShownNumber } from '../contract/cases.ts'
import { Id } from '../contract/words.ts'
import { freshLogin } from '../middleware/freshLogin.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import type { Routes } from '../web.ts'

const OneNumber = z.object({ caseId: Id }).extend(ShowNumber.shape)

/** A masked number, shown whole for a reason. */
export function addNumbers(router: Routes): void {
  router.post('/inbox/cases/:caseId/number', staffOnly, freshLogin('number.show'), read(OneNumber, async (ctx, { caseId, ...wish }) => {
    ctx.body = { number: await showNumber(ctx.context, caseId, wish) } satisfies ShownNumber
  }))
}
