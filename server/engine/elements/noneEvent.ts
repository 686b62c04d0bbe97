import type { NoneEvent, PassTask } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Marks that a place was passed. */
export const noneEvent: ElementHandler<NoneEvent> = {
  activate: (_event, step) => step.complete(),
}

/** Manual and undefined tasks are for people; an engine passes them. */
export const passTask: ElementHandler<PassTask> = {
  activate: (_task, step) => step.complete(),
}
