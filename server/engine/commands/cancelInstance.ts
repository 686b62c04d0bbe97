import { Lifecycle } from '../elements/lifecycle.ts'
import type { Key } from '../key.ts'
import { reject, type Command } from './command.ts'

export interface CancelInstance {
  processInstanceKey: Key
}

const intent = 'CANCEL'

/** Ends an instance from outside, whatever it is doing. */
export const cancelInstance: Command<CancelInstance, void> = {
  intent,
  needs: ({ processInstanceKey }) => ({ instances: [processInstanceKey] }),

  decide({ processInstanceKey }, decision) {
    const instance = decision.state.instance(processInstanceKey)
    if (!instance) {
      reject(intent, 'not-found', `Expected to cancel a process instance with key '${processInstanceKey}', but no such process was found`)
    }
    if (instance.caller) {
      const expected = `Expected to cancel a process instance with key '${processInstanceKey}'`
      reject(intent, 'wrong-state', `${expected}, but it is called by another one; cancel the root process instance instead`)
    }
    new Lifecycle(decision, instance).terminate(instance.root)
  },
}
