/** A process as the engine runs it: read once from its diagram, expressions compiled, never changed. */
import type { CompiledExpression } from '../../rules/feel/index.ts'
import type { ElementType } from './elementTypes.ts'

/** Text of the diagram: taken as it is, or a FEEL expression (it began with `=`). */
export type Source = { readonly text: string; readonly feel?: undefined } | { readonly text: string; readonly feel: CompiledExpression }

export interface Mapping {
  readonly source: Source
  /** Path below the target scope: `a.b` sets b in a. */
  readonly target: readonly string[]
}

export interface Flow {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly condition?: CompiledExpression
}

export type TimerKind = 'date' | 'duration' | 'cycle'

export interface Timer {
  readonly kind: TimerKind
  readonly source: Source
}

export interface Message {
  readonly name: Source
  /** Missing only on a start event of a process, which waits for any key. */
  readonly correlationKey?: CompiledExpression
}

export interface Signal {
  readonly name: Source
}

interface Node {
  readonly id: string
  /** Its key in the model's nodes: the id, but for what a multi-instance repeats, which has the id of the whole. */
  readonly ref: string
  readonly elementType: ElementType
  readonly name: string
  readonly incoming: readonly Flow[]
  readonly outgoing: readonly Flow[]
  readonly inputs: readonly Mapping[]
  readonly outputs: readonly Mapping[]
  /** Events on its border. */
  readonly boundary: readonly BoundaryEvent[]
  /** Of an activity that can be compensated: the one that undoes it, by its key in the model's nodes. */
  readonly compensationHandler?: string
  /** The process or sub-process it stands in. */
  readonly scope: string
}

export interface Process extends Node {
  readonly kind: 'process'
  readonly noneStart?: StartEvent
  readonly messageStarts: readonly StartEvent[]
  readonly signalStarts: readonly StartEvent[]
  readonly timerStarts: readonly StartEvent[]
  /** Start events of the event sub-processes right inside. */
  readonly eventStarts: readonly StartEvent[]
}

export interface SubProcess extends Node {
  readonly kind: 'sub-process'
  readonly noneStart: StartEvent
  readonly eventStarts: readonly StartEvent[]
}

/** Begins by its start event, whenever that happens while the scope around it lives. */
export interface EventSubProcess extends Node {
  readonly kind: 'event-sub-process'
  readonly start: StartEvent
  readonly eventStarts: readonly StartEvent[]
}

/** What an event catches of that which is thrown inside. */
export interface Caught {
  /** Missing where everything of its kind is caught. */
  readonly code?: string
}

/** What an event waits for; at most one of these. A compensation event on a border waits for nothing. */
export interface Trigger {
  readonly timer?: Timer
  readonly message?: Message
  readonly signal?: Signal
  readonly error?: Caught
  readonly escalation?: Caught
}

export interface StartEvent extends Node, Trigger {
  readonly kind: 'start-event'
  /** Of an event sub-process: whether it ends everything else around it. */
  readonly interrupts: boolean
}

export interface EndEvent extends Node {
  readonly kind: 'end-event'
  readonly ends?: 'terminate' | { readonly errorCode: Source }
}

/** In the middle of a process, or at its end without a way out. */
export interface EscalationThrow extends Node {
  readonly kind: 'escalation-throw'
  readonly escalationCode: Source
}

/** As an escalation, in the middle or at the end. */
export interface CompensationThrow extends Node {
  readonly kind: 'compensation-throw'
  /** The one activity to be compensated; missing is all. */
  readonly activityId?: string
}

/** An intermediate event that only marks a place. */
export interface NoneEvent extends Node {
  readonly kind: 'none-event'
}

export interface TimerCatch extends Node {
  readonly kind: 'timer-catch'
  readonly timer: Timer
}

/** Also a receive task, which is the same in another dress. */
export interface MessageCatch extends Node {
  readonly kind: 'message-catch'
  readonly message: Message
}

export interface SignalCatch extends Node {
  readonly kind: 'signal-catch'
  readonly signal: Signal
}

/** In between or at an end: a signal end event is one without a flow. */
export interface SignalThrow extends Node {
  readonly kind: 'signal-throw'
  readonly signal: Signal
}

export interface BoundaryEvent extends Node, Trigger {
  readonly kind: 'boundary-event'
  readonly attachedTo: string
  readonly interrupts: boolean
}

/** A throwing event that nobody knows how to execute, but the vendor's validators let pass: an incident where it is reached. */
export interface InexecutableThrow extends Node {
  readonly kind: 'inexecutable-throw'
  /** What it is drawn to throw, such as `ErrorEventDefinition`. */
  readonly definitions: readonly string[]
}

/** An activity done once for each item of a list. Flows, border and scope are its own, mappings those of what it repeats. */
export interface MultiInstance extends Node {
  readonly kind: 'multi-instance'
  readonly each: FlowNode
  readonly isSequential: boolean
  readonly inputCollection: CompiledExpression
  readonly inputElement?: string
  readonly output?: { readonly collection: string; readonly element: CompiledExpression }
  readonly completionCondition?: CompiledExpression
}

/** Work done outside: service, send, business rule and script tasks with a job type. */
export interface JobTask extends Node {
  readonly kind: 'job-task'
  readonly type: Source
  readonly retries: Source
  readonly headers: Readonly<Record<string, string>>
}

export interface UserTask extends Node {
  readonly kind: 'user-task'
  readonly headers: Readonly<Record<string, string>>
  readonly assignee?: Source
  readonly candidateGroups?: Source
  readonly candidateUsers?: Source
  readonly dueDate?: Source
  readonly followUpDate?: Source
  readonly form?: { readonly id: Source } | { readonly key: Source }
}

/** A decision that the engine makes. */
export interface BusinessRuleTask extends Node {
  readonly kind: 'business-rule-task'
  readonly decisionId: Source
  readonly resultVariable: string
}

export interface ScriptTask extends Node {
  readonly kind: 'script-task'
  readonly expression: CompiledExpression
  readonly resultVariable: string
}

/** Runs another process in its place: the latest version there is when it begins. */
export interface CallActivity extends Node {
  readonly kind: 'call-activity'
  readonly processId: Source
  /** All variables it sees go in, or only its own. */
  readonly givesAll: boolean
  /** All variables of the called process come out, or only what is mapped. */
  readonly takesAll: boolean
}

/** Manual and undefined tasks: nothing for an engine to do. */
export interface PassTask extends Node {
  readonly kind: 'pass-task'
}

export interface ExclusiveGateway extends Node {
  readonly kind: 'exclusive-gateway'
  readonly conditional: readonly Flow[]
  /** A lone flow without a condition counts as the default. */
  readonly defaultFlow?: Flow
}

export interface ParallelGateway extends Node {
  readonly kind: 'parallel-gateway'
}

/** Waits for the first of several events. */
export interface EventGateway extends Node {
  readonly kind: 'event-gateway'
  readonly events: readonly (TimerCatch | MessageCatch | SignalCatch)[]
}

export interface InclusiveGateway extends Node {
  readonly kind: 'inclusive-gateway'
  readonly conditional: readonly Flow[]
  readonly defaultFlow?: Flow
}

export type FlowNode =
  | Process | SubProcess | EventSubProcess | MultiInstance
  | StartEvent | EndEvent | NoneEvent | TimerCatch | MessageCatch | SignalCatch | BoundaryEvent
  | SignalThrow | EscalationThrow | CompensationThrow
  | JobTask | UserTask | ScriptTask | BusinessRuleTask | PassTask | CallActivity
  | ExclusiveGateway | ParallelGateway | InclusiveGateway | EventGateway | InexecutableThrow

export type NodeKind = FlowNode['kind']
export type NodeOf<K extends NodeKind> = Extract<FlowNode, { kind: K }>

/** Where tokens live: a process or a sub-process. */
export type Container = Process | SubProcess | EventSubProcess

export interface ProcessModel {
  readonly id: string
  readonly name: string
  readonly root: Process
  readonly nodes: ReadonlyMap<string, FlowNode>
}
