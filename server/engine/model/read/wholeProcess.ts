import type { FlowNode, Process, Source } from '../executable.ts'
import type { Moddle } from '../moddle.ts'
import { repeats } from '../repeats.ts'
import type { Reading } from './reading.ts'

/** What is wrong with a process and shows only when all of it has been read. */
export function checkWhole(process: Moddle, root: Process, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const messages = root.messageStarts.map((each) => each.message!.name)
  refuseVariables(process, 'message', messages, reading)
  refuseVariables(process, 'signal', root.signalStarts.map((each) => each.signal!.name), reading)
  for (const name of repeats(messages.map((each) => each.text))) {
    reading.refuse(process, `Multiple message start events with the message name '${name}' are not allowed`)
  }
  for (const node of nodes.values()) checkFlows(node, nodes, reading)
}

// What a process begins by is known when it is deployed.
function refuseVariables(process: Moddle, what: 'message' | 'signal', names: readonly Source[], reading: Reading): void {
  for (const { text, feel } of names) {
    if (feel && feel.names.length > 0) {
      reading.refuse(process, `Expected the ${what} name of a start event to need no variables, but found '${text}'`)
    }
  }
}

// The rules have seen the flows that an element lists; those that only name it themselves are met here.
function checkFlows(node: FlowNode, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  const { id, elementType, incoming, outgoing } = node
  if (elementType === 'END_EVENT' && outgoing.length > 0) {
    reading.refuse({ $type: 'EndEvent', id }, 'Expected the end event to have no outgoing sequence flow')
  }
  if (elementType === 'BOUNDARY_EVENT' && incoming.length > 0) {
    reading.refuse({ $type: 'BoundaryEvent', id }, 'Expected no sequence flow to lead to an event on a border')
  }
  for (const flow of outgoing) {
    if (!nodes.has(flow.target)) reading.refuse({ $type: 'SequenceFlow', id: flow.id },
      `Expected the flow to lead to an executable element of the same scope, but it leads to '${flow.target}'`)
  }
}
