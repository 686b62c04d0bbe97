/**
 * What the engine keeps, row by row. Moments are milliseconds since 1970, keys are decimal texts.
 * The same rows are columns in PostgreSQL (`tables.ts`) and entries in the memory store.
 */
import type { Key } from '../key.ts'

export interface DefinitionRow {
  key: Key
  processId: string
  version: number
  resourceName: string
  checksum: string
  deployedAt: number
  /** JSON list of `[element id, message name]`: what a published message may start, known without reading the diagram. */
  messageStarts: string
  /** The same for signals. */
  signalStarts: string
  /** Of the process, as drawn; empty if it has none. */
  name: string
  xml: string
}

export interface FormRow {
  key: Key
  formId: string
  version: number
  resourceName: string
  checksum: string
  deployedAt: number
  content: string
}

/** A decision requirements graph: one file of decisions. */
export interface DrgRow {
  key: Key
  drgId: string
  name: string
  version: number
  resourceName: string
  checksum: string
  deployedAt: number
  xml: string
}

export interface DecisionRow {
  key: Key
  decisionId: string
  name: string
  version: number
  drgKey: Key
}

/**
 * A process, form or decision requirements graph that was deleted. Its own row stays, so that its version is never given again and
 * its past can be shown.
 */
export interface DeletedResourceRow {
  key: Key
  deletedAt: number
}

/** A whole process instance; `body` is written and read by `state/instanceBody.ts` alone. */
export interface InstanceRow {
  key: Key
  definitionKey: Key
  jobKeys: Key[]
  body: string
}

/** Finds the instance of an element that waits without a job. */
export interface ElementRow {
  key: Key
  instanceKey: Key
  /** A call activity that has not called yet. */
  calling: boolean
}

export type JobState = 'activatable' | 'activated' | 'failed' | 'error-thrown'

export interface JobRow {
  key: Key
  instanceKey: Key
  elementKey: Key
  type: string
  state: JobState
  retries: number
  /** Place in the queue of its type while it may be activated. */
  ready: Key | null
  /** When the activation ends, or when a failed job comes back. */
  dueAt: number | null
  worker: string
  /** JSON text. */
  headers: string
  error: string
}

export interface TimerRow {
  key: Key
  instanceKey: Key
  dueAt: number
}

/** A process begins when it is due. Only the latest version of a process has such rows. */
export interface StartTimerRow {
  key: Key
  definitionKey: Key
  elementId: string
  dueAt: number
  /** Of a cycle, as in the instance's own timers; empty if it fires once. */
  period: string
  /** How often it still fires after this time; null is for ever. */
  timesLeft: number | null
}

export interface SubscriptionRow {
  key: Key
  instanceKey: Key
  processId: string
  messageName: string
  correlationKey: string
  /** Buffered messages have not been looked through yet. */
  opening: boolean
}

export interface MessageRow {
  key: Key
  name: string
  correlationKey: string
  messageId: string
  /** End of the time to live. */
  dueAt: number
  variables: string
  /** JSON list of the process ids that have had it. */
  correlated: string
}

/** While it stands, no second instance of the process is started by a message with this correlation key. */
export interface MessageStartRow {
  correlationKey: string
  processId: string
  instanceKey: Key
  /** The instance is over; buffered messages have not been looked through yet. */
  ended: boolean
}

/** Finds an element that waits for a signal. */
export interface SignalSubscriptionRow {
  key: Key
  instanceKey: Key
  signalName: string
}

/** A signal that was broadcast and has not reached all who wait for it. */
export interface BroadcastRow {
  key: Key
  signalName: string
  /** JSON text of an object. */
  variables: string
  /** Definitions it starts, the latest of their process when it was broadcast. */
  starts: Key[]
  /** Subscriptions up to this key have got it. */
  reached: Key
}

export interface IncidentRow {
  key: Key
  instanceKey: Key
  elementKey: Key
  elementId: string
  type: string
  message: string
  createdAt: number
}

/** A stretch of an instance's past; `body` is written and read by `state/historyBody.ts` alone. Written once and never changed. */
export interface HistoryRow {
  instanceKey: Key
  chunk: number
  definitionKey: Key
  processId: string
  version: number
  /** `running` for a chunk of an instance that goes on. */
  outcome: 'running' | 'completed' | 'terminated'
  writtenAt: number
  body: string
}

export interface Rows {
  definitions: DefinitionRow
  forms: FormRow
  drgs: DrgRow
  decisions: DecisionRow
  deletedResources: DeletedResourceRow
  instances: InstanceRow
  elements: ElementRow
  jobs: JobRow
  timers: TimerRow
  startTimers: StartTimerRow
  subscriptions: SubscriptionRow
  messages: MessageRow
  messageStarts: MessageStartRow
  signalSubscriptions: SignalSubscriptionRow
  broadcasts: BroadcastRow
  incidents: IncidentRow
  history: HistoryRow
}

export type TableName = keyof Rows

/** What one commit writes: the last state of each row touched, or its end. No row is in both lists. */
export interface Changes {
  lastKey: Key
  put: { [T in TableName]?: Rows[T][] }
  /** Identities (see `identityOf` in `tables.ts`) of rows that are gone. */
  remove: { [T in TableName]?: string[] }
}
