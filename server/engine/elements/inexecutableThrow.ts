import type { InexecutableThrow } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Stops where nobody could say what was meant, instead of passing it over. */
export const inexecutableThrow: ElementHandler<InexecutableThrow> = {
  activate({ id, definitions }, step) {
    return step.fail('UNKNOWN', `Expected to throw at '${id}', but an event that throws ${definitions.join(' and ')} is not executable`)
  },
}
