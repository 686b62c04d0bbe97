import type { EventSubProcess } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/**
 * A scope that begins by an event (see `triggering.ts`), whose start stands inside by then; told to begin, it opens by itself.
 * It is done when the last element inside has ended.
 */
export const eventSubProcess: ElementHandler<EventSubProcess> = {
  activate: ({ start }, step) => (step.element.children > 0 ? step.wait() : { then: 'open', start }),
}
