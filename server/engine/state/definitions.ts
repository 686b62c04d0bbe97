import type { Key } from '../key.ts'
import type { ProcessModel } from '../model/executable.ts'
import type { DefinitionRow, FormRow } from '../store/rows.ts'

export type Definition = Readonly<Omit<DefinitionRow, 'xml' | 'messageStarts'>> & {
  /** Message start events: element id and message name. */
  readonly messageStarts: readonly (readonly [elementId: string, messageName: string])[]
}

export type Form = Readonly<Omit<FormRow, 'content'>>

/** Models beyond this number are read from their diagram again when they are needed. */
const MODELS_IN_MEMORY = 500

/** What is deployed. Facts of every version are in memory, models only as far as they are in use. */
export class Definitions {
  readonly #byKey = new Map<Key, Definition>()
  readonly #byProcess = new Map<string, Definition[]>()
  readonly #byMessage = new Map<string, Set<string>>()
  readonly #models = new Map<Key, ProcessModel>()
  readonly #forms = new Map<string, Form[]>()

  byKey(key: Key): Definition | undefined {
    return this.#byKey.get(key)
  }

  latest(processId: string): Definition | undefined {
    return this.#byProcess.get(processId)?.at(-1)
  }

  version(processId: string, version: number): Definition | undefined {
    return this.#byProcess.get(processId)?.find((each) => each.version === version)
  }

  /** Latest versions that a message of this name may start. */
  startedBy(messageName: string): Definition[] {
    return [...(this.#byMessage.get(messageName) ?? [])].map((processId) => this.latest(processId)!)
  }

  model(key: Key): ProcessModel | undefined {
    return this.#models.get(key)
  }

  latestForm(formId: string): Form | undefined {
    return this.#forms.get(formId)?.at(-1)
  }

  add(definition: Definition): void {
    const versions = this.#byProcess.get(definition.processId) ?? []
    for (const [, name] of versions.at(-1)?.messageStarts ?? []) this.#byMessage.get(name)?.delete(definition.processId)
    versions.push(definition)
    this.#byProcess.set(definition.processId, versions)
    this.#byKey.set(definition.key, definition)
    for (const [, name] of definition.messageStarts) {
      const processes = this.#byMessage.get(name) ?? new Set()
      this.#byMessage.set(name, processes.add(definition.processId))
    }
  }

  addForm(form: Form): void {
    const versions = this.#forms.get(form.formId) ?? []
    versions.push(form)
    this.#forms.set(form.formId, versions)
  }

  keepModel(key: Key, model: ProcessModel): void {
    this.#models.delete(key)
    this.#models.set(key, model)
    if (this.#models.size <= MODELS_IN_MEMORY) return
    const oldest = this.#models.keys().next().value
    if (oldest !== undefined) this.#models.delete(oldest)
  }
}

/** A definition's row, its list of message starts read. */
export function toDefinition({ messageStarts, ...row }: Omit<DefinitionRow, 'xml'>): Definition {
  return { ...row, messageStarts: JSON.parse(messageStarts) as [string, string][] }
}
