import type { BoundaryEvent } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Begins when what it waited for has happened, so it goes on at once. Its waiting is the activity's (see `waiting.ts`). */
export const boundaryEvent: ElementHandler<BoundaryEvent> = {
  activate: (_event, step) => step.complete(),
}
