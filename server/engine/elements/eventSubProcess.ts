import type { EventSubProcess } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** A scope that begins by an event (see `lifecycle.ts`); it is done when the last element inside has ended. */
export const eventSubProcess: ElementHandler<EventSubProcess> = {
  activate: (_subProcess, step) => step.wait(),
}
