/** Where the engine's state rests. Two twins: `postgresStore` and `memoryStore`. */
import type { Key } from '../key.ts'
import type {
  BroadcastRow, Changes, DecisionRow, DefinitionRow, DeletedResourceRow, DrgRow, ElementRow, FormRow, InstanceRow, JobRow,
  MessageRow, MessageStartRow, SignalSubscriptionRow, StartTimerRow, SubscriptionRow,
} from './rows.ts'

/** How long history is kept, in whole months beside the one at hand; 0 is for ever. */
export interface HistoryOptions {
  historyMonths?: number
}

export const DEFAULT_HISTORY_MONTHS = 24

/** Someone else writes now: this engine may not write any more. */
export class Fenced extends Error {
  override readonly name = 'Fenced'
}

/** There is no room for what was to be kept. Nothing of it was; only an operator can make room. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'

  constructor(override readonly cause?: unknown) {
    super(`Expected room for what is to be kept, but there is none${cause instanceof Error ? `: ${cause.message}` : ''}`)
  }
}

/** What an engine must know before it takes its first command; small whatever the number of instances. */
export interface Opening {
  lastKey: Key
  definitions: Omit<DefinitionRow, 'xml'>[]
  forms: Omit<FormRow, 'content'>[]
  drgs: Omit<DrgRow, 'xml'>[]
  decisions: DecisionRow[]
  deletedResources: DeletedResourceRow[]
  /** Of the latest versions of processes; they stay in memory. */
  startTimers: StartTimerRow[]
  /** Subscriptions and ended message starts for which buffered messages are still to be looked through. */
  subscriptions: SubscriptionRow[]
  messageStarts: MessageStartRow[]
  /** Call activities that have still to call. */
  elements: ElementRow[]
  /** Signals that have not reached all who wait for them. */
  broadcasts: BroadcastRow[]
}

/** What is to be brought to memory. Lists may be empty; keys that do not exist are left out of the answer. */
export interface Wanted {
  /** By own key, or by the key of a job, an incident or an element of theirs. */
  instances: Key[]
  instancesOf: Key[]
  correlationKeys: string[]
  /** The next `limit` jobs of a type that wait for a worker, after the place `after` in its queue. */
  ready: { type: string; after: Key; limit: number }[]
  /** The next `limit` due moments of each kind, whatever their time. */
  due?: { limit: number }
  /** An instance of each of these definitions, if there is one that is not in `except`. */
  running?: { definitionKeys: Key[]; except: Key[] }
  /** The next `limit` subscriptions to a signal after the key `after` and before the broadcast's own, in the order of their keys. */
  receivers?: { broadcastKey: Key; signalName: string; after: Key; limit: number }
}

export type DueKind = 'job' | 'timer' | 'message' | 'start-timer'

export interface DueRow {
  kind: DueKind
  key: Key
  /** Instance key of a job or timer, correlation key of a message, definition key of a start timer. */
  owner: string
  dueAt: number
}

export interface Found {
  instances: InstanceRow[]
  jobs: JobRow[]
  correlations: { subscriptions: SubscriptionRow[]; messages: MessageRow[]; messageStarts: MessageStartRow[] }
  ready: { type: string; jobs: { key: Key; instanceKey: Key; ready: Key }[] }[]
  due: DueRow[]
  receivers: SignalSubscriptionRow[]
  running: { definitionKey: Key; instanceKey: Key }[]
}

export interface StoreHealth {
  /** For how long it has owed an answer, in milliseconds; 0 when it owes none. */
  silentMs: number
  /** There was no room for the last commit, and none has been found since. */
  isFull: boolean
  /** It was reached, and then its connection ended. */
  isLost: boolean
}

export interface Store {
  /**
   * Waits until this store is the one writer, then answers what stands. `signal` ends the wait by rejecting. After {@link StoreFull}
   * it throws that again until there is room.
   */
  open(signal: AbortSignal): Promise<Opening>
  /** All that is wanted as of the last commit. Never runs beside a commit. */
  load(wanted: Wanted): Promise<Found>
  definitionXml(keys: Key[]): Promise<Map<Key, string>>
  drgXml(keys: Key[]): Promise<Map<Key, string>>
  /** Writes all changes or none. Throws {@link Fenced} when another writer has taken over, {@link StoreFull} when there is no room. */
  commit(changes: Changes): Promise<void>
  /** Makes room for the months to come and lets go of those that have been kept long enough. Never runs beside a commit. */
  turnMonths(nowMs: number): Promise<void>
  health(): StoreHealth
  /** Gives the lease back, so that a standby need not wait. */
  close(): Promise<void>
}

export function nothingWanted(): Wanted {
  return { instances: [], instancesOf: [], correlationKeys: [], ready: [] }
}

export function nothingFound(): Found {
  const correlations = { subscriptions: [], messages: [], messageStarts: [] }
  return { instances: [], jobs: [], correlations, ready: [], due: [], receivers: [], running: [] }
}
