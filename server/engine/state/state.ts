import type { Key } from '../key.ts'
import type { BroadcastRow, SignalSubscriptionRow, StartTimerRow } from '../store/rows.ts'
import { DecisionGraphs } from './decisionGraphs.ts'
import { Definitions } from './definitions.ts'
import { DueQueue } from './dueQueue.ts'
import type { Correlation, ElementInstance, Instance, Job, WritableCorrelation, WritableInstance, WritableJob } from './instance.ts'
import { PendingChanges } from './pendingChanges.ts'
import { ReadyJobs } from './readyJobs.ts'

/** What a decider may ask. */
export interface StateView {
  readonly definitions: Pick<
    Definitions,
    | 'byKey' | 'latest' | 'former' | 'version' | 'nextVersion' | 'startedBy' | 'startedBySignal' | 'model'
    | 'form' | 'latestForm' | 'nextFormVersion'
  >
  readonly drgs: Pick<
    DecisionGraphs,
    'byKey' | 'latest' | 'nextVersion' | 'decision' | 'latestDecision' | 'nextDecisionVersion' | 'decisionsOf' | 'model'
  >
  instance(key: Key): Instance | undefined
  /** The instance to which an element, a job or an incident belongs. */
  owner(key: Key): Instance | undefined
  element(key: Key): ElementInstance | undefined
  job(key: Key): Job | undefined
  /** All that has this correlation key, once it is in memory. */
  correlation(correlationKey: string): Correlation | undefined
  /** Whether an instance of this definition lives. To be asked for in the needs first. */
  isRunning(definitionKey: Key): boolean
  startTimer(key: Key): Readonly<StartTimerRow> | undefined
  startTimersOf(definitionKey: Key): Readonly<StartTimerRow>[]
  /** A signal on its way. */
  broadcast(key: Key): Readonly<BroadcastRow> | undefined
  /** The next to get the signal, once they are in memory. */
  receiversOf(broadcastKey: Key): SignalReceivers | undefined
}

/** Some of those who wait for a broadcast signal, in the order of their keys. */
export interface SignalReceivers {
  readonly broadcastKey: Key
  readonly rows: readonly Readonly<SignalSubscriptionRow>[]
  /** No subscription up to this key is missing. */
  readonly upTo: Key
  readonly isLast: boolean
}

/** Limits of what stays in memory though nobody needs it at the moment. */
export interface MemoryLimits {
  instances: number
  correlations: number
  /** Characters of the texts that instances are in the store; their variables are most of it. */
  instanceText?: number
}

/** An instance of a kilobyte takes about six in memory; of a large one, the text is nearly all. */
const defaultLimits = { instances: 10_000, correlations: 20_000, instanceText: 32 * 1024 * 1024 }

/**
 * The engine's state: the part of the store that is in use, and what has been decided since the last commit.
 * Written by `events/` (decisions) and `state/absorb.ts` (what was loaded); everybody else asks through {@link StateView}.
 */
export class State implements StateView {
  readonly definitions = new Definitions()
  readonly drgs = new DecisionGraphs()
  readonly instances = new Map<Key, WritableInstance>()
  readonly owners = new Map<Key, WritableInstance>()
  readonly jobs = new Map<Key, WritableJob>()
  readonly correlations = new Map<string, WritableCorrelation>()
  readonly ready = new ReadyJobs()
  readonly due = new DueQueue()
  /** Definitions the store was just asked about, with an instance of theirs that it knows; null if it knows none. */
  readonly running = new Map<Key, Key | null>()
  /** All there are. */
  readonly startTimers = new Map<Key, StartTimerRow>()
  /** Signals that have not reached all who wait for them, oldest first. */
  readonly broadcasts = new Map<Key, BroadcastRow>()
  /** One page at a time: one broadcast follows the other. */
  receivers: SignalReceivers | undefined
  changes = new PendingChanges()
  readonly limits: Required<MemoryLimits>
  #instanceText = 0

  constructor(limits: Partial<MemoryLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits }
  }

  instance(key: Key): WritableInstance | undefined {
    return this.instances.get(key)
  }

  owner(key: Key): WritableInstance | undefined {
    return this.instances.get(key) ?? this.owners.get(key)
  }

  element(key: Key): ElementInstance | undefined {
    return this.owner(key)?.elements.get(key)
  }

  job(key: Key): WritableJob | undefined {
    return this.jobs.get(key)
  }

  correlation(correlationKey: string): WritableCorrelation | undefined {
    return this.correlations.get(correlationKey)
  }

  /** Whether the store's answer about a definition still holds: the instance it named may have ended or migrated since. */
  isAnswered(definitionKey: Key): boolean {
    const instanceKey = this.running.get(definitionKey)
    if (instanceKey === undefined || instanceKey === null) return instanceKey === null
    const instance = this.instances.get(instanceKey)
    return instance ? instance.definitionKey === definitionKey : !this.changes.ended.has(instanceKey)
  }

  isRunning(definitionKey: Key): boolean {
    if (this.running.get(definitionKey)) return true
    for (const instance of this.instances.values()) if (instance.definitionKey === definitionKey) return true
    return false
  }

  startTimer(key: Key): StartTimerRow | undefined {
    return this.startTimers.get(key)
  }

  startTimersOf(definitionKey: Key): StartTimerRow[] {
    return [...this.startTimers.values()].filter((each) => each.definitionKey === definitionKey)
  }

  broadcast(key: Key): BroadcastRow | undefined {
    return this.broadcasts.get(key)
  }

  receiversOf(broadcastKey: Key): SignalReceivers | undefined {
    return this.receivers?.broadcastKey === broadcastKey ? this.receivers : undefined
  }

  /**
   * Forgets what rests in the store unchanged, oldest first, but not what a command still waits for.
   * To be called when no commit is under way.
   */
  forgetUnused(isNeeded: (key: string) => boolean): void {
    if (this.#holdsTooMuch()) {
      for (const instance of this.instances.values()) {
        if (!this.#holdsTooMuch()) break
        if (!this.changes.instances.has(instance.key) && !isNeeded(instance.key)) this.forget(instance)
      }
    }
    if (this.correlations.size > this.limits.correlations) {
      for (const key of this.correlations.keys()) {
        if (this.correlations.size <= this.limits.correlations) break
        if (!this.changes.correlationKeys.has(key) && !isNeeded(key)) this.correlations.delete(key)
      }
    }
  }

  /** Takes note of how long an instance's text is; 0 when it is no longer in memory. */
  weigh(instance: WritableInstance, textLength: number): void {
    this.#instanceText += textLength - instance.textLength
    instance.textLength = textLength
  }

  #holdsTooMuch(): boolean {
    return this.instances.size > this.limits.instances || this.#instanceText > this.limits.instanceText
  }

  /** Drops an instance and its jobs from memory; what the store has is not touched. */
  forget(instance: WritableInstance): void {
    this.instances.delete(instance.key)
    this.weigh(instance, 0)
    for (const element of instance.elements.values()) {
      this.owners.delete(element.key)
      if (element.jobKey) {
        this.owners.delete(element.jobKey)
        this.jobs.delete(element.jobKey)
      }
      if (element.incidentKey) this.owners.delete(element.incidentKey)
    }
  }

  /** Marks an instance as just used, so that it is forgotten late. */
  touch(instance: WritableInstance): void {
    if (this.instances.size < this.limits.instances && this.#instanceText * 2 < this.limits.instanceText) return
    this.instances.delete(instance.key)
    this.instances.set(instance.key, instance)
  }
}
