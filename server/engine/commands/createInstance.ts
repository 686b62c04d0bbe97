import type { Decision } from '../behaviors/decision.ts'
import type { Variables } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { ProcessModel, StartEvent } from '../model/executable.ts'
import type { Definition } from '../state/definitions.ts'
import type { Instance } from '../state/instance.ts'
import type { StateView } from '../state/state.ts'
import { ActivationPlan, type ActivationTexts } from './activationPlan.ts'
import { reject, type Command } from './command.ts'
import { readVariables } from './readRequest.ts'
import { startInstance } from './startInstance.ts'

export interface CreateInstance {
  /** Either the definition's key… */
  processDefinitionKey?: Key
  /** …or its process id, with a version; missing is the latest. */
  bpmnProcessId?: string
  version?: number
  /** JSON text of an object. */
  variables?: string
  /** Elements before which it begins, instead of at its start event; one named twice begins twice. */
  startInstructions?: readonly { elementId: string }[]
  /** Called when the instance exists, before its first step. */
  created?: (instance: Instance) => void
}

export interface CreatedInstance {
  processDefinitionKey: Key
  bpmnProcessId: string
  version: number
  processInstanceKey: Key
}

const intent = 'CREATE'

const texts: ActivationTexts = {
  intent,
  expected: 'Expected to create instance of process with start instructions',
  unknown: (elementId) => `no element found with id '${elementId}'.`,
  unsupported: (elementId, reason) => `nothing can begin at '${elementId}': ${reason}`,
  insideMultiInstance: (elementId) => `'${elementId}' is inside a multi-instance, which has no turns before it has begun.`,
}

/** Starts an instance at the none start event of its process, or before the elements it was told to. */
export const createInstance: Command<CreateInstance, CreatedInstance> = {
  intent,
  standing: 'begins',

  needs: (request, state) => {
    const definition = find(request, state)
    return definition ? { models: [definition.key] } : {}
  },

  decide({ startInstructions = [], ...request }, decision) {
    const definition = find(request, decision.state) ?? rejectUnknown(request)
    const variables = readVariables(intent, request.variables ?? '')
    const { processId: bpmnProcessId, version, key: processDefinitionKey } = definition
    const model = decision.state.definitions.model(processDefinitionKey)!
    const beginning = startInstructions.length > 0
      ? { plan: planStart(decision, model, startInstructions, variables) }
      : { event: noneStartOf(model) }
    const { key: processInstanceKey } = startInstance(decision, { definition, ...beginning, variables, created: request.created })
    return { processDefinitionKey, bpmnProcessId, version, processInstanceKey }
  },
}

function planStart(
  decision: Decision, model: ProcessModel, instructions: readonly { elementId: string }[], variables: Variables,
): ActivationPlan {
  const plan = new ActivationPlan(decision, texts, model, { variables })
  for (const { elementId } of instructions) plan.add({ elementId })
  return plan
}

function noneStartOf({ root }: ProcessModel): StartEvent {
  return root.noneStart
    ?? reject(intent, 'wrong-state', 'Expected to create instance of process with none start event, but there is no such event')
}

function find(
  { processDefinitionKey, bpmnProcessId = '', version = -1 }: CreateInstance, { definitions }: StateView,
): Definition | undefined {
  if (processDefinitionKey) return definitions.byKey(processDefinitionKey)
  return version < 0 ? definitions.latest(bpmnProcessId) : definitions.version(bpmnProcessId, version)
}

function rejectUnknown({ processDefinitionKey, bpmnProcessId = '', version = -1 }: CreateInstance): never {
  if (processDefinitionKey) reject(intent, 'not-found',
    `Expected to find process definition with key '${processDefinitionKey}', but none found`)
  if (bpmnProcessId === '') reject(intent, 'invalid', 'Expected at least a bpmnProcessId or a key greater than -1, but none given')
  if (version < 0) reject(intent, 'not-found', `Expected to find process definition with process ID '${bpmnProcessId}', but none found`)
  reject(intent, 'not-found',
    `Expected to find process definition with process ID '${bpmnProcessId}' and version '${version}', but none found`)
}
