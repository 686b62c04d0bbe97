/**
 * The loop: takes an instance from step to step until every token waits for something outside.
 * It alone knows what comes after what, and it alone makes an incident of a failure.
 */
import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { newElementKey } from '../behaviors/jobs.ts'
import { applyInputs, applyOutputs, setLocal, type Variables } from '../behaviors/variables.ts'
import type { Flow, FlowNode } from '../model/executable.ts'
import { childrenOf, type ElementInstance, type Instance } from '../state/instance.ts'
import { errorEventOf, openBoundary, planBoundary } from './boundary.ts'
import { Step, type ElementHandler, type Outcome } from './element.ts'
import { handlers } from './index.ts'

/** A diagram that goes round without ever waiting is stopped by an incident after so many steps of one command. */
const MOST_STEPS = 10_000

/** One instance on its way. A command makes one, says what happened, and lets it `run`. */
export class Lifecycle {
  readonly #next: (() => void)[] = []

  constructor(
    readonly decision: Decision,
    readonly instance: Instance,
  ) {}

  /** Does everything that can be done now, in the order in which it came up. */
  run(): void {
    for (let steps = 0; this.#next.length > 0; steps++) {
      if (steps > MOST_STEPS) return this.#stop()
      this.#next.shift()!()
    }
  }

  /** Begins an element in a scope. `variables` are its own from the start. */
  begin(node: FlowNode, scope: ElementInstance, variables?: Variables): void {
    const { decision, instance } = this
    const key = newElementKey(decision)
    decision.record({ type: 'element-activating', instance, key, node, scope, at: decision.nowMs })
    const element = instance.elements.get(key)!
    if (variables) setLocal(decision, instance, element, variables)
    this.#next.push(() => this.activate(element))
  }

  /** Does, or after an incident does again, what an element does when it begins. */
  activate(element: ElementInstance): void {
    if (!this.#isLive(element)) return
    const { decision, instance } = this
    const plan = applyInputs(decision, instance, element) ?? planBoundary(decision, element)
    if (plan instanceof Failure) return raiseIncident(decision, instance, element, plan)
    const handler = handlers[element.node.kind] as ElementHandler<FlowNode>
    const outcome = handler.activate(element.node, new Step(decision, instance, element))
    if (outcome instanceof Failure) return raiseIncident(decision, instance, element, outcome)
    decision.record({ type: 'element-activated', instance, element })
    if (outcome.then === 'wait' || outcome.then === 'open') openBoundary(decision, instance, element, plan)
    this.#follow(element, outcome)
  }

  #follow(element: ElementInstance, outcome: Exclude<Outcome, Failure>): void {
    switch (outcome.then) {
      case 'wait':
        return
      case 'complete':
        return this.complete(element, outcome.flows)
      case 'open':
        return this.begin(outcome.start, element)
      case 'end-scope':
        return this.#endScope(element)
      case 'throw-error':
        return this.throwError(element, outcome.errorCode, `An error was thrown with the code '${outcome.errorCode}'`)
    }
  }

  /** Ends an element in the regular way and goes on with `flows`. */
  complete(element: ElementInstance, flows: readonly Flow[] = element.node.outgoing): void {
    const { decision, instance } = this
    decision.record({ type: 'element-completing', instance, element })
    const failure = applyOutputs(decision, instance, element)
    if (failure) return raiseIncident(decision, instance, element, failure)
    const { scope } = element
    if (!scope) decision.ended(instance, 'completed')
    decision.record({ type: 'element-completed', instance, element, at: decision.nowMs })
    if (!scope) return
    for (const flow of flows) this.#take(flow, scope)
    this.#completeIfEmpty(scope)
  }

  /** What a catching event waited for has come: the element goes on, or the event on its border begins. */
  trigger(element: ElementInstance, nodeId: string, bring: (target: ElementInstance) => void): void {
    if (element.node.id === nodeId) {
      bring(element)
      this.complete(element)
      return
    }
    const event = element.node.boundary.find((each) => each.id === nodeId)!
    this.#beginBoundary(element, event, bring)
  }

  /** Looks outward for who catches the error. Without a catcher, `element` is held by an incident. */
  throwError(element: ElementInstance, errorCode: string, message: string, variables?: Variables): void {
    for (let at: ElementInstance | null = element; at?.scope; at = at.scope) {
      const event = errorEventOf(at, errorCode)
      if (!event) continue
      const { decision, instance } = this
      return this.#beginBoundary(at, event, (target) => variables && setLocal(decision, instance, target, variables))
    }
    const known = `Expected to throw an error event with the code '${errorCode}' with message '${message}', but it was not caught. No error events are available in the scope.`
    raiseIncident(this.decision, this.instance, element, new Failure('UNHANDLED_ERROR_EVENT', known))
  }

  /** Ends an element from outside, everything inside it first. */
  terminate(element: ElementInstance): void {
    const { decision, instance } = this
    for (const child of childrenOf(instance, element)) this.terminate(child)
    if (!element.scope) decision.ended(instance, 'terminated')
    decision.record({ type: 'element-terminated', instance, element, at: decision.nowMs })
  }

  #beginBoundary(element: ElementInstance, event: FlowNode & { kind: 'boundary-event' }, bring: (target: ElementInstance) => void): void {
    const { decision, instance } = this
    const scope = element.scope!
    if (event.interrupts) this.terminate(element)
    const key = newElementKey(decision)
    decision.record({ type: 'element-activating', instance, key, node: event, scope, at: decision.nowMs })
    const begun = instance.elements.get(key)!
    bring(begun)
    this.#next.push(() => this.activate(begun))
  }

  // A join begins when a token has come by each of its flows; surplus tokens stay for the next time.
  #take(flow: Flow, scope: ElementInstance): void {
    const { decision, instance } = this
    const target = instance.model.nodes.get(flow.target)!
    const joins = target.kind === 'parallel-gateway' && target.incoming.length > 1
    decision.record({ type: 'flow-taken', instance, scope, flow, waits: joins })
    if (!joins) return this.begin(target, scope)
    if (!target.incoming.every(({ id }) => scope.arrivals.has(id))) return
    decision.record({ type: 'flows-joined', instance, scope, node: target })
    this.begin(target, scope)
  }

  #endScope(element: ElementInstance): void {
    const { decision, instance } = this
    const scope = element.scope!
    decision.record({ type: 'element-completed', instance, element, at: decision.nowMs })
    for (const child of childrenOf(instance, scope)) this.terminate(child)
    this.#next.push(() => this.complete(scope))
  }

  #completeIfEmpty(scope: ElementInstance): void {
    if (scope.children === 0 && scope.arrivals.size === 0) this.#next.push(() => this.#isLive(scope) && this.complete(scope))
  }

  // Something done earlier in the same run may have ended it: a token that reached a terminate end event, say.
  #isLive(element: ElementInstance): boolean {
    return this.instance.elements.has(element.key)
  }

  #stop(): void {
    const { decision, instance } = this
    const element = [...instance.elements.values()].find((each) => each.phase === 'activating' && !each.incidentKey)
    const reason = `Expected the process to wait for something within ${MOST_STEPS} steps, but it goes round and round`
    if (element) raiseIncident(decision, instance, element, new Failure('UNKNOWN', reason))
  }
}
