import type {
  BoundaryEvent, EventGateway, EventSubProcess, Flow, FlowNode, Process, ProcessModel, StartEvent, SubProcess,
} from './executable.ts'
import { childOf, listOf, readXml, textOf, type Moddle } from './moddle.ts'
import { faultsOfDrawing } from './check/index.ts'
import { faultsOfRemarks } from './check/remarks.ts'
import { faultsOfText } from './check/xmlText.ts'
import { checkProcess, isNone } from './checkBpmn.ts'
import { elementTypeOf } from './elementTypes.ts'
import { faultAt } from './fault.ts'
import { readHandlers } from './readCompensation.ts'
import { partsOfEach, readMultiInstance } from './readMultiInstance.ts'
import { readBoundaryEvent, readCatchEvent, readEndEvent, readStartEvent, readThrowEvent } from './readEvents.ts'
import { readEventGateway, readExclusiveGateway, readInclusiveGateway, readParallelGateway } from './readGateways.ts'
import { isInexecutableThrow, neverBegins, readInexecutableThrow } from './readInexecutable.ts'
import { Reading, type NodeParts } from './reading.ts'
import { readJobTask } from './readJobTask.ts'
import { readBusinessRuleTask, readCallActivity, readPassTask, readReceiveTask, readScriptTask, readUserTask } from './readTasks.ts'

type Reader = (element: Moddle, parts: NodeParts, reading: Reading) => FlowNode

/** Every element that is executed. What is not here is refused when it is deployed. */
const readers: Record<string, Reader> = {
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

/** Drawn for people, without meaning to an engine. */
const ignored = new Set([
  'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference', 'bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group',
])

/** The executable processes of a diagram, or all reasons why it has to be refused. */
export async function readBpmn(xml: string): Promise<{ processes: ProcessModel[]; faults: string[] }> {
  const { definitions, remarks } = await readXml(xml)
  if (!definitions) return { processes: [], faults: remarks.map((each) => each.message) }
  const executable = listOf(definitions, 'rootElements').filter((each) => each.$type === 'bpmn:Process' && each.isExecutable === true)
  const faults = [...faultsOfText(xml), ...faultsOfRemarks(remarks), ...faultsOfDrawing(executable)]
  if (executable.length === 0) faults.push(faultAt(definitions, 'Expected at least one executable process, but there is none'))
  // The readers below take for granted what has been checked.
  if (faults.length > 0) return { processes: [], faults }
  const read = executable.map((each) => readProcess(each))
  return { processes: read.map((each) => each.model), faults: read.flatMap((each) => each.faults) }
}

function readProcess(element: Moddle): { model: ProcessModel; faults: string[] } {
  const reading = new Reading()
  if (!isName(element.id)) reading.refuse(element, 'Expected the process to have an id without blanks and control characters')
  const nodes = new Map<string, FlowNode>()
  const id = element.id ?? ''
  const children = readContainer(element, id, nodes, reading)
  const starts = children.filter((each): each is StartEvent => each.kind === 'start-event')
  const root: Process = {
    ...partsOf(element, { scope: id, flows: new Map(), handlers: new Map() }, reading),
    kind: 'process',
    noneStart: starts.find(isNone),
    messageStarts: starts.filter((each) => each.message),
    signalStarts: starts.filter((each) => each.signal),
    timerStarts: starts.filter((each) => each.timer),
    eventStarts: eventStartsOf(children),
  }
  nodes.set(id, root)
  checkProcess(element, root, nodes, reading)
  return { model: { id, name: element.name ?? '', root, nodes }, faults: reading.faults }
}

function readContainer(container: Moddle, scope: string, nodes: Map<string, FlowNode>, reading: Reading): FlowNode[] {
  const elements = listOf(container, 'flowElements')
  const flows = new Map([...readFlows(elements, reading), ...readLinks(elements, reading)])
  const around: Surroundings = { scope, flows, handlers: readHandlers(container, reading) }
  const read: FlowNode[] = []
  for (const element of elements) {
    if (element.$type === 'bpmn:SequenceFlow' || ignored.has(element.$type) || neverBegins(element)) continue
    const node = readNode(element, around, nodes, reading)
    if (!node) continue
    read.push(node)
    nodes.set(node.id, node)
  }
  attachBoundaryEvents(read)
  attachGatewayEvents(read, reading)
  return read
}

function readNode(element: Moddle, around: Surroundings, nodes: Map<string, FlowNode>, reading: Reading): FlowNode | undefined {
  if (!isName(element.id)) reading.refuse(element, 'Expected the element to have an id without blanks and control characters')
  const parts = partsOf(element, around, reading)
  const loop = childOf(element, 'loopCharacteristics')
  // Of loops only multi-instance is executed; a loop marker is drawn for people.
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return readElement(element, parts, nodes, reading)
  const each = readElement(element, partsOfEach(parts), nodes, reading)
  if (!each) return undefined
  nodes.set(each.ref, each)
  return readMultiInstance(element, loop, parts, each, reading)
}

function readElement(element: Moddle, parts: NodeParts, nodes: Map<string, FlowNode>, reading: Reading): FlowNode | undefined {
  if (element.$type === 'bpmn:SubProcess') return readSubProcess(element, parts, nodes, reading)
  if (isInexecutableThrow(element)) return readInexecutableThrow(element, parts)
  const reader = readers[element.$type]
  if (reader) return reader(element, parts, reading)
  reading.refuse(element, 'This element is not executable')
  return undefined
}

function readSubProcess(
  element: Moddle, parts: NodeParts, nodes: Map<string, FlowNode>, reading: Reading,
): SubProcess | EventSubProcess | undefined {
  const children = readContainer(element, element.id ?? '', nodes, reading)
  const starts = children.filter((each): each is StartEvent => each.kind === 'start-event')
  const eventStarts = eventStartsOf(children)
  const isEvent = element.triggeredByEvent === true
  if (starts.length !== 1 || (!isEvent && !isNone(starts[0]!))) {
    reading.refuse(element, `Must have exactly one ${isEvent ? '' : 'none '}start event and no other`)
    return undefined
  }
  if (!isEvent) return { ...parts, kind: 'sub-process', noneStart: starts[0]!, eventStarts }
  return { ...parts, outgoing: [], kind: 'event-sub-process', start: starts[0]!, eventStarts }
}

function eventStartsOf(children: FlowNode[]): StartEvent[] {
  return children.flatMap((each) => (each.kind === 'event-sub-process' ? [each.start] : []))
}

/** A link is a flow that is not drawn: from each throwing half to the catching one of the same name and scope. */
function readLinks(elements: Moddle[], reading: Reading): Flows {
  const named = (type: string): { element: Moddle; name: string }[] => elements.flatMap((element) => {
    const definition = listOf(element, 'eventDefinitions').find((each) => each.$type === 'bpmn:LinkEventDefinition')
    return element.$type === type && definition ? [{ element, name: textOf(definition, 'name') ?? '' }] : []
  })
  const catching = named('bpmn:IntermediateCatchEvent')
  return new Map(named('bpmn:IntermediateThrowEvent').flatMap(({ element, name }) => {
    const targets = catching.filter((each) => each.name === name)
    if (targets.length !== 1) reading.refuse(element,
      `Expected exactly one catching link event named '${name}' in the same scope, but found ${targets.length}`)
    const id = `${element.id}--link`
    return targets.length === 1 ? [[id, { id, source: element.id ?? '', target: targets[0]!.element.id ?? '' }]] : []
  }))
}

type Flows = ReadonlyMap<string, Flow>

/** What surrounds the elements of one process or sub-process. */
interface Surroundings {
  scope: string
  flows: Flows
  /** Compensation handlers, by the id of the activity they undo. */
  handlers: ReadonlyMap<string, string>
}

function readFlows(elements: Moddle[], reading: Reading): Flows {
  return new Map(elements.filter((each) => each.$type === 'bpmn:SequenceFlow').map((each) => {
    const condition = childOf(each, 'conditionExpression')
    return [each.id ?? '', {
      id: each.id ?? '',
      source: childOf(each, 'sourceRef')?.id ?? '',
      target: childOf(each, 'targetRef')?.id ?? '',
      condition: condition && reading.expression(each, textOf(condition, 'body'), 'the condition'),
    }]
  }))
}

// XML order of the outgoing list decides which condition is asked first.
function partsOf(element: Moddle, { scope, flows, handlers }: Surroundings, reading: Reading): NodeParts {
  const id = element.id ?? ''
  const all = [...flows.values()]
  const listed = listOf(element, 'outgoing').flatMap((each) => flows.get(each.id ?? '') ?? [])
  const outgoing = [...listed, ...all.filter((flow) => flow.source === id && !listed.includes(flow))]
  return {
    id,
    ref: id,
    elementType: elementTypeOf(element),
    name: element.name ?? '',
    incoming: all.filter((flow) => flow.target === id),
    outgoing,
    inputs: reading.mappings(element, 'inputParameters'),
    outputs: reading.mappings(element, 'outputParameters'),
    boundary: [],
    compensationHandler: handlers.get(id),
    scope,
  }
}

function attachBoundaryEvents(nodes: FlowNode[]): void {
  const events = nodes.filter((each): each is BoundaryEvent => each.kind === 'boundary-event')
  for (const event of events) {
    const activity = nodes.find((each) => each.id === event.attachedTo)
    if (activity) (activity.boundary as BoundaryEvent[]).push(event)
  }
}

function attachGatewayEvents(nodes: FlowNode[], reading: Reading): void {
  for (const gateway of nodes.filter((each): each is EventGateway => each.kind === 'event-gateway')) {
    for (const flow of gateway.outgoing) {
      const event = nodes.find((each) => each.id === flow.target)
      const isCatching = event?.kind === 'message-catch' || event?.kind === 'timer-catch' || event?.kind === 'signal-catch'
      if (isCatching && event.incoming.length === 1) (gateway.events as FlowNode[]).push(event)
      else reading.refuse({ $type: 'bpmn:EventBasedGateway', id: gateway.id },
        `Event-based gateway must only lead to catching events with no other incoming flow, but leads to '${flow.target}'`)
    }
  }
}

/** Ids are names in files, tables and messages. */
export function isName(id: string | undefined): boolean {
  return id !== undefined && /^[^\s\u0000-\u001f]+$/.test(id)
}
