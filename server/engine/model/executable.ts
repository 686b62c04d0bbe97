/** A process as the engine runs it: read once from its diagram, expressions compiled, never changed. */
import type { CompiledExpression } from '../../rules/feel/index.ts'

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

interface Node {
  readonly id: string
  readonly name: string
  readonly incoming: readonly Flow[]
  readonly outgoing: readonly Flow[]
  readonly inputs: readonly Mapping[]
  readonly outputs: readonly Mapping[]
  /** Events on its border. */
  readonly boundary: readonly BoundaryEvent[]
  /** The process or sub-process it stands in. */
  readonly scope: string
}

export interface Process extends Node {
  readonly kind: 'process'
  readonly noneStart?: StartEvent
  readonly messageStarts: readonly StartEvent[]
}

export interface SubProcess extends Node {
  readonly kind: 'sub-process'
  readonly noneStart: StartEvent
}

export interface StartEvent extends Node {
  readonly kind: 'start-event'
  readonly message?: Message
}

export interface EndEvent extends Node {
  readonly kind: 'end-event'
  readonly ends?: 'terminate' | { readonly errorCode: Source }
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

export interface BoundaryEvent extends Node {
  readonly kind: 'boundary-event'
  readonly attachedTo: string
  readonly interrupts: boolean
  readonly timer?: Timer
  readonly message?: Message
  /** `errorCode` is missing where every error is caught. */
  readonly error?: { readonly errorCode?: string }
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

export interface ScriptTask extends Node {
  readonly kind: 'script-task'
  readonly expression: CompiledExpression
  readonly resultVariable: string
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

export interface InclusiveGateway extends Node {
  readonly kind: 'inclusive-gateway'
  readonly conditional: readonly Flow[]
  readonly defaultFlow?: Flow
}

export type FlowNode =
  | Process | SubProcess
  | StartEvent | EndEvent | NoneEvent | TimerCatch | MessageCatch | BoundaryEvent
  | JobTask | UserTask | ScriptTask | PassTask
  | ExclusiveGateway | ParallelGateway | InclusiveGateway

export type NodeKind = FlowNode['kind']
export type NodeOf<K extends NodeKind> = Extract<FlowNode, { kind: K }>

/** Where tokens live: a process or a sub-process. */
export type Container = Process | SubProcess

export interface ProcessModel {
  readonly id: string
  readonly name: string
  readonly root: Process
  readonly nodes: ReadonlyMap<string, FlowNode>
}
