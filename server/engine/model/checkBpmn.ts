import type { FlowNode, Process, Source, Trigger } from './executable.ts'
import type { Moddle } from './moddle.ts'
import { checkCompensationThrow } from './readCompensation.ts'
import type { Reading } from './reading.ts'

/** Rules that need the whole process in view: what each element must obey by itself its reader has checked. */
export function checkProcess(element: Moddle, root: Process, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  checkStarts(element, root, nodes, reading)
  for (const node of nodes.values()) {
    checkFlows(node, nodes, reading)
    checkBoundary(node, reading)
    if (node.kind === 'compensation-throw') checkCompensationThrow(node, nodes, reading)
  }
}

function checkStarts(element: Moddle, root: Process, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const starts = [...nodes.values()].filter((each) => each.kind === 'start-event' && each.scope === root.id)
  if (starts.length === 0) reading.refuse(element, 'Must have at least one start event')
  const none = starts.filter((each) => each.kind === 'start-event' && isNone(each))
  if (none.length > 1) reading.refuse(element, 'Multiple none start events are not allowed')
  checkNames(element, 'message', root.messageStarts.map((each) => each.message!.name), reading)
  checkNames(element, 'signal', root.signalStarts.map((each) => each.signal!.name), reading)
}

function checkNames(element: Moddle, what: 'message' | 'signal', names: Source[], reading: Reading): void {
  for (const name of names) {
    if (name.feel && name.feel.names.length > 0) reading.refuse(element,
      `Expected the ${what} name of a start event to need no variables, but found '${name.text}'`)
  }
  for (const repeated of repeats(names.map((each) => each.text))) reading.refuse(element,
    `Multiple ${what} start events with the ${what} name '${repeated}' are not allowed`)
}

/** Whether a start event waits for nothing: the process begins there when it is created by hand or called. */
export function isNone({ timer, message, signal }: Trigger): boolean {
  return !timer && !message && !signal
}

// Conditions stand at gateways that decide; elsewhere the vendor's engine refuses them, too.
function checkFlows(node: FlowNode, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const decides = node.kind === 'exclusive-gateway' || node.kind === 'inclusive-gateway'
  for (const flow of node.outgoing) {
    const at = { $type: 'SequenceFlow', id: flow.id }
    if (flow.condition && !decides) reading.refuse(at, 'Conditional sequence flows are only supported at exclusive or inclusive gateways')
    if (!nodes.has(flow.target)) reading.refuse(at,
      `Expected the flow to lead to an executable element of the same scope, but it leads to '${flow.target}'`)
  }
  if (node.kind === 'start-event' && node.incoming.length > 0) reading.refuse({ $type: 'StartEvent', id: node.id },
    'Start events must not have incoming sequence flows')
}

function checkBoundary(node: FlowNode, reading: Reading): void {
  const at = { $type: node.kind, id: node.id }
  const own = node.kind === 'message-catch' || node.kind === 'signal-catch' ? [node] : node.kind === 'event-gateway' ? node.events : []
  checkTriggers(at, [...own, ...node.boundary], reading)
  if (node.boundary.some((each) => each.escalation) && !canEscalate(node)) reading.refuse(at,
    'An escalation boundary event should only be attached to a subprocess, or a call activity')
  if ('eventStarts' in node) checkTriggers(at, node.eventStarts, reading)
}

function canEscalate(node: FlowNode): boolean {
  const { kind } = node.kind === 'multi-instance' ? node.each : node
  return kind === 'sub-process' || kind === 'call-activity'
}

// Two events that wait for the same at the same place: nobody could say which is meant.
function checkTriggers(at: Moddle, events: readonly Trigger[], reading: Reading): void {
  for (const kind of ['error', 'escalation'] as const) {
    const codes = events.flatMap((each) => (each[kind] ? [each[kind].code ?? ''] : []))
    for (const repeated of repeats(codes)) reading.refuse(at,
      `Multiple events for the ${kind} code '${repeated}' are not allowed at one place`)
  }
  const messages = events.flatMap((each) => (each.message ? [each.message.name.text] : []))
  for (const repeated of repeats(messages)) reading.refuse(at,
    `Cannot reference the same message name '${repeated}' as another event at this place`)
  const signals = events.flatMap((each) => (each.signal ? [each.signal.name.text] : []))
  for (const repeated of repeats(signals)) reading.refuse(at,
    `Cannot reference the same signal name '${repeated}' as another event at this place`)
}

function repeats(texts: string[]): Set<string> {
  return new Set(texts.filter((text, index) => texts.indexOf(text) !== index))
}
