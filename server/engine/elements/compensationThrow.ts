import type { CompensationThrow } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Has everything undone that was done in its scope, or one activity, and waits for it. */
export const compensationThrow: ElementHandler<CompensationThrow> = {
  activate: ({ activityId }) => ({ then: 'compensate', activityId }),
}
