/**
 * A process instance in memory. Deciders see it read-only; the `Writable…` twins are for `events/` alone.
 */
import type { Key } from '../key.ts'
import type { FlowNode, ProcessModel } from '../model/executable.ts'
import type { IncidentRow, JobRow, MessageRow, MessageStartRow, SubscriptionRow } from '../store/rows.ts'

/** `activating` and `completing` are seen from outside only where an incident holds the step. */
export type Phase = 'activating' | 'active' | 'completing'

export interface WaitingTimer {
  readonly key: Key
  /** The catch or boundary event it belongs to. */
  readonly nodeId: string
  readonly dueAt: number
  /** Of a cycle: its period, and how often it still fires after this time; null is for ever. */
  readonly period?: string
  readonly timesLeft?: number | null
}

export interface WaitingMessage {
  readonly key: Key
  readonly nodeId: string
  readonly messageName: string
  readonly correlationKey: string
  readonly opening: boolean
}

export interface WaitingSignal {
  readonly key: Key
  readonly nodeId: string
  readonly signalName: string
}

/** What an incident's row tells beside whose it is. */
export type IncidentFacts = Readonly<Pick<IncidentRow, 'type' | 'message' | 'createdAt'>>

/** Completions of an activity that can still be undone, each of them once. */
export interface Compensable {
  /** The activity right inside the scope that keeps this: the one that has completed, or the sub-process in which it has. */
  readonly activityId: string
  /** The activity that undoes it, by its key in the model's nodes. */
  readonly handlerRef: string
  /** JSON text of an object: what was local to the completed sub-processes in between, which the handler gets as its own. */
  readonly variables: string
  readonly times: number
}

export interface ElementInstance {
  readonly key: Key
  readonly node: FlowNode
  readonly scope: ElementInstance | null
  readonly phase: Phase
  /** JSON text by name. */
  readonly variables: ReadonlyMap<string, string>
  readonly jobKey: Key | null
  readonly incidentKey: Key | null
  /** Of its incident, so that its row can be written anew when the element becomes another. */
  readonly incident: IncidentFacts | null
  /** Of a call activity: the instance it has called. */
  readonly calledKey: Key | null
  readonly timers: readonly WaitingTimer[]
  readonly messages: readonly WaitingMessage[]
  readonly signals: readonly WaitingSignal[]
  /** Live element instances right inside. */
  readonly children: number
  /** Tokens that wait before a joining gateway, by flow. */
  readonly arrivals: ReadonlyMap<string, number>
  readonly enteredAt: number
  /** An event sub-process has taken over this scope; no other can any more. */
  readonly isInterrupted: boolean
  /** What has completed inside and can still be undone. */
  readonly compensables: readonly Compensable[]
  /** Of a compensation handler at work: the event that has thrown the compensation and waits for it. */
  readonly throwKey: Key | null
  /** Of a business rule task: the decision it has called. */
  readonly decided: Decided | null
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export type WritableElement = Omit<
  Writable<ElementInstance>, 'variables' | 'timers' | 'messages' | 'signals' | 'arrivals' | 'compensables'
> & {
  variables: Map<string, string>
  timers: WaitingTimer[]
  messages: WaitingMessage[]
  signals: WaitingSignal[]
  arrivals: Map<string, number>
  compensables: Compensable[]
}

export type Outcome = 'completed' | 'terminated'

/**
 * A decision that a task has called: the key of the evaluation, the version that was made, and of each decision that was made with it,
 * those required first, the rules that matched. What it gave is in the variables.
 */
export type Decided = readonly [
  evaluationKey: Key, decisionKey: Key, rules: readonly (readonly [decisionId: string, ...ruleIds: string[]])[],
]

/** An element that was entered and left; `ref` names it in the model. */
export type HistoryEntry = readonly [ref: string, key: Key, enteredAt: number, leftAt: number, outcome: Outcome, decided?: Decided]

export interface Caller {
  readonly instanceKey: Key
  readonly elementKey: Key
}

export interface Instance {
  readonly key: Key
  readonly definitionKey: Key
  readonly version: number
  readonly model: ProcessModel
  readonly startedAt: number
  /** Of the message that started it; empty if it had none. */
  readonly correlationKey: string
  /** The id of the process it began as. While it lives, no other of that process is started by its correlation key. */
  readonly startedAs: string
  /** The call activity that called it. */
  readonly caller: Caller | null
  readonly root: ElementInstance
  readonly elements: ReadonlyMap<Key, ElementInstance>
  readonly history: readonly HistoryEntry[]
  readonly chunks: number
}

export type WritableInstance = Omit<Writable<Instance>, 'root' | 'elements' | 'history'> & {
  root: WritableElement
  elements: Map<Key, WritableElement>
  history: HistoryEntry[]
  /** Elements with a row in the store's index, and whether it says that they have still to call. */
  indexed: Map<Key, boolean>
  isStored: boolean
  /** Of its text in the store, as far as it counts as being in memory. */
  textLength: number
}

export type Job = Readonly<JobRow>
export type WritableJob = JobRow & { isStored: boolean }

/** All that has one correlation key, over all message names. */
export interface Correlation {
  readonly subscriptions: ReadonlyMap<Key, Readonly<SubscriptionRow>>
  /** In the order in which they were published. */
  readonly messages: ReadonlyMap<Key, Readonly<MessageRow>>
  /** By process id. */
  readonly messageStarts: ReadonlyMap<string, Readonly<MessageStartRow>>
}

export interface WritableCorrelation {
  subscriptions: Map<Key, SubscriptionRow>
  messages: Map<Key, MessageRow>
  messageStarts: Map<string, MessageStartRow>
}

/** Instances that move together with this one: who called it, and whom it has called. */
export function relativesOf(instance: Instance): Key[] {
  const relatives = instance.caller ? [instance.caller.instanceKey] : []
  for (const { calledKey } of instance.elements.values()) if (calledKey) relatives.push(calledKey)
  return relatives
}

/** Live elements right inside a scope, oldest first. */
export function childrenOf(instance: Instance, scope: ElementInstance): ElementInstance[] {
  return [...instance.elements.values()].filter((each) => each.scope === scope)
}

/**
 * The event at which a timer, message or signal arrives: the element itself, one on its border, one behind an event-based gateway,
 * or the start of an event sub-process inside.
 */
export function eventOf({ node }: ElementInstance, nodeId: string): FlowNode | undefined {
  if (node.id === nodeId) return node
  const isIt = (each: FlowNode): boolean => each.id === nodeId
  return node.boundary.find(isIt)
    ?? (node.kind === 'event-gateway' ? node.events.find(isIt) : undefined)
    ?? ('eventStarts' in node ? node.eventStarts.find(isIt) : undefined)
}

/** Whether the event goes on waiting when it has happened. */
export function staysOpen(event: FlowNode): boolean {
  return (event.kind === 'boundary-event' || event.kind === 'start-event') && !event.interrupts
}
