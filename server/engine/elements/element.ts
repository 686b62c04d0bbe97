import type { CompiledExpression, FeelScope, FeelValue } from '../../rules/feel/index.ts'
import type { Flow, FlowNode, NodeKind, NodeOf, StartEvent } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import { conditionOf, scopeOf } from '../behaviors/expressions.ts'
import type { Decision } from '../behaviors/decision.ts'
import { Failure, type IncidentType } from '../behaviors/failure.ts'

/** What comes after an element was activated. What it means is a table in `outcomes.ts`. */
export type Outcome =
  | Failure
  /** Something outside has to happen first. */
  | { readonly then: 'wait' }
  /** Done; `flows` are taken. */
  | { readonly then: 'complete'; readonly flows: readonly Flow[] }
  /** A scope: its first element begins. */
  | { readonly then: 'open'; readonly start: StartEvent }
  /** A multi-instance: its first element begins, or all of them do. */
  | { readonly then: 'open-each'; readonly items: readonly FeelValue[] }
  /** Everything else in the scope around ends. */
  | { readonly then: 'end-scope' }
  /** A business error goes outward to who catches it. */
  | { readonly then: 'throw-error'; readonly errorCode: string }
  /** An escalation goes outward, too; the element goes on unless who catches it ends it. */
  | { readonly then: 'throw-escalation'; readonly escalationCode: string }
  /** What has completed in the scope is undone, or one activity there. */
  | { readonly then: 'compensate'; readonly activityId?: string }

/** An element at work: what its handler may ask and answer. */
export class Step {
  readonly scope: FeelScope

  constructor(
    readonly decision: Decision,
    readonly instance: Instance,
    readonly element: ElementInstance,
  ) {
    this.scope = scopeOf(element, decision.nowMs)
  }

  wait(): Outcome {
    return { then: 'wait' }
  }

  complete(flows: readonly Flow[] = this.element.node.outgoing): Outcome {
    return { then: 'complete', flows }
  }

  fail(type: IncidentType, message: string): Failure {
    return new Failure(type, message)
  }

  isTrue(condition: CompiledExpression): boolean | Failure {
    return conditionOf(condition, this.scope)
  }
}

/**
 * The life of one kind of element. `activate` comes after its input mappings; it evaluates everything first and records
 * events only when nothing can fail any more, because it is done again when its incident is resolved.
 */
export interface ElementHandler<N extends FlowNode> {
  activate(node: N, step: Step): Outcome
}

export type Handlers = { [K in NodeKind]: ElementHandler<NodeOf<K>> }
