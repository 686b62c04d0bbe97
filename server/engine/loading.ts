import { canBeName } from './behaviors/nameLimit.ts'
import type { Needs } from './commands/command.ts'
import { isKey, type Key } from './key.ts'
import { readBpmn } from './model/readBpmn.ts'
import { readDmn } from '../rules/dmn/index.ts'
import { absorb } from './state/absorb.ts'
import { DUE_PAGE } from './state/dueQueue.ts'
import { relativesOf } from './state/instance.ts'
import { READY_IN_MEMORY } from './state/readyJobs.ts'
import type { State } from './state/state.ts'
import { nothingWanted, type Found, type Store, type Wanted } from './store/store.ts'

/** So many who wait for a signal get it per commit at most. */
const RECEIVERS_AT_ONCE = 200

interface Waiting {
  needs: () => Needs
  then: { ready: () => void; failed: (error: Error) => void }
  /** Keys it has waited for that do not exist. Its own, because a load answers only what that load was asked. */
  missed: Set<Key>
}

/**
 * Brings to memory what commands need, all of it in one go per turn, and runs them when it is there.
 * What was looked for and not found does not exist: the command runs without it and says so.
 */
export class Loading {
  readonly #instances = new Set<Key>()
  readonly #instancesOf = new Set<Key>()
  readonly #correlationKeys = new Set<string>()
  readonly #models = new Set<Key>()
  readonly #drgs = new Set<Key>()
  readonly #ready = new Map<string, Key>()
  readonly #running = new Set<Key>()
  #isDueWanted = false
  /** Instances and correlation keys that commands wait for: forgotten between two loads, a large family would never be together. */
  #needed = new Set<string>()
  #receiversOf: Key | undefined
  #waiting: Waiting[] = []
  /** Keys the last load did not find; asked about within the same turn only. */
  #missed = new Set<Key>()

  constructor(readonly state: State) {}

  readonly want = {
    instance: (key: Key): void => void this.#instances.add(key),
    ready: (type: string, after: Key): void => void this.#ready.set(type, after),
    due: (): void => void (this.#isDueWanted = true),
  }

  get isWanted(): boolean {
    const lists = [this.#ready, this.#instances, this.#instancesOf, this.#correlationKeys, this.#models, this.#drgs, this.#running]
    return this.#isDueWanted || this.#receiversOf !== undefined || lists.some((each) => each.size > 0)
  }

  isNeeded(key: string): boolean {
    return this.#needed.has(key)
  }

  wasMissed(key: Key): boolean {
    return this.#missed.has(key)
  }

  /** Runs `ready` now if memory has all that is needed, else after it was loaded. */
  whenReady(needs: () => Needs, then: Waiting['then'], missed: Waiting['missed'] = new Set()): void {
    if (this.#demand(needs(), missed)) this.#waiting.push({ needs, then, missed })
    else then.ready()
  }

  async load(store: Store, nowMs: number): Promise<void> {
    const wanted = this.#takeWanted()
    const models = [...this.#models]
    this.#models.clear()
    const drgs = [...this.#drgs]
    this.#drgs.clear()
    const found = await store.load(wanted)
    await this.#readModels(store, models, found)
    await this.#readDrgs(store, drgs)
    absorb(this.state, wanted, found, nowMs)
    // The key of an element has an owner, and yet is no instance's.
    const { state } = this
    this.#missed = new Set([
      ...wanted.instances.filter((key) => !state.instances.has(key)), ...wanted.instancesOf.filter((key) => !state.owner(key)),
    ])
    const waiting = this.#waiting
    this.#waiting = []
    this.#needed = new Set()
    for (const { needs, then, missed } of waiting) this.whenReady(needs, then, new Set([...missed, ...this.#missed]))
    this.state.running.clear() // true for this moment only
  }

  failAll(error: Error): void {
    for (const { then } of this.#waiting.splice(0)) then.failed(error)
  }

  /** True if something is still to be loaded. */
  #demand(needs: Needs, missed: ReadonlySet<Key>): boolean {
    const { instances = [], instancesOf = [], correlationKeys = [], models = [], drgs = [], running = [], receiversOf } = needs
    const { state } = this
    let isMissing = false
    const want = <T>(items: readonly T[], known: (item: T) => boolean, list: Set<T>): void => {
      for (const item of items) {
        if (known(item)) continue
        list.add(item)
        isMissing = true
      }
    }
    const isThere = (key: Key): boolean => !isKey(key) || state.instances.has(key) || missed.has(key) || state.changes.ended.has(key)
    const relatives = this.#relatives([...instances, ...instancesOf])
    want(relatives, isThere, this.#instances)
    want(instances, isThere, this.#instances)
    want(instancesOf, (key) => !isKey(key) || state.owner(key) !== undefined || missed.has(key), this.#instancesOf)
    want(correlationKeys, (key) => !canBeName(key) || state.correlations.has(key), this.#correlationKeys)
    want(models, (key) => state.definitions.model(key) !== undefined || state.definitions.byKey(key) === undefined, this.#models)
    want(drgs, (key) => state.drgs.model(key) !== undefined || state.drgs.byKey(key) === undefined, this.#drgs)
    want(running, (key) => state.isAnswered(key), this.#running)
    if (receiversOf && !state.receiversOf(receiversOf)) {
      this.#receiversOf = receiversOf
      isMissing = true
    }
    if (isMissing) for (const key of [...relatives, ...instances, ...this.#ownersOf(instancesOf), ...correlationKeys]) this.#needed.add(key)
    return isMissing
  }

  #ownersOf(keys: readonly Key[]): Key[] {
    return keys.flatMap((key) => this.state.owner(key)?.key ?? [])
  }

  // A called process and its caller move in one decision, so they are in memory together.
  #relatives(keys: readonly Key[]): Key[] {
    const known = new Set<Key>()
    const look = (key: Key): void => {
      const instance = this.state.owner(key)
      for (const relative of instance ? relativesOf(instance) : []) {
        if (known.has(relative)) continue
        known.add(relative)
        look(relative)
      }
    }
    keys.forEach(look)
    return [...known]
  }

  #takeWanted(): Wanted {
    const wanted = nothingWanted()
    wanted.instances = [...this.#instances]
    wanted.instancesOf = [...this.#instancesOf]
    wanted.correlationKeys = [...this.#correlationKeys]
    wanted.ready = [...this.#ready].map(([type, after]) => ({ type, after, limit: READY_IN_MEMORY }))
    if (this.#isDueWanted) wanted.due = { limit: DUE_PAGE }
    if (this.#running.size > 0) wanted.running = { definitionKeys: [...this.#running], except: this.state.changes.instanceKeys() }
    const broadcast = this.#receiversOf && this.state.broadcast(this.#receiversOf)
    if (broadcast) {
      const { key: broadcastKey, signalName, reached: after } = broadcast
      wanted.receivers = { broadcastKey, signalName, after, limit: RECEIVERS_AT_ONCE }
    }
    this.#instances.clear()
    this.#instancesOf.clear()
    this.#correlationKeys.clear()
    this.#ready.clear()
    this.#running.clear()
    this.#isDueWanted = false
    this.#receiversOf = undefined
    return wanted
  }

  async #readModels(store: Store, wanted: Key[], found: Found): Promise<void> {
    const { definitions } = this.state
    const missing = [...new Set([...wanted, ...found.instances.map((each) => each.definitionKey)])].filter((key) => !definitions.model(key))
    if (missing.length === 0) return
    for (const [key, xml] of await store.definitionXml(missing)) {
      const processId = definitions.byKey(key)!.processId
      const { processes } = await readBpmn(xml)
      definitions.keepModel(key, processes.find((each) => each.id === processId)!)
    }
  }

  async #readDrgs(store: Store, wanted: Key[]): Promise<void> {
    if (wanted.length === 0) return
    for (const [key, xml] of await store.drgXml(wanted)) {
      const { drg, faults } = await readDmn(xml)
      if (!drg) throw new Error(`Expected decisions ${key} to be read as when they were deployed, but found ${faults.join('; ')}`)
      this.state.drgs.keepModel(key, drg)
    }
  }
}
