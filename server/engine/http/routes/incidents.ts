import { z } from 'zod'
import { refuse } from '../../../base/errors.ts'
import type { Key } from '../../key.ts'
import type { FoundIncident, View } from '../../read/reader.ts'
import { definitionFinder, definitionKeysOf, type DefinitionFinder } from '../definitions.ts'
import { showMoment, tenantId, type ReadDoor, type Routes } from '../door.ts'
import { filterOf, keys, processIds, tenant } from '../filters.ts'
import { keyOrder, Page, pageOfKeys } from '../paging.ts'
import { readKey, readSearch } from '../readRequest.ts'

const Search = z.strictObject({
  filter: filterOf({
    incidentKey: keys.optional(),
    processInstanceKey: keys.optional(),
    processDefinitionKey: keys.optional(),
    processDefinitionId: processIds.optional(),
    state: z.literal('ACTIVE', { error: 'Expected ACTIVE or nothing: resolved incidents are not kept' }).optional(),
    tenantId: tenant.optional(),
  }),
  sort: keyOrder('incidentKey', 'creationTime'),
  page: Page,
})

/** Incidents that wait for a person, in the order in which they came up. */
export function addIncidents(router: Routes, { reader }: ReadDoor): void {
  router.post('/v2/incidents/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    ctx.body = await reader.read(async (view) => {
      const definitionKeys = await definitionKeysOf(view, filter)
      const wanted = { keys: filter.incidentKey, instanceKeys: filter.processInstanceKey, definitionKeys }
      const found = await pageOfKeys(view, [{ list: 'incidents', filter: wanted }], page, sort)
      return { items: await showIncidents(view, found.keys), page: found.page }
    })
  })

  router.get('/v2/incidents/:key', async (ctx) => {
    const key = readKey(ctx)
    const [item] = await reader.read((view) => showIncidents(view, [key]))
    ctx.body = item ?? refuse('not-found', 'incident-not-found', {}, `Expected an incident with the key '${key}', but there is none open`)
  })
}

async function showIncidents(view: View, wanted: readonly Key[]) {
  const found = await view.incidents(wanted)
  const definitions = await definitionFinder(view, found)
  const byKey = new Map(found.map((each) => [each.key, each]))
  return wanted.flatMap((key) => byKey.get(key) ?? []).map((each) => showIncident(each, definitions))
}

function showIncident(incident: FoundIncident, definitions: DefinitionFinder) {
  const { key, definitionKey, instanceKey, elementKey, elementId, jobKey, type, message, createdAt } = incident
  return {
    incidentKey: key, processDefinitionKey: definitionKey, processDefinitionId: definitions(definitionKey).processDefinitionId,
    processInstanceKey: instanceKey, rootProcessInstanceKey: null, elementInstanceKey: elementKey, elementId, jobKey,
    errorType: type, errorMessage: message, creationTime: showMoment(createdAt), state: 'ACTIVE', tenantId,
  }
}
