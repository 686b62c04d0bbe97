import { METRICS_TYPE } from '../../metrics/instruments.ts'
import type { ReadDoor, Routes } from '../door.ts'

/** `/metrics`: what Prometheus gathers. It tells numbers of this process, nothing of what is in it. */
export function addMetrics(router: Routes, { metrics }: ReadDoor): void {
  router.get('/metrics', (ctx) => {
    ctx.body = metrics()
    ctx.set('content-type', METRICS_TYPE)
  })
}
