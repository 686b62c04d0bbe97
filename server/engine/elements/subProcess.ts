import type { SubProcess } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** A scope of its own within the process; it is done when the last element inside has ended. */
export const subProcess: ElementHandler<SubProcess> = {
  activate: ({ noneStart }) => ({ then: 'open', start: noneStart }),
}
