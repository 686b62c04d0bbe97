import type { ParallelGateway } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Takes all flows. It is only begun when a token has come in by each incoming one (see `lifecycle.ts`). */
export const parallelGateway: ElementHandler<ParallelGateway> = {
  activate: (_gateway, step) => step.complete(),
}
