/** What lists of other things tell of the definitions they belong to. */
import type { Key } from '../key.ts'
import type { DefinitionFilter, View } from '../read/reader.ts'
import { both } from './filters.ts'

interface AboutDefinitions {
  processDefinitionKey?: readonly Key[]
  processDefinitionId?: DefinitionFilter
}

/** Keys of the definitions that a search is about; undefined when it is about all. */
export async function definitionKeysOf(
  view: View, { processDefinitionKey, processDefinitionId }: AboutDefinitions,
): Promise<readonly Key[] | undefined> {
  if (!processDefinitionId) return processDefinitionKey
  const found = await view.definitions(processDefinitionId)
  return both(found.map(({ key }) => key), processDefinitionKey)
}

export type DefinitionFinder = (key: Key, processId?: string) => {
  processDefinitionId: string
  processDefinitionName: string
  processDefinitionVersion: number
}

/** Tells id, name and version of the definitions of these things. One that is gone is told by what is known without it. */
export async function definitionFinder(view: View, things: readonly { definitionKey: Key }[]): Promise<DefinitionFinder> {
  const found = await view.definitions({ keys: [...new Set(things.map(({ definitionKey }) => definitionKey))] })
  const byKey = new Map(found.map((each) => [each.key, each]))
  return (key, processId = '') => {
    const { processId: id = processId, name = '', version = 0 } = byKey.get(key) ?? {}
    return { processDefinitionId: id, processDefinitionName: name || id, processDefinitionVersion: version }
  }
}
