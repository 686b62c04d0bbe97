import { z } from 'zod'
import { verifyAct } from '../../cases/verifyAct.ts'
import type { Verification } from '../contract/cases.ts'
import { Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { townOf } from '../middleware/townOf.ts'
import { unitName } from '../show/showTown.ts'
import type { Routes } from '../web.ts'

const Verify = z.object({ code: z.string().trim().min(1).max(40), language: Language.optional() })

/** Whether an act is genuine, for anyone who holds it. */
export function addVerify(router: Routes): void {
  router.get('/:tenant/verify/:code', townOf, read(Verify, async (ctx, { code, language = ctx.town.firstLanguage }) => {
    const found = await verifyAct(ctx.context, code)
    ctx.set('cache-control', 'no-store')
    ctx.body = {
      genuine: found !== null,
      training: ctx.town.trainingOf !== undefined,
      number: found?.act.number ?? null,
      title: found?.act.title ?? null,
      issuedAt: found?.act.createdAt.toISOString() ?? null,
      unit: found && unitName(ctx.town, found.unitId, language),
      sha256: found?.act.sha256 ?? null,
    } satisfies Verification
  }))
}
