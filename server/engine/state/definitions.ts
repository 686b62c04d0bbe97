import type { Key } from '../key.ts'
import type { ProcessModel } from '../model/executable.ts'
import type { DefinitionRow, FormRow } from '../store/rows.ts'
import { ModelCache } from './modelCache.ts'

export type Definition = Readonly<Omit<DefinitionRow, 'xml' | 'messageStarts' | 'signalStarts'>> & {
  /** Message start events: element id and message name. */
  readonly messageStarts: readonly NamedStart[]
  readonly signalStarts: readonly NamedStart[]
}

type NamedStart = readonly [elementId: string, name: string]

export type Form = Readonly<Omit<FormRow, 'content'>>

/**
 * Elements of all models in memory. One takes about 1.5 KB, and reading a diagram anew takes as long as ten instances:
 * so there is room for some thousand processes, all of them in use.
 */
const ELEMENTS_IN_MEMORY = 60_000

/** What is deployed. Facts of every version are in memory, models only as far as they are in use. */
export class Definitions {
  readonly #byKey = new Map<Key, Definition>()
  readonly #byProcess = new Map<string, Definition[]>()
  readonly #byMessage = new Starters()
  readonly #bySignal = new Starters()
  readonly #versions = new Map<string, number>()
  readonly #models = new ModelCache<ProcessModel>(ELEMENTS_IN_MEMORY, ({ nodes }) => nodes.size)
  readonly #forms = new Map<string, Form[]>()
  readonly #formVersions = new Map<string, number>()

  byKey(key: Key): Definition | undefined {
    return this.#byKey.get(key)
  }

  latest(processId: string): Definition | undefined {
    return this.#byProcess.get(processId)?.at(-1)
  }

  /** The version that is the latest when the latest is gone. */
  former(processId: string): Definition | undefined {
    return this.#byProcess.get(processId)?.at(-2)
  }

  /** The number for the next version: those of deleted ones are not given again. */
  nextVersion(processId: string): number {
    return (this.#versions.get(processId) ?? 0) + 1
  }

  version(processId: string, version: number): Definition | undefined {
    return this.#byProcess.get(processId)?.find((each) => each.version === version)
  }

  /** Latest versions that a message of this name may start. */
  startedBy(messageName: string): Definition[] {
    return this.#byMessage.of(messageName).map((processId) => this.latest(processId)!)
  }

  /** Latest versions that a signal of this name starts. */
  startedBySignal(signalName: string): Definition[] {
    return this.#bySignal.of(signalName).map((processId) => this.latest(processId)!)
  }

  model(key: Key): ProcessModel | undefined {
    return this.#models.get(key)
  }

  latestForm(formId: string): Form | undefined {
    return this.#forms.get(formId)?.at(-1)
  }

  form(key: Key): Form | undefined {
    for (const versions of this.#forms.values()) for (const form of versions) if (form.key === key) return form
    return undefined
  }

  nextFormVersion(formId: string): number {
    return (this.#formVersions.get(formId) ?? 0) + 1
  }

  add(definition: Definition): void {
    const { processId } = definition
    this.#versions.set(processId, definition.version)
    const former = this.latest(processId)
    if (former) this.#closeStarts(former)
    this.#byProcess.set(processId, [...(this.#byProcess.get(processId) ?? []), definition])
    this.#byKey.set(definition.key, definition)
    this.#openStarts(definition)
  }

  #openStarts({ processId, messageStarts, signalStarts }: Definition): void {
    this.#byMessage.open(processId, messageStarts)
    this.#bySignal.open(processId, signalStarts)
  }

  #closeStarts({ processId, messageStarts, signalStarts }: Definition): void {
    this.#byMessage.close(processId, messageStarts)
    this.#bySignal.close(processId, signalStarts)
  }

  addForm(form: Form): void {
    const versions = this.#forms.get(form.formId) ?? []
    versions.push(form)
    this.#forms.set(form.formId, versions)
    this.#formVersions.set(form.formId, form.version)
  }

  /** Takes a process or form away. If it was the latest, the former one is now, and what starts it does so again. */
  remove(key: Key): void {
    const definition = this.#byKey.get(key)
    if (definition) this.#removeDefinition(definition)
    const form = this.form(key)
    if (form) this.#forms.set(form.formId, this.#forms.get(form.formId)!.filter((each) => each !== form))
  }

  #removeDefinition(definition: Definition): void {
    const { key, processId } = definition
    const latest = this.latest(processId)
    if (latest) this.#closeStarts(latest)
    this.#byProcess.set(processId, this.#byProcess.get(processId)!.filter((each) => each !== definition))
    this.#byKey.delete(key)
    this.#models.remove(key)
    const next = this.latest(processId)
    if (next) this.#openStarts(next)
  }

  keepModel(key: Key, model: ProcessModel): void {
    this.#models.keep(key, model)
  }
}

/** Which processes a message or signal starts, by its name. */
class Starters {
  readonly #processIds = new Map<string, Set<string>>()

  of(name: string): string[] {
    return [...(this.#processIds.get(name) ?? [])]
  }

  open(processId: string, starts: readonly NamedStart[]): void {
    for (const [, name] of starts) this.#processIds.set(name, (this.#processIds.get(name) ?? new Set()).add(processId))
  }

  close(processId: string, starts: readonly NamedStart[]): void {
    for (const [, name] of starts) this.#processIds.get(name)?.delete(processId)
  }
}

/** A definition's row, its lists of starts read. */
export function toDefinition({ messageStarts, signalStarts, ...row }: Omit<DefinitionRow, 'xml'>): Definition {
  return { ...row, messageStarts: JSON.parse(messageStarts) as NamedStart[], signalStarts: JSON.parse(signalStarts) as NamedStart[] }
}
