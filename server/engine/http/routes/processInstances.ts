import { z } from 'zod'
import { refuse } from '../../../base/errors.ts'
import type { Key } from '../../key.ts'
import type { ActiveInstance, EndedInstance, InstanceFilter, View } from '../../read/reader.ts'
import { definitionFinder, definitionKeysOf, type DefinitionFinder } from '../definitions.ts'
import { showMoment, tenantId, type ReadDoor, type Routes } from '../door.ts'
import { filterOf, keys, processIds, tenant, words } from '../filters.ts'
import { keyOrder, Page, pageOfKeys, type Part } from '../paging.ts'
import { readKey, readSearch } from '../readRequest.ts'

const lists = { ACTIVE: 'active', COMPLETED: 'completed', TERMINATED: 'terminated' } as const
type State = keyof typeof lists

const Search = z.strictObject({
  filter: filterOf({
    processInstanceKey: keys.optional(),
    processDefinitionKey: keys.optional(),
    processDefinitionId: processIds.optional(),
    state: words(['ACTIVE', 'COMPLETED', 'TERMINATED']).optional(),
    hasIncident: z.literal(true, { error: 'Expected true or nothing: no index serves those without' }).optional(),
    tenantId: tenant.optional(),
  }),
  // An instance that began later has a higher key.
  sort: keyOrder('processInstanceKey', 'startDate'),
  page: Page,
})

/** Process instances, running and over, in the order in which they began. */
export function addProcessInstances(router: Routes, { reader }: ReadDoor): void {
  router.post('/v2/process-instances/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    ctx.body = await reader.read(async (view) => {
      const found = await pageOfKeys(view, await partsOf(view, filter), page, sort)
      return { items: await showInstances(view, found.keys), page: found.page }
    })
  })

  router.get('/v2/process-instances/:key', async (ctx) => {
    const key = readKey(ctx)
    const [item] = await reader.read((view) => showInstances(view, [key]))
    ctx.body = item ?? refuse('not-found', 'instance-not-found', {}, `Expected a process instance with the key '${key}', but there is none`)
  })
}

async function partsOf(view: View, asked: z.infer<typeof Search>['filter']): Promise<Part[]> {
  const filter: InstanceFilter = { keys: asked.processInstanceKey, definitionKeys: await definitionKeysOf(view, asked) }
  // Incidents end with their instance.
  const states: readonly State[] = asked.state ?? ['ACTIVE', 'COMPLETED', 'TERMINATED']
  if (asked.hasIncident) return states.includes('ACTIVE') ? [{ list: 'active', filter: { ...filter, withIncident: true } }] : []
  return [...new Set(states)].map((state) => ({ list: lists[state], filter }))
}

async function showInstances(view: View, wanted: readonly Key[]) {
  const active = await view.active(wanted)
  const ended = await view.ended(wanted)
  const definitions = await definitionFinder(view, [...active, ...ended])
  const shown = [...active.map((each) => showActive(each, definitions)), ...ended.map((each) => showEnded(each, definitions))]
  const byKey = new Map(shown.map((each) => [each.processInstanceKey, each]))
  return wanted.flatMap((key) => byKey.get(key) ?? [])
}

function showActive(instance: ActiveInstance, definitions: DefinitionFinder) {
  const hasIncident = instance.elements.some(({ incidentKey }) => incidentKey !== null)
  return { ...showCommon(instance), ...definitions(instance.definitionKey), state: 'ACTIVE', endDate: null, hasIncident }
}

function showEnded(instance: EndedInstance, definitions: DefinitionFinder) {
  const { definitionKey, processId, version, outcome, endedAt } = instance
  return {
    ...showCommon(instance), ...definitions(definitionKey, processId), processDefinitionId: processId, processDefinitionVersion: version,
    state: outcome === 'completed' ? 'COMPLETED' : 'TERMINATED', endDate: showMoment(endedAt), hasIncident: false,
  }
}

function showCommon({ key, definitionKey, startedAt, caller }: ActiveInstance | EndedInstance) {
  return {
    processInstanceKey: key, processDefinitionKey: definitionKey, processDefinitionVersionTag: null, startDate: showMoment(startedAt),
    parentProcessInstanceKey: caller?.instanceKey ?? null, parentElementInstanceKey: caller?.elementKey ?? null,
    rootProcessInstanceKey: null, tags: [], tenantId,
  }
}
