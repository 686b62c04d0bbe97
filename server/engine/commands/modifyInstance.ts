import { Lifecycle } from '../elements/lifecycle.ts'
import type { Key } from '../key.ts'
import { childrenOf, type ElementInstance, type Instance } from '../state/instance.ts'
import { ActivationPlan, type ActivateInstruction, type ActivationTexts } from './activationPlan.ts'
import { reject, type Command } from './command.ts'

export interface ModifyInstance {
  processInstanceKey: Key
  activateInstructions?: readonly ActivateInstruction[]
  terminateInstructions?: readonly TerminateInstruction[]
}

export interface TerminateInstruction {
  elementInstanceKey: Key
}

const intent = 'MODIFY'

/**
 * Lets elements begin that the flow would not reach, and ends others: first all beginnings, then all ends, or nothing of it.
 * A scope in which nothing is left ends as well, up to the instance.
 */
export const modifyInstance: Command<ModifyInstance, void> = {
  intent,
  needs: ({ processInstanceKey }) => ({ instances: [processInstanceKey] }),

  decide({ processInstanceKey, activateInstructions = [], terminateInstructions = [] }, decision) {
    const instance = decision.state.instance(processInstanceKey)
    if (!instance) {
      reject(intent, 'not-found', `Expected to modify process instance but no process instance found with key '${processInstanceKey}'`)
    }
    const texts = textsFor(instance)
    const plan = new ActivationPlan(decision, texts, instance.model, { instance })
    for (const each of activateInstructions) plan.add(each)
    const terminated = terminateInstructions.map(({ elementInstanceKey }) => find(instance, elementInstanceKey, texts))
    if (instance.caller && !isLeft(instance, instance.root, new Set(terminated), plan.entered)) {
      reject(intent, 'invalid', `${texts.expected} but the given instructions would terminate the instance. `
        + 'It was created by a call activity, so modify the parent process instance to terminate that instead.')
    }

    const lifecycle = new Lifecycle(decision, instance)
    plan.begin(lifecycle)
    for (const element of terminated) terminate(lifecycle, element)
    lifecycle.run()
  },
}

function textsFor({ model }: Instance): ActivationTexts {
  const contains = 'it contains one or more activate instructions'
  return {
    intent,
    expected: `Expected to modify instance of process '${model.id}'`,
    unknown: (elementId) => `${contains} with an element that could not be found: '${elementId}'`,
    unsupported: (elementId, reason) => `it asks for '${elementId}', where nothing can begin: ${reason}`,
    insideMultiInstance: (elementId) => `it asks for '${elementId}' inside a multi-instance, of which no turn is active.`,
  }
}

function find(instance: Instance, key: Key, { expected }: ActivationTexts): ElementInstance {
  return instance.elements.get(key) ?? reject(intent, 'invalid',
    `${expected} but it contains one or more terminate instructions with an element instance that could not be found: '${key}'`)
}

/** Whether an element outlives the modification: a scope does if something inside does, or begins there. */
function isLeft(
  instance: Instance, element: ElementInstance, terminated: ReadonlySet<ElementInstance>, entered: ReadonlySet<ElementInstance>,
): boolean {
  if (terminated.has(element)) return false
  if (entered.has(element)) return true
  const children = childrenOf(instance, element)
  return children.length === 0 || children.some((child) => isLeft(instance, child, terminated, entered))
}

/** One that ended with another is over already. */
function terminate(lifecycle: Lifecycle, element: ElementInstance): void {
  if (!lifecycle.instance.elements.has(element.key)) return
  lifecycle.terminate(element)
  for (let scope = element.scope; scope && scope.children === 0; scope = scope.scope) lifecycle.terminate(scope)
}
