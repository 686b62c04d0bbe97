import { textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import type { EscalationThrow } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Tells whoever catches it further out, and goes on: nothing is wrong when nobody does. */
export const escalationThrow: ElementHandler<EscalationThrow> = {
  activate({ escalationCode }, step) {
    const code = textOf(escalationCode, step.scope)
    return code instanceof Failure ? code : { then: 'throw-escalation', escalationCode: code }
  },
}
