import type { Key } from '../key.ts'
import type { Definition } from '../state/definitions.ts'
import type { Instance } from '../state/instance.ts'
import type { StateView } from '../state/state.ts'
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

/** Starts an instance at the none start event of its process. */
export const createInstance: Command<CreateInstance, CreatedInstance> = {
  intent,

  needs: (request, state) => {
    const definition = find(request, state)
    return definition ? { models: [definition.key] } : {}
  },

  decide(request, decision) {
    const definition = find(request, decision.state) ?? rejectUnknown(request)
    const variables = readVariables(intent, request.variables ?? '')
    const event = decision.state.definitions.model(definition.key)!.root.noneStart
    if (!event) reject(intent, 'wrong-state', `Expected to create instance of process with none start event, but there is no such event`)
    const { processId: bpmnProcessId, version, key: processDefinitionKey } = definition
    const { key: processInstanceKey } = startInstance(decision, { definition, event, variables, created: request.created })
    return { processDefinitionKey, bpmnProcessId, version, processInstanceKey }
  },
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
