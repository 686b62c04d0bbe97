import type { BoundaryEvent, Container, Flow, FlowNode, Process, ProcessModel, StartEvent, SubProcess } from './executable.ts'
import { childOf, extensionsOf, listOf, readXml, textOf, type Moddle } from './moddle.ts'
import { checkProcess } from './checkBpmn.ts'
import { readBoundaryEvent, readCatchEvent, readEndEvent, readStartEvent, readThrowEvent } from './readEvents.ts'
import { readExclusiveGateway, readInclusiveGateway, readParallelGateway } from './readGateways.ts'
import { Reading, type NodeParts } from './reading.ts'
import { readBusinessRuleTask, readJobTask, readPassTask, readReceiveTask, readScriptTask, readUserTask } from './readTasks.ts'

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
  'bpmn:ManualTask': readPassTask,
  'bpmn:Task': readPassTask,
  'bpmn:ExclusiveGateway': readExclusiveGateway,
  'bpmn:InclusiveGateway': readInclusiveGateway,
  'bpmn:ParallelGateway': readParallelGateway,
}

/** Drawn for people, without meaning to an engine. */
const ignored = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference', 'bpmn:TextAnnotation', 'bpmn:Association', 'bpmn:Group'])

/** The executable processes of a diagram, or all reasons why it has to be refused. */
export async function readBpmn(xml: string): Promise<{ processes: ProcessModel[]; faults: string[] }> {
  const { definitions, faults } = await readXml(xml)
  if (!definitions || faults.length > 0) return { processes: [], faults }
  const executable = listOf(definitions, 'rootElements').filter((each) => each.$type === 'bpmn:Process' && each.isExecutable === true)
  if (executable.length === 0) return { processes: [], faults: ['Must contain at least one executable process'] }
  const read = executable.map((each) => readProcess(each))
  return { processes: read.map((each) => each.model), faults: read.flatMap((each) => each.faults) }
}

function readProcess(element: Moddle): { model: ProcessModel; faults: string[] } {
  const reading = new Reading()
  for (const form of extensionsOf(element, 'zeebe:UserTaskForm')) reading.embeddedForms.add(textOf(form, 'id') ?? '')
  const nodes = new Map<string, FlowNode>()
  const id = element.id ?? ''
  const children = readContainer(element, id, nodes, reading)
  const starts = children.filter((each): each is StartEvent => each.kind === 'start-event')
  const root: Process = {
    ...partsOf(element, id, new Map(), reading),
    kind: 'process',
    noneStart: starts.find((each) => !each.message),
    messageStarts: starts.filter((each) => each.message),
  }
  nodes.set(id, root)
  checkProcess(element, root, nodes, reading)
  return { model: { id, name: element.name ?? '', root, nodes }, faults: reading.faults }
}

function readContainer(container: Moddle, scope: string, nodes: Map<string, FlowNode>, reading: Reading): FlowNode[] {
  const elements = listOf(container, 'flowElements')
  const flows = readFlows(elements, reading)
  const read: FlowNode[] = []
  for (const element of elements) {
    if (element.$type === 'bpmn:SequenceFlow' || ignored.has(element.$type)) continue
    const node = readNode(element, scope, flows, nodes, reading)
    if (!node) continue
    read.push(node)
    nodes.set(node.id, node)
  }
  attachBoundaryEvents(read)
  return read
}

function readNode(element: Moddle, scope: string, flows: Flows, nodes: Map<string, FlowNode>, reading: Reading): FlowNode | undefined {
  if (childOf(element, 'loopCharacteristics')) reading.refuse(element, 'Loops and multi-instance activities are not executable yet')
  const parts = partsOf(element, scope, flows, reading)
  if (element.$type === 'bpmn:SubProcess') return readSubProcess(element, parts, nodes, reading)
  const reader = readers[element.$type]
  if (reader) return reader(element, parts, reading)
  reading.refuse(element, 'This element is not executable')
  return undefined
}

function readSubProcess(element: Moddle, parts: NodeParts, nodes: Map<string, FlowNode>, reading: Reading): SubProcess | undefined {
  if (element.triggeredByEvent === true) {
    reading.refuse(element, 'Event sub-processes are not executable yet')
    return undefined
  }
  const starts = readContainer(element, element.id ?? '', nodes, reading).filter((each): each is StartEvent => each.kind === 'start-event')
  if (starts.length !== 1 || starts[0]!.message) {
    reading.refuse(element, 'Must have exactly one start event, and that a none start event')
    return undefined
  }
  return { ...parts, kind: 'sub-process', noneStart: starts[0]! }
}

type Flows = ReadonlyMap<string, Flow>

function readFlows(elements: Moddle[], reading: Reading): Flows {
  return new Map(elements.filter((each) => each.$type === 'bpmn:SequenceFlow').map((each) => {
    const condition = textOf(childOf(each, 'conditionExpression'), 'body')
    return [each.id ?? '', {
      id: each.id ?? '',
      source: childOf(each, 'sourceRef')?.id ?? '',
      target: childOf(each, 'targetRef')?.id ?? '',
      condition: condition === undefined ? undefined : reading.expression(each, condition, 'the condition'),
    }]
  }))
}

// XML order of the outgoing list decides which condition is asked first.
function partsOf(element: Moddle, scope: string, flows: Flows, reading: Reading): NodeParts {
  const id = element.id ?? ''
  const all = [...flows.values()]
  const listed = listOf(element, 'outgoing').flatMap((each) => flows.get(each.id ?? '') ?? [])
  const outgoing = [...listed, ...all.filter((flow) => flow.source === id && !listed.includes(flow))]
  return {
    id,
    name: element.name ?? '',
    incoming: all.filter((flow) => flow.target === id),
    outgoing,
    inputs: reading.mappings(element, 'inputParameters'),
    outputs: reading.mappings(element, 'outputParameters'),
    boundary: [],
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

export function isContainer(node: FlowNode): node is Container {
  return node.kind === 'process' || node.kind === 'sub-process'
}
