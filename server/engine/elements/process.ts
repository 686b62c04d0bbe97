import type { Process } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Waits for what goes on inside. Its first element is begun by who started it, because that may be any start event. */
export const process: ElementHandler<Process> = {
  activate: (_process, step) => step.wait(),
}
