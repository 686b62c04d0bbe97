import { textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import type { CallActivity } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Waits for the process it calls. The call itself is the next command, since that process may have to be read first. */
export const callActivity: ElementHandler<CallActivity> = {
  activate({ processId }, { decision, instance, element, scope }) {
    const id = textOf(processId, scope)
    if (id instanceof Failure) return id
    decision.follow({ do: 'call', instanceKey: instance.key, elementKey: element.key })
    return { then: 'wait' }
  },
}
