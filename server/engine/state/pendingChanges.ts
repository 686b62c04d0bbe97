import type { Key } from '../key.ts'
import type {
  BroadcastRow, Changes, DecisionRow, DefinitionRow, DeletedResourceRow, DrgRow, FormRow, HistoryRow, IncidentRow, MessageRow,
  MessageStartRow, Rows, SignalSubscriptionRow, StartTimerRow, SubscriptionRow, TableName, TimerRow,
} from '../store/rows.ts'
import { identityOf } from '../store/tables.ts'
import type { DueRow } from '../store/store.ts'
import type { WritableInstance, WritableJob } from './instance.ts'
import { isCalling, isIndexed, writeInstance } from './instanceBody.ts'

const touchedTables = [
  'timers', 'startTimers', 'subscriptions', 'messages', 'messageStarts', 'signalSubscriptions', 'broadcasts', 'incidents',
] as const

/** The last state of each row touched since the last cut; null is a row that is gone. */
type Touched<T extends TableName> = Map<string, Rows[T] | null>

/**
 * What has been decided and is not in the store yet. Cut into {@link Changes} once per commit, so an instance
 * that moved on five times within one group is written once.
 */
export class PendingChanges {
  readonly instances = new Map<Key, WritableInstance>()
  readonly ended = new Map<Key, WritableInstance>()
  readonly jobs = new Map<Key, WritableJob | null>()
  readonly timers: Touched<'timers'> = new Map()
  readonly startTimers: Touched<'startTimers'> = new Map()
  readonly subscriptions: Touched<'subscriptions'> = new Map()
  readonly messages: Touched<'messages'> = new Map()
  readonly messageStarts: Touched<'messageStarts'> = new Map()
  readonly signalSubscriptions: Touched<'signalSubscriptions'> = new Map()
  readonly broadcasts: Touched<'broadcasts'> = new Map()
  readonly incidents: Touched<'incidents'> = new Map()
  readonly definitions: DefinitionRow[] = []
  readonly forms: FormRow[] = []
  readonly drgs: DrgRow[] = []
  readonly decisions: DecisionRow[] = []
  readonly deletedResources: DeletedResourceRow[] = []
  readonly history: HistoryRow[] = []
  readonly correlationKeys = new Set<string>()
  #events = 0

  get isEmpty(): boolean {
    return this.#events === 0
  }

  count(): void {
    this.#events++
  }

  instance(instance: WritableInstance): void {
    this.instances.set(instance.key, instance)
  }

  instanceEnded(instance: WritableInstance, history: HistoryRow): void {
    this.instances.delete(instance.key)
    this.ended.set(instance.key, instance)
    this.history.push(history)
  }

  /** Instances that memory knows better than the store. */
  instanceKeys(): Key[] {
    return [...this.instances.keys(), ...this.ended.keys()]
  }

  job(job: WritableJob): void {
    this.jobs.set(job.key, job)
  }

  jobGone(job: WritableJob): void {
    if (job.isStored) this.jobs.set(job.key, null)
    else this.jobs.delete(job.key)
  }

  timer(row: TimerRow | null, key: Key): void {
    this.timers.set(key, row)
  }

  startTimer(row: StartTimerRow | null, key: Key): void {
    this.startTimers.set(key, row)
  }

  subscription(row: SubscriptionRow, isGone = false): void {
    this.subscriptions.set(row.key, isGone ? null : row)
    this.correlationKeys.add(row.correlationKey)
  }

  message(row: MessageRow, isGone = false): void {
    this.messages.set(row.key, isGone ? null : row)
    this.correlationKeys.add(row.correlationKey)
  }

  messageStart(row: MessageStartRow, isGone = false): void {
    this.messageStarts.set(identityOf('messageStarts', row), isGone ? null : row)
    this.correlationKeys.add(row.correlationKey)
  }

  signalSubscription(row: SignalSubscriptionRow | null, key: Key): void {
    this.signalSubscriptions.set(key, row)
  }

  broadcast(row: BroadcastRow | null, key: Key): void {
    this.broadcasts.set(key, row)
  }

  incident(row: IncidentRow | null, key: Key): void {
    this.incidents.set(key, row)
  }

  /** Jobs of a type that became ready since the last cut: the store does not know them. */
  readyJobs(type: string): WritableJob[] {
    return [...this.jobs.values()].filter((job): job is WritableJob => job !== null && job.type === type && job.ready !== null)
  }

  /** Moments decided on since the last cut. */
  dueMoments(): DueRow[] {
    const moments: DueRow[] = []
    for (const row of this.jobs.values()) {
      if (row && row.dueAt !== null) moments.push({ kind: 'job', key: row.key, owner: row.instanceKey, dueAt: row.dueAt })
    }
    for (const row of this.timers.values()) if (row) moments.push({ kind: 'timer', key: row.key, owner: row.instanceKey, dueAt: row.dueAt })
    for (const row of this.messages.values()) {
      if (row) moments.push({ kind: 'message', key: row.key, owner: row.correlationKey, dueAt: row.dueAt })
    }
    return moments
  }

  isGone({ kind, key }: DueRow): boolean {
    if (kind === 'job') return this.jobs.has(key)
    return (kind === 'timer' ? this.timers : this.messages).get(key) === null
  }

  /** Rows as they are to be written. Copies: decisions go on while they are under way. */
  toChanges(lastKey: Key): Changes {
    const { definitions, forms, drgs, decisions, deletedResources, history } = this
    const changes: Changes = { lastKey, put: { definitions, forms, drgs, decisions, deletedResources, history }, remove: {} }
    this.#cutInstances(changes)
    const jobs = [...this.jobs]
    changes.put.jobs = jobs.flatMap(([, job]) => (job ? [copyOf(job)] : []))
    changes.remove.jobs = jobs.flatMap(([key, job]) => (job ? [] : [key]))
    for (const table of touchedTables) cutTouched(table, this[table], changes)
    return changes
  }

  #cutInstances(changes: Changes): void {
    const elements: { put: Rows['elements'][]; remove: Key[] } = { put: [], remove: [] }
    const removed: Key[] = []
    for (const instance of this.ended.values()) {
      if (instance.isStored) removed.push(instance.key)
      elements.remove.push(...instance.indexed.keys())
    }
    changes.put.instances = []
    for (const instance of this.instances.values()) {
      for (const key of instance.indexed.keys()) {
        const element = instance.elements.get(key)
        if (element && isIndexed(element)) continue
        instance.indexed.delete(key)
        elements.remove.push(key)
      }
      for (const element of instance.elements.values()) {
        if (!isIndexed(element)) continue
        const calling = isCalling(element)
        if (instance.indexed.get(element.key) === calling) continue
        instance.indexed.set(element.key, calling)
        elements.put.push({ key: element.key, instanceKey: instance.key, calling })
      }
      instance.isStored = true
      changes.put.instances.push(writeInstance(instance))
    }
    changes.put.elements = elements.put
    changes.remove.elements = elements.remove
    changes.remove.instances = removed
  }
}

function copyOf(job: WritableJob): Rows['jobs'] {
  job.isStored = true
  const { isStored: _, ...row } = job
  return row
}

function cutTouched<T extends (typeof touchedTables)[number]>(
  table: T, touched: Touched<T>, changes: Changes,
): void {
  const put: Rows[T][] = []
  const remove: string[] = []
  for (const [identity, row] of touched) {
    if (row) put.push({ ...row })
    else remove.push(identity)
  }
  changes.put[table] = put as Changes['put'][T]
  changes.remove[table] = remove
}
