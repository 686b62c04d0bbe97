import { z } from 'zod'
import type { Key } from '../../key.ts'
import type { FoundJob, View } from '../../read/reader.ts'
import type { JobState } from '../../store/rows.ts'
import { definitionFinder, definitionKeysOf, type DefinitionFinder } from '../definitions.ts'
import { showMoment, tenantId, type ReadDoor, type Routes } from '../door.ts'
import { filterOf, keys, processIds, tenant, texts, words } from '../filters.ts'
import { elementIdOf } from '../elements.ts'
import { keyOrder, Page, pageOfKeys } from '../paging.ts'
import { readSearch } from '../readRequest.ts'

// A job that was given away, or waits to be, is CREATED: the API has no state of its own for either.
const states: Readonly<Record<'CREATED' | 'FAILED' | 'ERROR_THROWN', readonly JobState[]>> = {
  CREATED: ['activatable', 'activated'],
  FAILED: ['failed'],
  ERROR_THROWN: ['error-thrown'],
}

const stateOf: Readonly<Record<JobState, keyof typeof states>> = {
  activatable: 'CREATED', activated: 'CREATED', failed: 'FAILED', 'error-thrown': 'ERROR_THROWN',
}

const JobFilter = filterOf({
  jobKey: keys.optional(),
  processInstanceKey: keys.optional(),
  processDefinitionKey: keys.optional(),
  processDefinitionId: processIds.optional(),
  state: words(['CREATED', 'FAILED', 'ERROR_THROWN']).optional(),
  type: texts.optional(),
  tenantId: tenant.optional(),
}).refine(isNarrow, 'Expected type and process definition together with the states FAILED and ERROR_THROWN, a job or a process instance: '
  + 'no index serves them alone')

const Search = z.strictObject({ filter: JobFilter, sort: keyOrder('jobKey', 'creationTime'), page: Page })

/** Jobs that are not done, in the order of their tasks. */
export function addJobs(router: Routes, { reader }: ReadDoor): void {
  router.post('/v2/jobs/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    ctx.body = await reader.read(async (view) => {
      const wanted = {
        keys: filter.jobKey, instanceKeys: filter.processInstanceKey, definitionKeys: await definitionKeysOf(view, filter),
        states: filter.state?.flatMap((each) => states[each]), types: filter.type,
      }
      const found = await pageOfKeys(view, [{ list: 'jobs', filter: wanted }], page, sort)
      return { items: await showJobs(view, found.keys), page: found.page }
    })
  })
}

interface Narrowing {
  jobKey?: unknown
  processInstanceKey?: unknown
  processDefinitionKey?: unknown
  processDefinitionId?: unknown
  type?: unknown
  state?: readonly string[]
}

// Jobs that have failed are few and have an index of their own; all others have one by key, and are found by their instance.
function isNarrow({ jobKey, processInstanceKey, processDefinitionKey, processDefinitionId, type, state }: Narrowing): boolean {
  const isBroad = !type && !processDefinitionKey && !processDefinitionId
  return isBroad || jobKey !== undefined || processInstanceKey !== undefined || (state !== undefined && !state.includes('CREATED'))
}

async function showJobs(view: View, wanted: readonly Key[]) {
  const found = await view.jobs(wanted)
  const definitions = await definitionFinder(view, found)
  const byKey = new Map(found.map((each) => [each.key, each]))
  return wanted.flatMap((key) => byKey.get(key) ?? []).map((each) => showJob(each, definitions))
}

function showJob(job: FoundJob, definitions: DefinitionFinder) {
  const { key, instanceKey, elementKey, definitionKey, type, state, retries, dueAt, worker, headers, error, element } = job
  return {
    jobKey: key, type, kind: 'BPMN_ELEMENT', listenerEventType: 'UNSPECIFIED', state: stateOf[state], retries,
    hasFailedWithRetriesLeft: state === 'failed' && retries > 0,
    processInstanceKey: instanceKey, rootProcessInstanceKey: null, processDefinitionKey: definitionKey,
    processDefinitionId: definitions(definitionKey).processDefinitionId,
    elementInstanceKey: elementKey, elementId: element ? elementIdOf(element.ref) : null,
    worker, customHeaders: JSON.parse(headers) as Record<string, string>,
    deadline: dueAt === null ? null : showMoment(dueAt),
    errorMessage: error || null, errorCode: null, isDenied: null, deniedReason: null,
    // A job is made when its task begins, unless an incident held the task up before.
    creationTime: element ? showMoment(element.enteredAt) : null,
    lastUpdateTime: null, endTime: null, tenantId,
  }
}
