import type { Routes } from './web.ts'

/** `/health`: the process answers. `/ready`: it has all it needs to serve; else 503 with what is missing. */
export function addHealth(router: Routes): void {
  router.get('/health', (ctx) => {
    ctx.set('cache-control', 'no-store')
    ctx.body = { status: 'ok' }
  })
  router.get('/ready', async (ctx) => {
    ctx.set('cache-control', 'no-store')
    await ctx.neighbors.ready()
    ctx.body = { status: 'ok' }
  })
}
