import { elementsIn } from '../drawing.ts'
import type { BoundaryEvent, EventSubProcess, FlowNode, StartEvent, SubProcess } from '../executable.ts'
import { childOf, type Moddle } from '../moddle.ts'
import { readBoundaryEvent } from './boundaryEvent.ts'
import { readCatchEvent } from './catchEvent.ts'
import { checked } from './checked.ts'
import { readHandlers } from './compensation.ts'
import { readFlows } from './flows.ts'
import { readEventGateway, readExclusiveGateway, readInclusiveGateway, readParallelGateway, withEvents } from './gateways.ts'
import { neverBegins } from './inexecutable.ts'
import { readJobTask } from './jobTask.ts'
import { partsOfEach, readMultiInstance } from './multiInstance.ts'
import { readParts, type NodeParts, type Surroundings } from './parts.ts'
import type { Reading } from './reading.ts'
import { readStartEvent } from './startEvent.ts'
import { readBusinessRuleTask, readCallActivity, readPassTask, readReceiveTask, readScriptTask, readUserTask } from './tasks.ts'
import { readEndEvent, readThrowEvent } from './throwEvent.ts'

type Nodes = Map<string, FlowNode>
type Reader = (element: Moddle, parts: NodeParts, reading: Reading, nodes: Nodes) => FlowNode

/** Every element that is executed. What `check/` lets pass and is not here is drawn for people. */
const readers: Readonly<Record<string, Reader>> = {
  'bpmn:SubProcess': readSubProcess,
  'bpmn:StartEvent': readStartEvent,
  'bpmn:EndEvent': readEndEvent,
  'bpmn:IntermediateThrowEvent': readThrowEvent,
  'bpmn:IntermediateCatchEvent': readCatchEvent,
  'bpmn:BoundaryEvent': readBoundaryEvent,
  'bpmn:ServiceTask': readJobTask,
  'bpmn:SendTask': readJobTask,
  'bpmn:BusinessRuleTask': readBusinessRuleTask,
  'bpmn:ScriptTask': readScriptTask,
  'bpmn:UserTask': readUserTask,
  'bpmn:ReceiveTask': readReceiveTask,
  'bpmn:CallActivity': readCallActivity,
  'bpmn:ManualTask': readPassTask,
  'bpmn:Task': readPassTask,
  'bpmn:ExclusiveGateway': readExclusiveGateway,
  'bpmn:InclusiveGateway': readInclusiveGateway,
  'bpmn:ParallelGateway': readParallelGateway,
  'bpmn:EventBasedGateway': readEventGateway,
}

/** What stands right inside a process or sub-process. All that stands deeper goes into `nodes`, too. */
export function readScope(container: Moddle, scope: string, nodes: Nodes, reading: Reading): FlowNode[] {
  const elements = elementsIn(container)
  const boundary = new Map(elements.map((each): [string, BoundaryEvent[]] => [each.id ?? '', []]))
  const around = { scope, boundary, flows: readFlows(container, reading), handlers: readHandlers(container, reading) }
  const children = elements.flatMap((element) => {
    const read = readers[element.$type]
    if (!read || neverBegins(element)) return []
    const node = readNode(element, read, around, nodes, reading)
    nodes.set(node.id, node)
    return [node]
  })
  for (const each of children) {
    if (each.kind === 'boundary-event') boundary.get(each.attachedTo)?.push(each)
    else if (each.kind === 'event-gateway') nodes.set(each.id, withEvents(each, children, reading))
  }
  return children
}

function readNode(element: Moddle, read: Reader, around: Surroundings, nodes: Nodes, reading: Reading): FlowNode {
  const parts = readParts(element, around, reading)
  const loop = childOf(element, 'loopCharacteristics')
  // Of loops only multi-instance is executed; a loop marker is drawn for people.
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return read(element, parts, reading, nodes)
  const each = read(element, partsOfEach(parts), reading, nodes)
  nodes.set(each.ref, each)
  return readMultiInstance(element, loop, parts, each, reading)
}

function readSubProcess(element: Moddle, parts: NodeParts, reading: Reading, nodes: Nodes): SubProcess | EventSubProcess {
  const children = readScope(element, parts.id, nodes, reading)
  const start = checked(startsAmong(children)[0], 'a start event in a sub-process')
  const eventStarts = eventStartsAmong(children)
  if (element.triggeredByEvent !== true) return { ...parts, kind: 'sub-process', noneStart: start, eventStarts }
  return { ...parts, outgoing: [], kind: 'event-sub-process', start, eventStarts }
}

export function startsAmong(children: readonly FlowNode[]): StartEvent[] {
  return children.filter((each) => each.kind === 'start-event')
}

/** Start events of the event sub-processes among the children of a scope. */
export function eventStartsAmong(children: readonly FlowNode[]): StartEvent[] {
  return children.flatMap((each) => (each.kind === 'event-sub-process' ? [each.start] : []))
}
