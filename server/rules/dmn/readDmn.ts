import { dialects } from '../feel/index.ts'
import type { DialectName } from '../feel/index.ts'
import { childOf, listOf } from '../moddle.ts'
import type { Moddle } from '../moddle.ts'
import { readImported, sourceOf } from './imports.ts'
import type { Importing } from './imports.ts'
import type { DecisionRequirements } from './model.ts'
import { Library } from './library.ts'
import { NESTED_TOO_DEEP, readXml } from './readXml.ts'

/** How a decision model is read. */
export interface DmnOptions {
  /** `camunda` when left out: as Zeebe 8.5 decides. */
  readonly dialect?: DialectName
  /** Finds the models that it imports; left out, it imports none. Zeebe resolves no imports. */
  readonly importing?: Importing
}

/**
 * Reads a decision model (DMN 1.1 to 1.5) and compiles every expression in it, so that deciding parses nothing.
 * `faults` says, with the element named, why it cannot be decided. Where the dialect is lenient there is a graph nevertheless,
 * in which what is at fault is null.
 */
export async function readDmn(
  xml: string,
  { dialect, importing }: DmnOptions = {},
): Promise<ReadModel> {
  const { definitions, faults } = await readXml(xml)
  if (!definitions) return { faults }
  try {
    return await compiled(definitions, faults, { dialect, importing })
  } catch (error) {
    if (error instanceof RangeError) return { faults: [...faults, NESTED_TOO_DEEP] }
    throw error
  }
}

interface ReadModel {
  readonly drg?: DecisionRequirements
  readonly faults: string[]
}

async function compiled(definitions: Moddle, faults: string[], { dialect = 'camunda', importing }: DmnOptions): Promise<ReadModel> {
  const models = importing ? await readImported(definitions, importing, faults) : new Map<string, Moddle>()
  const decided = dialects[dialect]
  const keys = [definitions, ...models.values()].flatMap(keysIn)
  const graph = new Library(models, decided, keys, faults).graphOf(sourceOf(definitions, models))
  const decisions = graph.decisions()
  const functions = graph.functions()
  if (decisions.length === 0) graph.reading.refuse(definitions, 'Expected at least one decision, but found none')
  const { id = '', name = '' } = definitions
  if (faults.length > 0 && !decided.failuresAreNull) return { faults }
  return { drg: { id, name, dialect: decided, decisions, functions }, faults }
}

// The keys of contexts that can come up: what types, tables, relations and boxed contexts name.
function keysIn(definitions: Moddle): string[] {
  const keys = new Set<string>()
  const visit = (element: Moddle): void => {
    const named = [...listOf(element, 'itemComponent'), ...listOf(element, 'output'), ...listOf(element, 'column')]
    for (const name of [...named.map((each) => each.name), childOf(element, 'variable')?.name]) if (name) keys.add(name)
    // The rules of a table are most of a model, and name nothing.
    const parts = element.$type === 'dmn:DecisionTable' ? listOf(element, 'output') : Object.values(element).flat()
    for (const each of parts) if (isElement(each)) visit(each)
  }
  visit(definitions)
  return [...keys]
}

function isElement(value: unknown): value is Moddle {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Moddle>).$type === 'string'
}

