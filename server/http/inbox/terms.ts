import { z } from 'zod'
import { extendDeadline } from '../../cases/deadlines/extendDeadline.ts'
import { resumeDeadline } from '../../cases/deadlines/resumeDeadline.ts'
import { suspendDeadline } from '../../cases/deadlines/suspendDeadline.ts'
import { requestSupplement } from '../../cases/supplement/requestSupplement.ts'
import { ExtendTerm, RequestSupplement, SuspendTerm } from '../contract/terms.ts'
import { Id } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showDeadline } from '../show/showDeadline.ts'
import type { Routes } from '../web.ts'

const OneTask = z.object({ taskId: Id })

/** The legal term of a case, changed from one of its steps. */
export function addTerms(router: Routes): void {
  router.post('/inbox/tasks/:taskId/term/suspend', staffOnly, read(OneTask.extend(SuspendTerm.shape), async (ctx, { taskId, ...wish }) => {
    ctx.body = showDeadline(await suspendDeadline(ctx.context, taskId, wish), ctx.town)
  }))

  router.post('/inbox/tasks/:taskId/term/resume', staffOnly, read(OneTask, async (ctx, { taskId }) => {
    ctx.body = showDeadline(await resumeDeadline(ctx.context, taskId), ctx.town)
  }))

  router.post('/inbox/tasks/:taskId/term/extend', staffOnly, read(OneTask.extend(ExtendTerm.shape), async (ctx, { taskId, words }) => {
    ctx.body = showDeadline(await extendDeadline(ctx.context, taskId, words), ctx.town)
  }))

  router.post('/inbox/tasks/:taskId/supplement', staffOnly, read(OneTask.extend(RequestSupplement.shape), async (ctx, { taskId, ...wish }) => {
    await requestSupplement(ctx.context, taskId, wish)
    ctx.status = 204
  }))
}
