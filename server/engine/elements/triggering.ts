/** What has happened goes on: where it was waited for, or at the event that begins by it. */
import { enter } from '../behaviors/entering.ts'
import type { BoundaryEvent, EventSubProcess, FlowNode, StartEvent } from '../model/executable.ts'
import { childrenOf, eventOf, type ElementInstance } from '../state/instance.ts'
import type { Catcher } from './catching.ts'
import type { Loop } from './loop.ts'
import { closeEventStarts } from './waiting.ts'

/** Writes what an event brings to where it begins. */
export type Bring = (target: ElementInstance) => void

/** What a catching event waited for has come: the element goes on, or the event around or behind it begins. */
export function trigger(loop: Loop, element: ElementInstance, nodeId: string, bring: Bring): void {
  if (element.node.id === nodeId) {
    bring(element)
    loop.complete(element)
    return
  }
  const event = eventOf(element, nodeId)!
  if (event.kind === 'boundary-event' || event.kind === 'start-event') beginCatcher(loop, { element, event }, bring)
  else passGateway(loop, element, event, bring)
}

/** An event on the border of an element begins, or an event sub-process inside it. */
export function beginCatcher(loop: Loop, { element, event }: Catcher, bring: Bring): void {
  if (event.kind === 'boundary-event') beginBoundary(loop, element, event, bring)
  else beginEventSubProcess(loop, element, event, bring)
}

function beginBoundary(loop: Loop, element: ElementInstance, event: BoundaryEvent, bring: Bring): void {
  const scope = element.scope!
  if (event.interrupts) loop.terminate(element)
  beginHappened(loop, event, scope, bring)
}

/** An event sub-process begins in its scope; an interrupting one ends all else there first. */
function beginEventSubProcess(loop: Loop, scope: ElementInstance, start: StartEvent, bring: Bring): void {
  const { decision, instance } = loop
  if (start.interrupts) {
    closeEventStarts(decision, instance, scope)
    for (const child of childrenOf(instance, scope)) loop.terminate(child)
    decision.record({ type: 'scope-interrupted', instance, element: scope })
  }
  const begun = enter(decision, instance, instance.model.nodes.get(start.scope) as EventSubProcess, scope)
  // Its own start comes by what has happened, so only its inner event sub-processes are still to wait.
  loop.first(() => loop.activate(begun))
  beginHappened(loop, start, begun, bring)
}

/** The first event behind an event-based gateway has happened: the others are given up. */
function passGateway(loop: Loop, gateway: ElementInstance, event: FlowNode, bring: Bring): void {
  const { decision, instance } = loop
  const scope = gateway.scope!
  const flow = gateway.node.outgoing.find((each) => each.target === event.id)!
  decision.record({ type: 'element-completing', instance, element: gateway })
  decision.record({ type: 'element-completed', instance, element: gateway, at: decision.nowMs })
  decision.record({ type: 'flow-taken', instance, scope, flow, waits: false })
  beginHappened(loop, event, scope, bring)
}

/** An event that has happened already: it takes what it brings, and goes on. */
function beginHappened(loop: Loop, event: FlowNode, scope: ElementInstance, bring: Bring): void {
  const { decision, instance } = loop
  const begun = enter(decision, instance, event, scope)
  bring(begun)
  loop.later(() => {
    if (!loop.isLive(begun)) return
    decision.record({ type: 'element-activated', instance, element: begun })
    loop.complete(begun)
  })
}
