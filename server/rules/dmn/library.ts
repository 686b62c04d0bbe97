import type { Moddle } from '../moddle.ts'
import type { Dialect } from '../feel/index.ts'
import { sourceOf } from './imports.ts'
import type { ModelSource } from './imports.ts'
import { Graph } from './readGraph.ts'
import { Reading } from './reading.ts'
import { readTypes } from './types/itemDefinitions.ts'

/** The models that are read together. Each is read once, when the first element that requires it asks. */
export class Library {
  readonly #graphs = new Map<string, Graph>()

  constructor(
    /** By their namespaces. */
    readonly models: ReadonlyMap<string, Moddle>,
    readonly dialect: Dialect,
    /** Keys of the contexts that the types of all models describe. */
    readonly keys: readonly string[],
    readonly faults: string[],
  ) {}

  /** The graph of a model, together with those that it imports without a name. */
  graphOf(source: ModelSource): Graph {
    const reading = new Reading(this.dialect, this.keys, this.faults)
    const graph = new Graph(source, reading, this)
    this.#graphs.set(source.namespaces[0] ?? '', graph)
    reading.typeNamed = readTypes(source.itemDefinitions, {
      dialect: this.dialect.name,
      imported: (importName) => this.#imported(source, importName)?.reading.typeNamed,
      refuse: (element, message) => reading.refuse(element, message),
    })
    return graph
  }

  /** The graph of a model that is imported; undefined where it was not found. */
  graphNamed(namespace: string): Graph | undefined {
    const model = this.models.get(namespace)
    return this.#graphs.get(namespace) ?? (model && this.graphOf(sourceOf(model, this.models)))
  }

  #imported(source: ModelSource, name: string): Graph | undefined {
    const found = source.imports.find((each) => each.name === name)
    return found && this.graphNamed(found.namespace)
  }
}
