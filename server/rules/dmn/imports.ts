import { listOf, textOf } from '../moddle.ts'
import type { Moddle } from '../moddle.ts'
import { readXml } from './readXml.ts'

/** Finds the XML of a model that is imported, by its namespace; undefined where there is none. */
export type Importing = (namespace: string) => Promise<string | undefined>

/** A model as it is read: its own elements and those of the models that it imports without a name, which become its own. */
export interface ModelSource {
  readonly definitions: Moddle
  /** Its own namespace first, then those that became its own. */
  readonly namespaces: readonly string[]
  readonly drgElements: readonly Moddle[]
  /** Elements that have the name of one in a model before theirs, with the one that counts. */
  readonly replaced: ReadonlyMap<Moddle, Moddle>
  /** Of those with one name the last counts. */
  readonly itemDefinitions: readonly Moddle[]
  /** The models imported under a name: what is required from them is visible as an entry of a context with this name. */
  readonly imports: readonly NamedImport[]
}

export interface NamedImport {
  readonly name: string
  readonly namespace: string
}

/** Reads all models that `definitions` imports, directly or not, and pushes what is wrong with them to `faults`. */
export async function readImported(definitions: Moddle, importing: Importing, faults: string[]): Promise<ReadonlyMap<string, Moddle>> {
  const models = new Map([[namespaceOf(definitions), definitions]])
  // Models that are found on the way are gone through as well.
  for (const model of models.values()) {
    for (const namespace of importsOf(model).map(namespaceOf).filter((each) => !models.has(each))) {
      const xml = await importing(namespace)
      const read = xml === undefined ? undefined : await readXml(xml)
      if (!read) faults.push(`Expected a model with the namespace '${namespace}' to import, but found none`)
      faults.push(...(read?.faults ?? []))
      if (read?.definitions) models.set(namespace, read.definitions)
    }
  }
  return models
}

/**
 * A model together with those it imports without a name. Where they have elements of one name, that of the importing model counts, and
 * else the first.
 */
export function sourceOf(definitions: Moddle, models: ReadonlyMap<string, Moddle>): ModelSource {
  const included = new Set([definitions])
  for (const model of included) {
    for (const each of importsOf(model)) {
      const imported = models.get(namespaceOf(each))
      if (!each.name && imported) included.add(imported)
    }
  }
  const all = [...included]
  return {
    definitions,
    namespaces: all.map(namespaceOf),
    ...elementsOf(all),
    itemDefinitions: all.toReversed().flatMap((each) => listOf(each, 'itemDefinition')),
    imports: all.flatMap(importsOf).flatMap((each) => (each.name ? { name: each.name, namespace: namespaceOf(each) } : [])),
  }
}

function elementsOf(models: readonly Moddle[]): Pick<ModelSource, 'drgElements' | 'replaced'> {
  const drgElements: Moddle[] = []
  const replaced = new Map<Moddle, Moddle>()
  const byName = new Map<string, Moddle>()
  for (const model of models) {
    const elements = listOf(model, 'drgElement')
    for (const each of elements) {
      const before = byName.get(each.name ?? '')
      if (before) replaced.set(each, before)
      else drgElements.push(each)
    }
    for (const each of elements) byName.set(each.name ?? '', byName.get(each.name ?? '') ?? each)
  }
  return { drgElements, replaced }
}

/** The namespace of the model in which an element stands. */
export function namespaceAround(element: Moddle): string {
  let around = element
  for (let parent = around.$parent; parent; parent = around.$parent) around = parent
  return namespaceOf(around)
}

function namespaceOf(element: Moddle): string {
  return textOf(element, 'namespace') ?? ''
}

// Only decision models are read; what else may be imported, as types of XML Schema, says so in its kind.
function importsOf(definitions: Moddle): Moddle[] {
  return listOf(definitions, 'import').filter((each) => /\/DMN\/|^$/i.test(textOf(each, 'importType') ?? ''))
}
