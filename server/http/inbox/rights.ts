import { myRights, readRights } from '../../cases/readRights.ts'
import type { RightsPage } from '../contract/rights.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showRights } from '../show/showRights.ts'
import type { Asked, Routes } from '../web.ts'

/** Who may do what here. */
export function addRights(router: Routes): void {
  router.get('/inbox/rights', staffOnly, (ctx: Asked) => {
    ctx.body = showRights(readRights(ctx.context)) satisfies RightsPage
  })

  router.get('/inbox/rights/mine', staffOnly, (ctx: Asked) => {
    const { rights, parties } = myRights(ctx.context)
    ctx.body = showRights(rights, parties) satisfies RightsPage
  })
}
