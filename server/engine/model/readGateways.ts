import type { EventGateway, ExclusiveGateway, Flow, InclusiveGateway, ParallelGateway } from './executable.ts'
import { childOf, type Moddle } from './moddle.ts'
import type { NodeParts, Reading } from './reading.ts'

export function readExclusiveGateway(element: Moddle, parts: NodeParts, reading: Reading): ExclusiveGateway {
  return { ...parts, kind: 'exclusive-gateway', ...readBranches(element, parts, reading) }
}

export function readInclusiveGateway(element: Moddle, parts: NodeParts, reading: Reading): InclusiveGateway {
  if (parts.incoming.length > 1) reading.refuse(element, 'Currently the inclusive gateway can only have one incoming sequence flow')
  return { ...parts, kind: 'inclusive-gateway', ...readBranches(element, parts, reading) }
}

export function readParallelGateway(_element: Moddle, parts: NodeParts): ParallelGateway {
  return { ...parts, kind: 'parallel-gateway' }
}

/** Its events are known when the whole scope has been read. */
export function readEventGateway(element: Moddle, parts: NodeParts, reading: Reading): EventGateway {
  if (parts.outgoing.length < 2) reading.refuse(element, 'Event-based gateway must have at least 2 outgoing sequence flows.')
  return { ...parts, kind: 'event-gateway', events: [] }
}

function readBranches(element: Moddle, { outgoing }: NodeParts, reading: Reading): { conditional: Flow[]; defaultFlow?: Flow } {
  const defaultId = childOf(element, 'default')?.id
  const lone = outgoing.length === 1 && !outgoing[0]!.condition ? outgoing[0] : undefined
  const defaultFlow = outgoing.find((flow) => flow.id === defaultId) ?? lone
  const conditional = outgoing.filter((flow) => flow !== defaultFlow && flow.condition)
  for (const flow of outgoing) {
    if (flow !== defaultFlow && !flow.condition) reading.refuse(element,
      `Expected sequence flow '${flow.id}' to have a condition, because it is not the default and not alone`)
  }
  return { conditional, defaultFlow }
}
