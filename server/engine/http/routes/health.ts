import type { ReadDoor, Routes } from '../door.ts'

/** `/health`: the process answers. `/ready`: it takes commands. A standby that waits for its turn does not, nor one without room. */
export function addHealth(router: Routes, { isServing, isStoreFull }: ReadDoor): void {
  router.get('/health', (ctx) => {
    ctx.body = { status: 'ok' }
  })
  router.get('/ready', (ctx) => {
    ctx.status = isServing() ? 200 : 503
    ctx.body = { status: isServing() ? 'ok' : isStoreFull() ? 'full' : 'waiting' }
  })
}
