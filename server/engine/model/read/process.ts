import type { FlowNode, Process, ProcessModel } from '../executable.ts'
import type { Moddle } from '../moddle.ts'
import { readParts } from './parts.ts'
import { Reading } from './reading.ts'
import { eventStartsAmong, readScope, startsAmong } from './scope.ts'
import { isNone } from './startEvent.ts'
import { checkWhole } from './wholeProcess.ts'

/** A process whose drawing has been checked, and what is wrong with it that shows only now that it is compiled. */
export function readProcess(element: Moddle): { model: ProcessModel; faults: string[] } {
  const reading = new Reading()
  const nodes = new Map<string, FlowNode>()
  const parts = readParts(element, { scope: element.id ?? '', boundary: new Map(), flows: new Map(), handlers: new Map() }, reading)
  const children = readScope(element, parts.id, nodes, reading)
  const starts = startsAmong(children)
  const root: Process = {
    ...parts,
    kind: 'process',
    noneStart: starts.find(isNone),
    messageStarts: starts.filter((each) => each.message),
    signalStarts: starts.filter((each) => each.signal),
    timerStarts: starts.filter((each) => each.timer),
    eventStarts: eventStartsAmong(children),
  }
  nodes.set(root.id, root)
  checkWhole(element, root, nodes, reading)
  return { model: { id: root.id, name: root.name, root, nodes }, faults: reading.faults }
}
