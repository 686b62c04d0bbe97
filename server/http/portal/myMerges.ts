import { z } from 'zod'
import { myMerges } from '../../cases/people/myMerges.ts'
import type { MyMerges } from '../contract/people.ts'
import { Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { signedIn } from '../middleware/signedIn.ts'
import { unitName } from '../show/showTown.ts'
import type { Routes } from '../web.ts'

const InLanguage = z.object({ language: Language.optional() })

/** What the town did with the rows it keeps of the signed-in citizen. */
export function addMyMerges(router: Routes): void {
  router.get('/me/merges', signedIn, read(InLanguage, async (ctx, { language = ctx.town.firstLanguage }) => {
    ctx.body = {
      merges: (await myMerges(ctx.context)).map(({ at, units, roles, ...rest }) => ({
        ...rest, at: at.toISOString(), roles: [...roles], offices: units.map((unit) => unitName(ctx.town, unit, language)),
      })),
    } satisfies MyMerges
  }))
}
