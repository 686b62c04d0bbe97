import { z } from 'zod'
import type { Key } from '../../key.ts'
import type { View } from '../../read/reader.ts'
import { tenantId, type ReadDoor, type Routes } from '../door.ts'
import { filterOf, keys, tenant, texts, TheInstance } from '../filters.ts'
import { Page, pageOfItems, sortBy } from '../paging.ts'
import { readSearch } from '../readRequest.ts'

/** Longer values are cut unless all of them is asked for, as the API has it. */
const LONGEST_VALUE = 8191

const Search = z.strictObject({
  filter: filterOf({
    processInstanceKey: TheInstance,
    scopeKey: keys.optional(),
    variableKey: keys.optional(),
    name: texts.optional(),
    tenantId: tenant.optional(),
  }),
  sort: sortBy('variableKey', 'name', 'scopeKey'),
  page: Page,
})

/** Variables of one process instance; once it is over, those of the process as they were at its end. */
export function addVariables(router: Routes, { reader }: ReadDoor): void {
  router.post('/v2/variables/search', async (ctx) => {
    const { filter, sort, page } = await readSearch(ctx, Search)
    const isWhole = ctx.query.truncateValues === 'false'
    const variables = await reader.read((view) => variablesOf(view, filter.processInstanceKey))
    const found = variables.filter(({ scopeKey, variableKey, name }) =>
      (!filter.scopeKey || filter.scopeKey.includes(scopeKey))
      && (!filter.variableKey || filter.variableKey.includes(variableKey))
      && (!filter.name || filter.name.includes(name)))
    const { items, page: info } = pageOfItems(found, sort, page, (item) => item.variableKey)
    ctx.body = { items: items.map((item) => (isWhole ? item : cut(item))), page: info }
  })
}

interface VariableItem {
  variableKey: string
  name: string
  value: string
  isTruncated: boolean
  scopeKey: Key
}

async function variablesOf(view: View, key: Key): Promise<VariableItem[]> {
  const instance = await view.whole(key)
  const scopes = instance ? [{ key, variables: instance.finalVariables }, ...instance.elements] : []
  return scopes.flatMap(({ key: scopeKey, variables }) => [...variables].map(([name, value], position) => ({
    variableKey: variableKey(scopeKey, position), name, value, isTruncated: false, scopeKey,
    processInstanceKey: key, rootProcessInstanceKey: null, tenantId,
  })))
}

// Variables have no keys here, while clients of the API read one as a number. They never leave their scope nor change places in it.
function variableKey(scopeKey: Key, position: number): string {
  return `${scopeKey}${String(position).padStart(3, '0')}`
}

function cut<Item extends VariableItem>(item: Item): Item {
  return item.value.length > LONGEST_VALUE ? { ...item, value: item.value.slice(0, LONGEST_VALUE), isTruncated: true } : item
}
