import type { Key } from '../key.ts'
import type { ProcessModel } from '../model/executable.ts'
import { readBpmn } from '../model/readBpmn.ts'
import type { DefinitionFacts, View } from './reader.ts'

/** Diagrams people look at at the same time. */
const MODELS_IN_MEMORY = 50

/** Models by definition, for the names and types of their elements. A definition never changes, so what was read once holds. */
export class Models {
  readonly #byKey = new Map<Key, ProcessModel>()

  /** Undefined for a definition that is not there any more. */
  async of(view: View, { key, processId }: Pick<DefinitionFacts, 'key' | 'processId'>): Promise<ProcessModel | undefined> {
    const known = this.#byKey.get(key)
    if (known) return known
    const xml = await view.definitionXml(key)
    const model = xml === undefined ? undefined : (await readBpmn(xml)).processes.find((each) => each.id === processId)
    if (model) this.#keep(key, model)
    return model
  }

  #keep(key: Key, model: ProcessModel): void {
    this.#byKey.set(key, model)
    if (this.#byKey.size <= MODELS_IN_MEMORY) return
    const oldest = this.#byKey.keys().next().value
    if (oldest !== undefined) this.#byKey.delete(oldest)
  }
}
