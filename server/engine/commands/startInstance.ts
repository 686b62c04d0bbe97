import type { Decision } from '../behaviors/decision.ts'
import { setLocal, type Variables } from '../behaviors/variables.ts'
import { newElementKey } from '../behaviors/jobs.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import type { StartEvent } from '../model/executable.ts'
import type { Definition } from '../state/definitions.ts'
import type { Caller, Instance } from '../state/instance.ts'
import type { ActivationPlan } from './activationPlan.ts'

export interface Start {
  definition: Definition
  /** Where it begins… */
  event?: StartEvent
  /** …unless it was told to begin elsewhere. */
  plan?: ActivationPlan
  variables: Variables
  /** Of the message that starts it. */
  correlationKey?: string
  /** The call activity that calls it. */
  caller?: Caller
  /** Called when the instance exists, before its first step. */
  created?: (instance: Instance) => void
}

/** Starts an instance and lets it run to where it waits. Its model must be in memory. */
export function startInstance(decision: Decision, start: Start): Instance {
  const { definition, event, plan, variables, correlationKey = '', caller, created } = start
  const key = newElementKey(decision)
  const model = decision.state.definitions.model(definition.key)!
  decision.record({ type: 'instance-created', key, definition, model, correlationKey, caller: caller ?? null, at: decision.nowMs })
  const instance = decision.state.instance(key)!
  created?.(instance)
  const { root } = instance
  const lifecycle = new Lifecycle(decision, instance)
  // An event that maps what it brings keeps it to itself until then. Without one they are the process's, whatever is mapped.
  const isMapped = event !== undefined && event.outputs.length > 0 && event !== model.root.noneStart
  if (!isMapped) setLocal(decision, instance, root, variables)
  // Event sub-processes begin to wait. If that fails, a person can mend it, and the process goes its way meanwhile.
  lifecycle.activate(root)
  if (event) lifecycle.begin(event, root, isMapped ? variables : undefined)
  plan?.begin(lifecycle)
  lifecycle.run()
  return instance
}
