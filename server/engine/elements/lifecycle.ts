/**
 * The loop: takes an instance from step to step until every token waits for something outside.
 * It alone knows what comes after what, and it alone makes an incident of a failure.
 */
import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { newElementKey } from '../behaviors/jobs.ts'
import { applyInputs, applyOutputs, bringResult, NO_VARIABLES, propagate, setLocal, type Variables } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { FeelValue } from '../../rules/feel/index.ts'
import type { BoundaryEvent, CallActivity, EventSubProcess, Flow, FlowNode, MultiInstance, StartEvent } from '../model/executable.ts'
import { childrenOf, eventOf, type ElementInstance, type Instance } from '../state/instance.ts'
import { splitObject } from '../state/jsonObject.ts'
import { catcherOf, type Catcher, type Thrown } from './catching.ts'
import { compensatedScopeOf, enableCompensation, handlersOf } from './compensation.ts'
import { Step, type ElementHandler, type Outcome } from './element.ts'
import { handlers } from './index.ts'
import { indexOfEach, isEnough, itemsOf, keepResult, variablesOfEach } from './multiInstance.ts'
import { closeEventStarts, openWaiting, planWaiting } from './waiting.ts'

/** A diagram that goes round without ever waiting is stopped by an incident after so many steps of one command… */
const MOST_STEPS = 10_000

/** …and so many more for each item of a multi-instance and each handler, which are many without going round. */
const STEPS_FOR_EACH = 10

/** Writes what an event brings to where it begins. */
type Bring = (target: ElementInstance) => void

/** Who catches, and in which instance: this one, or one that has called it. */
interface FoundCatcher {
  lifecycle: Lifecycle
  catcher: Catcher
}

/** One instance on its way. A command makes one, says what happened, and lets it `run`. */
export class Lifecycle {
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

  /** Begins an element in a scope. `variables` are its own from the start; `throwKey` is of the event whose handler it is. */
  begin(node: FlowNode, scope: ElementInstance, variables?: Variables, throwKey?: Key): void {
    const { decision, instance } = this
    const key = newElementKey(decision)
    decision.record({ type: 'element-activating', instance, key, node, scope, throwKey, at: decision.nowMs })
    const element = instance.elements.get(key)!
    if (variables) setLocal(decision, instance, element, variables)
    this.#next.push(() => this.activate(element))
  }

  /** Does, or after an incident does again, what an element does when it begins. */
  activate(element: ElementInstance): void {
    if (!this.#isLive(element)) return
    const { decision, instance } = this
    const plan = applyInputs(decision, instance, element) ?? planWaiting(decision, element)
    if (plan instanceof Failure) return raiseIncident(decision, instance, element, plan)
    const handler = handlers[element.node.kind] as ElementHandler<FlowNode>
    const outcome = handler.activate(element.node, new Step(decision, instance, element))
    if (outcome instanceof Failure) return raiseIncident(decision, instance, element, outcome)
    decision.record({ type: 'element-activated', instance, element })
    if (outcome.then === 'wait' || outcome.then === 'open' || outcome.then === 'open-each') openWaiting(decision, instance, element, plan)
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
      case 'open-each':
        return this.#beginEach(element, outcome.items)
      case 'end-scope':
        return this.#endScope(element)
      case 'throw-error':
        return this.throwError(element, outcome.errorCode, `An error was thrown with the code '${outcome.errorCode}'`)
      case 'throw-escalation':
        return this.#throwEscalation(element, outcome.escalationCode)
      case 'compensate':
        return this.#compensate(element, outcome.activityId)
    }
  }

  /** Ends an element in the regular way and goes on with `flows`. */
  complete(element: ElementInstance, flows: readonly Flow[] = element.node.outgoing): void {
    const { decision, instance } = this
    decision.record({ type: 'element-completing', instance, element })
    const failure = applyOutputs(decision, instance, element)
    if (failure) return this.#holdCompletion(element, failure)
    const { scope } = element
    if (scope?.node.kind === 'multi-instance') return this.#completeEach(scope, scope.node, element)
    if (!scope) return this.#completeProcess()
    if (element.node.kind === 'multi-instance') this.#handOutResults(element, element.node)
    enableCompensation(decision, instance, element, scope)
    decision.record({ type: 'element-completed', instance, element, at: decision.nowMs })
    if (element.throwKey) this.#completeIfUndone(element.throwKey)
    for (const flow of flows) this.#take(flow, scope)
    this.#completeIfEmpty(scope)
  }

  // What is done inside stays so while the incident stands: nothing begins there any more.
  #holdCompletion(element: ElementInstance, failure: Failure): void {
    closeEventStarts(this.decision, this.instance, element)
    raiseIncident(this.decision, this.instance, element, failure)
  }

  /** The instance is over; if it was called, who called it goes on. */
  #completeProcess(): void {
    const { decision, instance } = this
    decision.ended(instance, 'completed')
    decision.record({ type: 'element-completed', instance, element: instance.root, at: decision.nowMs })
    const calling = this.#callingElement()
    if (!calling) return
    const { element, lifecycle } = calling
    const { takesAll } = element.node as CallActivity
    if (takesAll || element.node.outputs.length > 0) bringResult(decision, lifecycle.instance, element, instance.root.variables)
    lifecycle.complete(element)
    this.#next.push(() => lifecycle.run())
  }

  #callingElement(): { element: ElementInstance; lifecycle: Lifecycle } | undefined {
    const { caller } = this.instance
    const instance = caller && this.decision.state.instance(caller.instanceKey)
    const element = caller && instance?.elements.get(caller.elementKey)
    return element ? { element, lifecycle: new Lifecycle(this.decision, instance!) } : undefined
  }

  #beginEach(body: ElementInstance, items: readonly FeelValue[]): void {
    const node = body.node as MultiInstance
    this.#stepsLeft += STEPS_FOR_EACH * items.length
    const first = node.isSequential ? items.slice(0, 1) : items
    for (const [index, item] of first.entries()) this.begin(node.each, body, variablesOfEach(node, item, index))
  }

  /** One of a multi-instance is done: its result is kept, then the next begins, or the whole is done. */
  #completeEach(body: ElementInstance, node: MultiInstance, each: ElementInstance): void {
    const { decision, instance } = this
    const items = itemsOf(node, body, decision)
    if (items instanceof Failure) return raiseIncident(decision, instance, each, items)
    const failure = keepResult(decision, instance, body, each)
    if (failure) return raiseIncident(decision, instance, each, failure)
    const isDone = isEnough(decision, body, each, items.length)
    if (isDone instanceof Failure) return raiseIncident(decision, instance, each, isDone)
    const next = indexOfEach(each) + 1
    enableCompensation(decision, instance, each, body)
    decision.record({ type: 'element-completed', instance, element: each, at: decision.nowMs })
    if (isDone) for (const child of childrenOf(instance, body)) this.terminate(child)
    else if (node.isSequential && next < items.length) return this.begin(node.each, body, variablesOfEach(node, items[next]!, next))
    this.#completeIfEmpty(body)
  }

  #handOutResults(element: ElementInstance, { output }: MultiInstance): void {
    const results = output && element.variables.get(output.collection)
    if (results) propagate(this.decision, this.instance, element.scope!, new Map([[output.collection, results]]))
  }

  /** What a catching event waited for has come: the element goes on, or the event on its border begins. */
  trigger(element: ElementInstance, nodeId: string, bring: Bring): void {
    if (element.node.id === nodeId) {
      bring(element)
      this.complete(element)
      return
    }
    const event = eventOf(element, nodeId)!
    if (event.kind === 'boundary-event') this.#beginBoundary(element, event, bring)
    else if (event.kind === 'start-event') this.#beginEventSubProcess(element, event, bring)
    else this.#passGateway(element, event, bring)
  }

  /** Looks outward for who catches the error. Without a catcher, `element` is held by an incident. */
  throwError(element: ElementInstance, errorCode: string, message: string, variables: Variables = NO_VARIABLES): void {
    const found = this.#findCatcher(element, { kind: 'error', code: errorCode })
    if (found) return this.#handOver(found, variables)
    const known = `Expected to throw an error event with the code '${errorCode}' with message '${message}', but it was not caught.`
    raiseIncident(this.decision, this.instance, element, new Failure('UNHANDLED_ERROR_EVENT', known))
  }

  #throwEscalation(element: ElementInstance, code: string): void {
    const found = this.#findCatcher(element, { kind: 'escalation', code })
    if (found) this.#handOver(found, NO_VARIABLES)
    if (this.#isLive(element)) this.complete(element)
  }

  /** Who catches it, from `element` outward, also in the processes that called this one. */
  #findCatcher(element: ElementInstance, thrown: Thrown): FoundCatcher | undefined {
    const catcher = catcherOf(element, thrown)
    if (catcher) return { lifecycle: this, catcher }
    const calling = this.#callingElement()
    return calling && calling.lifecycle.#findCatcher(calling.element, thrown)
  }

  #handOver({ lifecycle, catcher: { element, event } }: FoundCatcher, variables: Variables): void {
    const bring: Bring = (target) => setLocal(this.decision, lifecycle.instance, target, variables)
    if (event.kind === 'boundary-event') lifecycle.#beginBoundary(element, event, bring)
    else lifecycle.#beginEventSubProcess(element, event, bring)
    if (lifecycle !== this) this.#next.push(() => lifecycle.run())
  }

  /** Begins all handlers at once, each as often as what it undoes has completed. */
  #compensate(throwing: ElementInstance, activityId?: string): void {
    const { decision, instance } = this
    const scope = compensatedScopeOf(throwing, instance)
    const compensables = scope.compensables.filter((each) => activityId === undefined || each.activityId === activityId)
    if (compensables.length === 0) return this.complete(throwing)
    decision.record({ type: 'compensation-triggered', instance, element: scope, compensables })
    for (const { handlerRef, variables, times } of compensables) {
      const handler = instance.model.nodes.get(handlerRef)!
      this.#stepsLeft += STEPS_FOR_EACH * times
      for (let time = 0; time < times; time++) this.begin(handler, scope, splitObject(variables), throwing.key)
    }
  }

  #completeIfUndone(throwKey: Key): void {
    const throwing = this.instance.elements.get(throwKey)
    if (throwing && handlersOf(throwing, this.instance).length === 0) this.#completeSoon(throwing)
  }

  /** Ends an element from outside, everything inside it first. */
  terminate(element: ElementInstance): void {
    // An event that throws compensation has taken its handlers with it.
    if (!this.#isLive(element)) return
    const { decision, instance } = this
    const called = element.calledKey ? decision.state.instance(element.calledKey) : undefined
    if (called) new Lifecycle(decision, called).terminate(called.root)
    const handlers = element.node.kind === 'compensation-throw' ? handlersOf(element, instance) : []
    for (const child of [...childrenOf(instance, element), ...handlers]) this.terminate(child)
    if (!element.scope) decision.ended(instance, 'terminated')
    decision.record({ type: 'element-terminated', instance, element, at: decision.nowMs })
    if (element.throwKey) this.#completeIfUndone(element.throwKey)
  }

  #beginBoundary(element: ElementInstance, event: BoundaryEvent, bring: Bring): void {
    const scope = element.scope!
    if (event.interrupts) this.terminate(element)
    this.#beginHappened(event, scope, bring)
  }

  /** An event sub-process begins in its scope; an interrupting one ends all else there first. */
  #beginEventSubProcess(scope: ElementInstance, start: StartEvent, bring: Bring): void {
    const { decision, instance } = this
    if (start.interrupts) {
      closeEventStarts(decision, instance, scope)
      for (const child of childrenOf(instance, scope)) this.terminate(child)
      decision.record({ type: 'scope-interrupted', instance, element: scope })
    }
    const node = instance.model.nodes.get(start.scope) as EventSubProcess
    const key = newElementKey(decision)
    decision.record({ type: 'element-activating', instance, key, node, scope, at: decision.nowMs })
    const begun = instance.elements.get(key)!
    // Its own start comes by what has happened, so only its inner event sub-processes are still to wait.
    this.#next.unshift(() => this.activate(begun))
    this.#beginHappened(start, begun, bring)
  }

  /** The first event behind an event-based gateway has happened: the others are given up. */
  #passGateway(gateway: ElementInstance, event: FlowNode, bring: Bring): void {
    const { decision, instance } = this
    const scope = gateway.scope!
    const flow = gateway.node.outgoing.find((each) => each.target === event.id)!
    decision.record({ type: 'element-completing', instance, element: gateway })
    decision.record({ type: 'element-completed', instance, element: gateway, at: decision.nowMs })
    decision.record({ type: 'flow-taken', instance, scope, flow, waits: false })
    this.#beginHappened(event, scope, bring)
  }

  /** An event that has happened already: it takes what it brings, and goes on. */
  #beginHappened(event: FlowNode, scope: ElementInstance, bring: Bring): void {
    const { decision, instance } = this
    const key = newElementKey(decision)
    decision.record({ type: 'element-activating', instance, key, node: event, scope, at: decision.nowMs })
    const begun = instance.elements.get(key)!
    bring(begun)
    this.#next.push(() => {
      if (!this.#isLive(begun)) return
      decision.record({ type: 'element-activated', instance, element: begun })
      this.complete(begun)
    })
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
    if (scope.children === 0 && scope.arrivals.size === 0) this.#completeSoon(scope)
  }

  #completeSoon(element: ElementInstance): void {
    this.#next.push(() => this.#isLive(element) && this.complete(element))
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
