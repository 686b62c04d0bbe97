import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { closeStartTimers, openStartTimers, planStartTimers, type StartSchedules } from '../behaviors/startTimers.ts'
import type { Key } from '../key.ts'
import { reject, type Command } from './command.ts'

export interface DeleteResource {
  /** Of a version of a process, decision requirements graph or form. */
  resourceKey: Key
}

const intent = 'DELETE'

/**
 * Takes one version away: nothing starts by it or takes it up any more, and its number is not given again. If it was the latest,
 * the former is now. What ended stays in the history.
 */
export const deleteResource: Command<DeleteResource, void> = {
  intent,

  needs({ resourceKey }, { definitions }) {
    const definition = definitions.byKey(resourceKey)
    if (!definition) return {}
    const former = definitions.former(definition.processId)
    return { running: [resourceKey], models: former ? [former.key] : [] }
  },

  decide({ resourceKey }, decision) {
    if (deletions.some((each) => each(decision, resourceKey))) return
    reject(intent, 'not-found', `Expected to delete the resource with key '${resourceKey}', but there is none`)
  },
}

/** Deletes the resource if the key is of its kind. */
type Deletion = (decision: Decision, key: Key) => boolean

/** What can be deleted. */
const deletions: readonly Deletion[] = [deleteProcess, deleteDecisions, deleteForm]

function deleteProcess(decision: Decision, key: Key): boolean {
  const { definitions } = decision.state
  const definition = definitions.byKey(key)
  if (!definition) return false
  const { processId, version } = definition
  if (decision.state.isRunning(key)) {
    reject(intent, 'wrong-state',
      `Expected to delete version ${version} of process '${processId}' with key '${key}', but it has running instances; cancel them first`)
  }
  const next = definitions.latest(processId) === definition ? definitions.former(processId) : undefined
  const schedules = next && planStarts(decision, next.key)
  closeStartTimers(decision, key)
  decision.record({ type: 'resource-deleted', key, at: decision.nowMs })
  if (next && schedules) openStartTimers(decision, next.key, schedules)
  return true
}

/** The start timers of the version that takes over, as if it were deployed now. */
function planStarts(decision: Decision, key: Key): StartSchedules {
  const plan = planStartTimers(decision, decision.state.definitions.model(key)!.root)
  if (!(plan instanceof Failure)) return plan
  reject(intent, 'wrong-state', `Expected the former version with key '${key}' to take over, but it cannot: ${plan.message}`)
}

function deleteDecisions(decision: Decision, key: Key): boolean {
  if (!decision.state.drgs.byKey(key)) return false
  decision.record({ type: 'resource-deleted', key, at: decision.nowMs })
  return true
}

// Tasks that were made with it keep its key.
function deleteForm(decision: Decision, key: Key): boolean {
  if (!decision.state.definitions.form(key)) return false
  decision.record({ type: 'resource-deleted', key, at: decision.nowMs })
  return true
}
