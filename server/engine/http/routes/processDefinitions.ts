import { z } from 'zod'
import { refuse } from '../../../base/errors.ts'
import type { Key } from '../../key.ts'
import type { DefinitionFacts } from '../../read/reader.ts'
import { tenantId, type ReadDoor, type Routes } from '../door.ts'
import { filterOf, keys, processIds, tenant, texts } from '../filters.ts'
import { Page, pageOfItems, sortBy } from '../paging.ts'
import { readKey, readSearch } from '../readRequest.ts'

const Search = z.strictObject({
  filter: filterOf({
    processDefinitionKey: keys.optional(),
    processDefinitionId: processIds.optional(),
    version: z.int().optional(),
    isLatestVersion: z.boolean().optional(),
    name: texts.optional(),
    resourceName: texts.optional(),
    tenantId: tenant.optional(),
  }),
  sort: sortBy('processDefinitionKey', 'processDefinitionId', 'name', 'version', 'resourceName'),
  page: Page,
})

/** Definitions are as many as were ever deployed: all that match are read and sorted. */
export function addProcessDefinitions(router: Routes, { reader }: ReadDoor): void {
  router.post('/v2/process-definitions/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    const all = await reader.read((view) => view.definitions(filter.processDefinitionId ?? {}))
    const found = all.filter((each) => !each.isDeleted)
    const items = (filter.isLatestVersion ? latestOf(found) : found).filter((each) => matches(each, filter)).map(showDefinition)
    ctx.body = pageOfItems(items, sort, page, (item) => item.processDefinitionKey)
  })

  router.get('/v2/process-definitions/:key', async (ctx) => {
    const key = readKey(ctx)
    const [found] = await reader.read((view) => view.definitions({ keys: [key] }))
    ctx.body = showDefinition(found ?? refuseUnknown(key))
  })

  router.get('/v2/process-definitions/:key/xml', async (ctx) => {
    const key = readKey(ctx)
    ctx.body = (await reader.read((view) => view.definitionXml(key))) ?? refuseUnknown(key)
    ctx.type = 'text/xml; charset=utf-8'
  })
}

type Filter = z.infer<typeof Search>['filter']

function matches(definition: DefinitionFacts, { processDefinitionKey, version, name, resourceName }: Filter): boolean {
  return (!processDefinitionKey || processDefinitionKey.includes(definition.key))
    && (version === undefined || definition.version === version)
    && (!name || name.includes(definition.name))
    && (!resourceName || resourceName.includes(definition.resourceName))
}

// They come in the order of their keys, which is that of their versions.
function latestOf(definitions: readonly DefinitionFacts[]): DefinitionFacts[] {
  return [...new Map(definitions.map((each) => [each.processId, each])).values()]
}

function showDefinition({ key, processId, version, resourceName, name }: DefinitionFacts) {
  return {
    processDefinitionKey: key, processDefinitionId: processId, name: name || null, version, versionTag: null, resourceName, tenantId,
    // Forms at start events are not executed by this engine.
    hasStartForm: false,
  }
}

function refuseUnknown(key: Key): never {
  refuse('not-found', 'definition-not-found', {}, `Expected a process definition with the key '${key}', but there is none`)
}
