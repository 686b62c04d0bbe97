import { elementById } from '../model/elementById.ts'
import type { ElementType } from '../model/elementTypes.ts'
import type { FlowNode, ProcessModel } from '../model/executable.ts'

/** What begins by something that happens, never by being told to. */
const refused: ReadonlySet<ElementType> = new Set(['PROCESS', 'START_EVENT', 'BOUNDARY_EVENT', 'SEQUENCE_FLOW'])

/** The element with this id, why it cannot begin by itself, or nothing if the process has none. */
export function activatableElement(model: ProcessModel, elementId: string): FlowNode | { readonly fault: string } | undefined {
  const all = [...model.nodes.values()]
  const node = elementById(model, elementId)
  const isFlow = all.some(({ outgoing }) => outgoing.some(({ id }) => id === elementId))
  const type = isFlow ? 'SEQUENCE_FLOW' : node?.elementType
  if (!type) return undefined
  if (refused.has(type)) return { fault: `no element of type '${type}' is begun by itself.` }
  const isBehindGateway = all.some((each) => each.kind === 'event-gateway' && each.events.some(({ id }) => id === elementId))
  return isBehindGateway ? { fault: 'an event behind an event-based gateway begins by its gateway only.' } : node
}
