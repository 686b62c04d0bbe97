import { z } from 'zod'
import type { Models } from '../../read/models.ts'
import type { View, WholeInstance } from '../../read/reader.ts'
import { definitionFinder } from '../definitions.ts'
import { showMoment, tenantId, type ReadDoor, type Routes } from '../door.ts'
import { drawnAs, elementIdOf } from '../elements.ts'
import { filterOf, keys, tenant, texts, TheInstance, words } from '../filters.ts'
import { Page, pageOfItems, sortBy } from '../paging.ts'
import { readSearch } from '../readRequest.ts'

const Search = z.strictObject({
  filter: filterOf({
    processInstanceKey: TheInstance,
    elementInstanceKey: keys.optional(),
    elementId: texts.optional(),
    type: texts.optional(),
    state: words(['ACTIVE', 'COMPLETED', 'TERMINATED']).optional(),
    hasIncident: z.boolean().optional(),
    tenantId: tenant.optional(),
  }),
  sort: sortBy('elementInstanceKey', 'elementId', 'elementName', 'type', 'state', 'startDate', 'endDate', 'incidentKey'),
  page: Page,
})

/** Elements that one process instance stands in or has left. */
export function addElementInstances(router: Routes, { reader, models }: ReadDoor): void {
  router.post('/v2/element-instances/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    const { items, isCut } = await reader.read((view) => elementsOf(view, models, filter.processInstanceKey))
    const found = pageOfItems(items.filter((item) => matches(item, filter)), sort, page, (item) => item.elementInstanceKey)
    ctx.body = { ...found, page: { ...found.page, hasMoreTotalItems: isCut } }
  })
}

async function elementsOf(view: View, models: Models, key: string): Promise<{ items: ElementItem[]; isCut: boolean }> {
  const instance = await view.whole(key)
  if (!instance) return { items: [], isCut: false }
  const definitions = await definitionFinder(view, [instance])
  const { processDefinitionId } = definitions(instance.definitionKey)
  const model = await models.of(view, { key: instance.definitionKey, processId: processDefinitionId })
  const common = {
    processInstanceKey: key, rootProcessInstanceKey: null, processDefinitionKey: instance.definitionKey, processDefinitionId, tenantId,
  }
  const items = stepsOf(instance).map(({ ref, ...step }) => ({ ...common, elementId: elementIdOf(ref), ...drawnAs(model, ref), ...step }))
  return { items, isCut: instance.isCut }
}

function stepsOf({ elements, past }: WholeInstance) {
  return [
    ...past.map(([ref, key, enteredAt, leftAt, outcome]) => ({
      ref, elementInstanceKey: key, state: outcome === 'completed' ? 'COMPLETED' as const : 'TERMINATED' as const,
      startDate: showMoment(enteredAt), endDate: showMoment(leftAt), hasIncident: false, incidentKey: null,
    })),
    ...elements.map(({ ref, key, enteredAt, incidentKey }) => ({
      ref, elementInstanceKey: key, state: 'ACTIVE' as const, startDate: showMoment(enteredAt), endDate: null,
      hasIncident: incidentKey !== null, incidentKey,
    })),
  ]
}

interface ElementItem {
  elementInstanceKey: string
  elementId: string
  elementName: string
  type: string
  state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED'
  startDate: string
  endDate: string | null
  hasIncident: boolean
  incidentKey: string | null
}

type Filter = z.infer<typeof Search>['filter']

function matches(item: ElementItem, { elementInstanceKey, elementId, type, state, hasIncident }: Filter): boolean {
  return (!elementInstanceKey || elementInstanceKey.includes(item.elementInstanceKey))
    && (!elementId || elementId.includes(item.elementId))
    && (!type || type.includes(item.type))
    && (!state || state.includes(item.state))
    && (hasIncident === undefined || item.hasIncident === hasIncident)
}
