import type { FlowNode, Process, Source, Trigger } from './executable.ts'
import type { Moddle } from './moddle.ts'
import type { Reading } from './reading.ts'

/** Rules that need the whole process in view: what each element must obey by itself its reader has checked. */
export function checkProcess(element: Moddle, root: Process, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  checkStarts(element, root, nodes, reading)
  for (const node of nodes.values()) {
    checkFlows(node, nodes, reading)
  }
}

function checkStarts(element: Moddle, root: Process, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const starts = [...nodes.values()].filter((each) => each.kind === 'start-event' && each.scope === root.id)
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

function checkFlows(node: FlowNode, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  for (const flow of node.outgoing) {
    if (!nodes.has(flow.target)) reading.refuse({ $type: 'SequenceFlow', id: flow.id },
      `Expected the flow to lead to an executable element of the same scope, but it leads to '${flow.target}'`)
  }
}

function repeats(texts: string[]): Set<string> {
  return new Set(texts.filter((text, index) => texts.indexOf(text) !== index))
}
