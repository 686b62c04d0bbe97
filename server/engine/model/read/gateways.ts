import type { EventGateway, ExclusiveGateway, Flow, FlowNode, InclusiveGateway, ParallelGateway } from '../executable.ts'
import { childOf, type Moddle } from '../moddle.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'

export function readExclusiveGateway(element: Moddle, parts: NodeParts): ExclusiveGateway {
  return { ...parts, kind: 'exclusive-gateway', ...readBranches(element, parts) }
}

export function readInclusiveGateway(element: Moddle, parts: NodeParts): InclusiveGateway {
  return { ...parts, kind: 'inclusive-gateway', ...readBranches(element, parts) }
}

export function readParallelGateway(_element: Moddle, parts: NodeParts): ParallelGateway {
  return { ...parts, kind: 'parallel-gateway' }
}

/** Its events are known when the whole scope has been read: see `withEvents`. */
export function readEventGateway(_element: Moddle, parts: NodeParts): EventGateway {
  return { ...parts, kind: 'event-gateway', events: [] }
}

/** An event-based gateway with the events that stand behind it in its scope. */
export function withEvents(gateway: EventGateway, children: readonly FlowNode[], reading: Reading): EventGateway {
  const events = gateway.outgoing.flatMap(({ target }) => {
    const event = children.find((each) => each.id === target)
    const isCatching = event?.kind === 'message-catch' || event?.kind === 'timer-catch' || event?.kind === 'signal-catch'
    if (isCatching && event.incoming.length === 1) return [event]
    // The rules have seen what the gateway lists, but neither flows that only name it themselves nor two flows to one event.
    reading.refuse({ $type: 'EventBasedGateway', id: gateway.id },
      `Expected each flow from the gateway to lead to a catching event that no other flow leads to, but one leads to '${target}'`)
    return []
  })
  return { ...gateway, events }
}

function readBranches(element: Moddle, { outgoing }: NodeParts): { conditional: Flow[]; defaultFlow?: Flow } {
  const defaultId = childOf(element, 'default')?.id
  const lone = outgoing.length === 1 && !outgoing[0]!.condition ? outgoing[0] : undefined
  const defaultFlow = outgoing.find((flow) => flow.id === defaultId) ?? lone
  const conditional = outgoing.filter((flow) => flow !== defaultFlow && flow.condition)
  return { conditional, defaultFlow }
}
