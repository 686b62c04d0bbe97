import { Lifecycle } from '../elements/lifecycle.ts'
import type { Key } from '../key.ts'
import type { Instance } from '../state/instance.ts'
import type { StateView } from '../state/state.ts'
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
      const created = 'but it is created by a parent process instance'
      reject(intent, 'wrong-state', `Expected to cancel a process instance with key '${processInstanceKey}', ${created}. `
        + `Cancel the root process instance '${rootOf(instance, decision.state).key}' instead.`)
    }
    new Lifecycle(decision, instance).terminate(instance.root)
  },
}

/** The instance that was not called, but called the one that called this one, however many there are between. */
function rootOf(instance: Instance, state: StateView): Instance {
  const caller = instance.caller && state.instance(instance.caller.instanceKey)
  return caller ? rootOf(caller, state) : instance
}
