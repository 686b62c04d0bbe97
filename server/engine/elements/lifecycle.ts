/**
 * The loop: takes an instance from step to step until every token waits for something outside.
 * It makes an incident of every failure that an element returns.
 */
import type { Decision } from '../behaviors/decision.ts'
import { enter } from '../behaviors/entering.ts'
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { applyInputs, applyOutputs, setLocal, type Variables } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { Flow, FlowNode } from '../model/executable.ts'
import { childrenOf, type ElementInstance, type Instance } from '../state/instance.ts'
import { returnToCaller, terminateCalled } from './calling.ts'
import { completeIfUndone, enableCompensation, handlersOf } from './compensation.ts'
import { Step, type ElementHandler } from './element.ts'
import { handlers } from './index.ts'
import type { Loop } from './loop.ts'
import { follow, stays } from './outcomes.ts'
import { completeTurn, handOutResults } from './turns.ts'
import { closeEventStarts, openWaiting, planWaiting } from './waiting.ts'

/** A diagram that goes round without ever waiting is stopped by an incident after so many steps of one command… */
const MOST_STEPS = 10_000

/** …and so many more for each item of a multi-instance and each handler, which are many without going round. */
const STEPS_FOR_EACH = 10

/** One instance on its way. A command makes one, says what happened, and lets it `run`. */
export class Lifecycle implements Loop {
  readonly #next: (() => void)[] = []
  #stepsLeft = MOST_STEPS

  constructor(
    readonly decision: Decision,
    readonly instance: Instance,
  ) {}

  /** Does everything that can be done now, in the order in which it came up. */
  run(): void {
    while (this.#next.length > 0) {
      if (this.#stepsLeft-- === 0) return this.#stop()
      this.#next.shift()!()
    }
  }

  begin(node: FlowNode, scope: ElementInstance, variables?: Variables, throwKey?: Key): void {
    const { decision, instance } = this
    const element = enter(decision, instance, node, scope, throwKey)
    if (variables) setLocal(decision, instance, element, variables)
    this.later(() => this.activate(element))
  }

  activate(element: ElementInstance): void {
    if (!this.isLive(element)) return
    const { decision, instance } = this
    const plan = applyInputs(decision, instance, element) ?? planWaiting(decision, element)
    if (plan instanceof Failure) return raiseIncident(decision, instance, element, plan)
    const handler = handlers[element.node.kind] as ElementHandler<FlowNode>
    const outcome = handler.activate(element.node, new Step(decision, instance, element))
    if (outcome instanceof Failure) return raiseIncident(decision, instance, element, outcome)
    decision.record({ type: 'element-activated', instance, element })
    if (stays(outcome)) openWaiting(decision, instance, element, plan)
    follow(this, element, outcome)
  }

  complete(element: ElementInstance, flows: readonly Flow[] = element.node.outgoing): void {
    const { decision, instance } = this
    decision.record({ type: 'element-completing', instance, element })
    const failure = applyOutputs(decision, instance, element)
    if (failure) return this.#holdCompletion(element, failure)
    const { scope } = element
    if (!scope) return this.#completeProcess()
    if (scope.node.kind === 'multi-instance') return this.#completeTurn(scope, element)
    if (element.node.kind === 'multi-instance') handOutResults(this, element)
    enableCompensation(decision, instance, element, scope)
    decision.record({ type: 'element-completed', instance, element, at: decision.nowMs })
    completeIfUndone(this, element)
    for (const flow of flows) this.#take(flow, scope)
    this.completeIfEmpty(scope)
  }

  completeIfEmpty(scope: ElementInstance): void {
    if (scope.children === 0 && scope.arrivals.size === 0) this.completeSoon(scope)
  }

  completeSoon(element: ElementInstance): void {
    this.later(() => this.isLive(element) && this.complete(element))
  }

  terminate(element: ElementInstance): void {
    // An event that throws compensation has taken its handlers with it.
    if (!this.isLive(element)) return
    const { decision, instance } = this
    terminateCalled(this, element)
    for (const child of [...childrenOf(instance, element), ...handlersOf(element, instance)]) this.terminate(child)
    if (!element.scope) decision.ended(instance, 'terminated')
    decision.record({ type: 'element-terminated', instance, element, at: decision.nowMs })
    completeIfUndone(this, element)
  }

  isLive({ key }: ElementInstance): boolean {
    return this.instance.elements.has(key)
  }

  later(act: () => void): void {
    this.#next.push(act)
  }

  first(act: () => void): void {
    this.#next.unshift(act)
  }

  allow(count: number): void {
    this.#stepsLeft += STEPS_FOR_EACH * count
  }

  of(instance: Instance): Loop {
    return new Lifecycle(this.decision, instance)
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

  // What is done inside stays so while the incident stands: nothing begins there any more.
  #holdCompletion(element: ElementInstance, failure: Failure): void {
    closeEventStarts(this.decision, this.instance, element)
    raiseIncident(this.decision, this.instance, element, failure)
  }

  #completeTurn(body: ElementInstance, each: ElementInstance): void {
    const failure = completeTurn(this, body, each)
    if (failure) raiseIncident(this.decision, this.instance, each, failure)
  }

  #completeProcess(): void {
    const { decision, instance } = this
    decision.ended(instance, 'completed')
    decision.record({ type: 'element-completed', instance, element: instance.root, at: decision.nowMs })
    returnToCaller(this)
  }

  #stop(): void {
    const { decision, instance } = this
    const element = [...instance.elements.values()].find((each) => each.phase === 'activating' && !each.incidentKey)
    const reason = `Expected the process to wait for something within ${MOST_STEPS} steps, but it goes round and round`
    if (element) raiseIncident(decision, instance, element, new Failure('UNKNOWN', reason))
  }
}
