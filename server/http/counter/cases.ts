import { openCase } from '../../cases/openCase.ts'
import { readCase } from '../../cases/readCase.ts'
import { systemActor } from '../../identity/actor.ts'
import { FileAtCounter } from '../contract/counter.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showReceipt } from '../show/showReceipt.ts'
import type { Routes } from '../web.ts'

/** Requests that clerks file for whoever stands before them. */
export function addCounterCases(router: Routes): void {
  router.post('/counter/cases', staffOnly, read(FileAtCounter, async (ctx, request) => {
    const { case: filed, accessCode } = await openCase(ctx.context, { ...request, channel: 'counter' })
    // Whoever filed hands the receipt over, whatever else of the case they may see.
    const file = await readCase(ctx.neighbors.contextFor(ctx.town.id, systemActor('receipt')), filed.id)
    ctx.body = showReceipt(file, accessCode, ctx.town, request.language, ctx.context.channels)
  }))
}
