import { z } from 'zod'
import { Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { townOf } from '../middleware/townOf.ts'
import { showTown } from '../show/showTown.ts'
import type { Routes } from '../web.ts'

const TownQuery = z.object({ language: Language.optional() })

/** The front door's list of towns, and one town. */
export function addTown(router: Routes): void {
  router.get('/towns', (ctx) => {
    ctx.body = ctx.neighbors.towns().map(({ id, names, firstLanguage, color }) => ({ id, names, firstLanguage, mark: color }))
  })

  router.get('/:tenant/town', townOf, read(TownQuery, (ctx, { language }) => {
    ctx.body = showTown(ctx.town, language ?? ctx.town.firstLanguage, ctx.settings, ctx.neighbors)
  }))
}
