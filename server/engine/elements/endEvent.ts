import { textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import type { EndEvent } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Ends its token; a terminate end event ends its whole scope, an error end event looks for who catches the error. */
export const endEvent: ElementHandler<EndEvent> = {
  activate({ ends }, step) {
    if (ends === undefined) return step.complete()
    if (ends === 'terminate') return { then: 'end-scope' }
    const errorCode = textOf(ends.errorCode, step.scope)
    return errorCode instanceof Failure ? errorCode : { then: 'throw-error', errorCode }
  },
}
