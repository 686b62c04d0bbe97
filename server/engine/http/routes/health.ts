import type { ReadDoor, Routes } from '../door.ts'

/** `/health`: the process answers. `/ready`: it takes commands; a standby that waits for its turn does not. */
export function addHealth(router: Routes, { isServing }: ReadDoor): void {
  router.get('/health', (ctx) => {
    ctx.body = { status: 'ok' }
  })
  router.get('/ready', (ctx) => {
    ctx.status = isServing() ? 200 : 503
    ctx.body = { status: isServing() ? 'ok' : 'waiting' }
  })
}
