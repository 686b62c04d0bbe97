import { z } from 'zod'
import { emblemOf } from '../../cases/towns/emblem.ts'
import { Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { townOf } from '../middleware/townOf.ts'
import { showTown } from '../show/showTown.ts'
import type { Routes } from '../web.ts'

const TownQuery = z.object({ language: Language.optional() })

/** The front door's list of towns, and one town. */
export function addTown(router: Routes): void {
  router.get('/towns', (ctx) => {
    // People come to the front door for their town; who practices knows the address.
    ctx.body = ctx.neighbors.towns().filter(({ trainingOf }) => !trainingOf)
      .map(({ id, names, firstLanguage, color }) => ({ id, names, firstLanguage, mark: color }))
  })

  router.get('/:tenant/town', townOf, read(TownQuery, (ctx, { language }) => {
    ctx.body = showTown(ctx.town, language ?? ctx.town.firstLanguage, ctx.settings, ctx.neighbors)
  }))

  router.get('/:tenant/emblem', townOf, async (ctx) => {
    const { mediaType, bytes } = await emblemOf(ctx.context)
    ctx.type = mediaType
    // Pages show it as an image; whoever opens it alone gets a picture that can do nothing.
    ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    ctx.body = bytes
  })
}
