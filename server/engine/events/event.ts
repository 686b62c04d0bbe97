/** Everything that can happen, each a fact in the past tense. Deciders record them; the appliers in this folder alone write state. */
import type { DecisionRequirements } from '../../rules/dmn/index.ts'
import type { Key } from '../key.ts'
import type { Flow, FlowNode, ProcessModel } from '../model/executable.ts'
import type { Definition } from '../state/definitions.ts'
import type {
  Caller, Compensable, Decided, ElementInstance, Instance, Job, WaitingMessage, WaitingSignal, WaitingTimer,
} from '../state/instance.ts'
import type { State } from '../state/state.ts'
import type {
  BroadcastRow, DecisionRow, DefinitionRow, DrgRow, FormRow, IncidentRow, JobRow, MessageRow, MessageStartRow, StartTimerRow,
  SubscriptionRow,
} from '../store/rows.ts'

type Of<Type extends string, Facts> = { readonly type: Type } & Readonly<Facts>
type At = { instance: Instance; element: ElementInstance }

export type DefinitionEvent =
  | Of<'process-deployed', { row: DefinitionRow; model: ProcessModel }>
  | Of<'form-deployed', { row: FormRow }>
  | Of<'drg-deployed', { row: DrgRow; model: DecisionRequirements }>
  | Of<'decision-deployed', { row: DecisionRow }>
  /** Of whatever kind. */
  | Of<'resource-deleted', { key: Key; at: number }>
  | Of<'start-timer-created', { row: StartTimerRow }>
  /** `next` is the same timer of a cycle at its next moment. */
  | Of<'start-timer-triggered', { row: StartTimerRow; next?: StartTimerRow }>
  | Of<'start-timer-canceled', { row: StartTimerRow }>

export type ElementEvent =
  | Of<'instance-created', {
    key: Key; definition: Definition; model: ProcessModel; correlationKey: string; caller: Caller | null; at: number
  }>
  /** It follows another definition from now on; `nodes` is what each live element has become, by its key. */
  | Of<'instance-migrated', { instance: Instance; definition: Definition; model: ProcessModel; nodes: ReadonlyMap<Key, FlowNode> }>
  | Of<'element-activating', { instance: Instance; key: Key; node: FlowNode; scope: ElementInstance; throwKey?: Key; at: number }>
  | Of<'element-activated', At>
  | Of<'element-completing', At>
  | Of<'element-completed', At & { at: number }>
  | Of<'element-terminated', At & { at: number }>
  | Of<'instance-called', At & { calledKey: Key }>
  | Of<'decision-evaluated', At & { decided: Decided }>
  | Of<'flow-taken', { instance: Instance; scope: ElementInstance; flow: Flow; waits: boolean }>
  | Of<'flows-joined', { instance: Instance; scope: ElementInstance; node: FlowNode }>
  /** An event sub-process takes the scope over: tokens that wait at joins are gone, and no other can do so. */
  | Of<'scope-interrupted', At>
  /** Something else begins in it, so event sub-processes can take it over anew. */
  | Of<'scope-resumed', At>
  | Of<'variable-set', At & { name: string; json: string }>

/** `element` is the scope in which the activities have completed. */
export type CompensationEvent =
  | Of<'compensation-enabled', At & { compensables: readonly Compensable[] }>
  | Of<'compensation-triggered', At & { compensables: readonly Compensable[] }>

export type JobEvent =
  | Of<'job-created', At & { job: JobRow }>
  | Of<'job-activated', { job: Job; worker: string; dueAt: number }>
  | Of<'job-deadline-moved', { job: Job; dueAt: number }>
  | Of<'job-failed', { job: Job; retries: number; error: string; ready: Key | null; dueAt: number | null }>
  | Of<'job-error-thrown', { job: Job; error: string }>
  | Of<'job-retries-updated', { job: Job; retries: number }>
  /** Back in the queue: timed out, its back-off over, its incident resolved, or not delivered. */
  | Of<'job-returned', { job: Job; ready: Key }>
  | Of<'job-completed', At & { job: Job }>

export type WaitingEvent =
  | Of<'timer-created', At & { timer: WaitingTimer }>
  /** `next` is the same timer of a cycle at its next moment. */
  | Of<'timer-triggered', At & { timer: WaitingTimer; next?: WaitingTimer }>
  | Of<'timer-canceled', At & { timer: WaitingTimer }>
  | Of<'subscription-opened', At & { waiting: WaitingMessage; row: SubscriptionRow }>
  /** No buffered message was there for it. */
  | Of<'subscription-checked', At & { waiting: WaitingMessage; row: SubscriptionRow }>
  | Of<'subscription-closed', At & { waiting: WaitingMessage }>

export type MessageEvent =
  | Of<'message-buffered', { message: MessageRow }>
  | Of<'message-correlated', { message: MessageRow; processId: string }>
  | Of<'message-expired', { message: MessageRow }>
  | Of<'message-start-locked', { row: MessageStartRow }>
  | Of<'message-start-released', { row: MessageStartRow }>

export type SignalEvent =
  | Of<'signal-subscription-opened', At & { waiting: WaitingSignal }>
  | Of<'signal-subscription-closed', At & { waiting: WaitingSignal }>
  | Of<'signal-broadcast', { row: BroadcastRow }>
  /** Everybody up to `row.reached` has got it. */
  | Of<'signal-spread', { row: BroadcastRow }>
  /** Everybody has got it. */
  | Of<'signal-delivered', { row: BroadcastRow }>

export type IncidentEvent =
  | Of<'incident-created', At & { incident: IncidentRow }>
  | Of<'incident-resolved', At & { key: Key }>

export type EngineEvent =
  | DefinitionEvent | ElementEvent | CompensationEvent | JobEvent | WaitingEvent | MessageEvent | SignalEvent | IncidentEvent
export type EventType = EngineEvent['type']
export type EventOf<T extends EventType> = Extract<EngineEvent, { type: T }>

/** The appliers of one family of events. `nowMs` is the moment of the decision. */
export type Appliers<E extends EngineEvent> = {
  [T in E['type']]: (state: State, event: Extract<E, { type: T }>, nowMs: number) => void
}
