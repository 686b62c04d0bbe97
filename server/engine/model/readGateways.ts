import type { EventGateway, ExclusiveGateway, Flow, InclusiveGateway, ParallelGateway } from './executable.ts'
import { childOf, type Moddle } from './moddle.ts'
import type { NodeParts } from './reading.ts'

export function readExclusiveGateway(element: Moddle, parts: NodeParts): ExclusiveGateway {
  return { ...parts, kind: 'exclusive-gateway', ...readBranches(element, parts) }
}

export function readInclusiveGateway(element: Moddle, parts: NodeParts): InclusiveGateway {
  return { ...parts, kind: 'inclusive-gateway', ...readBranches(element, parts) }
}

export function readParallelGateway(_element: Moddle, parts: NodeParts): ParallelGateway {
  return { ...parts, kind: 'parallel-gateway' }
}

/** Its events are known when the whole scope has been read. */
export function readEventGateway(_element: Moddle, parts: NodeParts): EventGateway {
  return { ...parts, kind: 'event-gateway', events: [] }
}

function readBranches(element: Moddle, { outgoing }: NodeParts): { conditional: Flow[]; defaultFlow?: Flow } {
  const defaultId = childOf(element, 'default')?.id
  const lone = outgoing.length === 1 && !outgoing[0]!.condition ? outgoing[0] : undefined
  const defaultFlow = outgoing.find((flow) => flow.id === defaultId) ?? lone
  const conditional = outgoing.filter((flow) => flow !== defaultFlow && flow.condition)
  return { conditional, defaultFlow }
}
