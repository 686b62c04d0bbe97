import type { Key } from '../key.ts'
import type { ProcessModel } from '../model/executable.ts'
import type { InstanceRow } from '../store/rows.ts'
import { joinObject, splitObject } from './jsonObject.ts'
import type {
  Caller, Compensable, Decided, HistoryEntry, IncidentFacts, Phase, WaitingMessage, WaitingSignal, WaitingTimer, WritableElement,
  WritableInstance,
} from './instance.ts'

/**
 * A whole instance as one text: a head, then the variables of each scope that has some, apart by a control character
 * (which JSON never holds unescaped). Variables stay the text they came as, so no number is ever rounded on the way.
 */
const SECTION = '\u0001'

type ElementBody = [
  key: Key, nodeId: string, scope: number, phase: Phase, jobKey: Key | 0, incidentKey: Key | 0, enteredAt: number,
  timers: WaitingTimer[] | 0, messages: WaitingMessage[] | 0, arrivals: [string, number][] | 0, hasVariables: 0 | 1,
  isInterrupted: 0 | 1, calledKey: Key | 0, incident: IncidentFacts | 0, compensables: Compensable[] | 0, throwKey: Key | 0,
  signals: WaitingSignal[] | 0, decided?: Decided | 0,
]

type Head = [
  format: 1, version: number, startedAt: number, correlationKey: string, chunks: number, history: HistoryEntry[], elements: ElementBody[],
  caller: Caller | 0, startedAs: string | 0,
]

export function writeInstance(instance: WritableInstance): InstanceRow {
  const elements = [...instance.elements.values()]
  const positions = new Map(elements.map((each, index) => [each.key, index]))
  const jobKeys: Key[] = []
  let sections = ''
  const bodies = elements.map((each): ElementBody => {
    if (each.jobKey) jobKeys.push(each.jobKey)
    if (each.variables.size > 0) sections += SECTION + joinObject(each.variables)
    return [
      each.key, each.node.ref, each.scope ? positions.get(each.scope.key)! : -1, each.phase,
      each.jobKey ?? 0, each.incidentKey ?? 0, each.enteredAt,
      each.timers.length ? each.timers : 0, each.messages.length ? each.messages : 0, each.arrivals.size ? [...each.arrivals] : 0,
      each.variables.size > 0 ? 1 : 0, each.isInterrupted ? 1 : 0, each.calledKey ?? 0, each.incident ?? 0,
      each.compensables.length ? each.compensables : 0, each.throwKey ?? 0, each.signals.length ? each.signals : 0, each.decided ?? 0,
    ]
  })
  const { version, startedAt, correlationKey, chunks, history, caller, startedAs, model } = instance
  const formerly = startedAs === model.id ? 0 : startedAs
  const head: Head = [1, version, startedAt, correlationKey, chunks, history, bodies, caller ?? 0, formerly]
  return { key: instance.key, definitionKey: instance.definitionKey, jobKeys, body: JSON.stringify(head) + sections }
}

/** `model` is the process of the row's definition. */
export function readInstance(row: InstanceRow, model: ProcessModel): WritableInstance {
  const [headText, ...sections] = row.body.split(SECTION)
  const [, version, startedAt, correlationKey, chunks, history, bodies, caller, startedAs] = JSON.parse(headText!) as Head
  let section = 0
  const elements: WritableElement[] = []
  for (const body of bodies) {
    const [key, nodeId, scope, phase, jobKey, incidentKey, enteredAt] = body
    const [, , , , , , , timers, messages, arrivals, hasVariables, isInterrupted, calledKey, incident] = body
    const [, , , , , , , , , , , , , , compensables, throwKey, signals, decided] = body
    const node = model.nodes.get(nodeId)
    if (!node) throw new Error(`Expected element ${nodeId} of instance ${row.key} in process ${model.id}, but it is not there`)
    const parent = scope < 0 ? null : elements[scope]!
    if (parent) parent.children++
    elements.push({
      key, node, scope: parent, phase, enteredAt, children: 0, isInterrupted: isInterrupted === 1,
      jobKey: jobKey || null, incidentKey: incidentKey || null, calledKey: calledKey || null, throwKey: throwKey || null,
      incident: incident || null, timers: timers || [], messages: messages || [], arrivals: new Map(arrivals || []),
      compensables: compensables || [], signals: signals || [], decided: decided || null,
      variables: hasVariables ? splitObject(sections[section++]!) : new Map(),
    })
  }
  return {
    key: row.key, definitionKey: row.definitionKey, version, model, startedAt, correlationKey, chunks, history, caller: caller || null,
    startedAs: startedAs || model.id, root: elements[0]!,
    elements: new Map(elements.map((each) => [each.key, each])),
    indexed: new Map(elements.filter(isIndexed).map((each) => [each.key, isCalling(each)])),
    isStored: true,
    textLength: 0,
  }
}

/** What can be told of an instance without its model. */
export interface InstanceFacts {
  readonly version: number
  readonly startedAt: number
  readonly caller: Caller | null
  /** What it has left since its last row of history. */
  readonly history: readonly HistoryEntry[]
  readonly elements: readonly ElementFacts[]
}

export interface ElementFacts {
  readonly key: Key
  /** Names it in the model. */
  readonly ref: string
  readonly incidentKey: Key | null
  readonly enteredAt: number
  /** JSON text by name. */
  readonly variables: ReadonlyMap<string, string>
}

/** Reads a whole body, or its head alone: then no element has variables. */
export function readFacts(body: string): InstanceFacts {
  const [headText, ...sections] = body.split(SECTION)
  const [, version, startedAt, , , history, bodies, caller] = JSON.parse(headText!) as Head
  let section = 0
  const elements = bodies.map((each): ElementFacts => {
    const [key, ref, , , , incidentKey, enteredAt, , , , hasVariables] = each
    const variables = hasVariables ? sections[section++] : undefined
    return { key, ref, incidentKey: incidentKey || null, enteredAt, variables: variables ? splitObject(variables) : new Map() }
  })
  return { version, startedAt, caller: caller || null, history, elements }
}

/** A call activity that has its turn, but has not called yet, or a business rule task whose decision is still to be read. */
export function isCalling(
  { node, phase, calledKey, incidentKey }: Pick<WritableElement, 'node' | 'phase' | 'calledKey' | 'incidentKey'>,
): boolean {
  const calls = node.kind === 'call-activity' || node.kind === 'business-rule-task'
  return calls && phase === 'active' && calledKey === null && incidentKey === null
}

/** Needs a row of its own to be found: the root is found by the instance's key, a task by the key before its job's. */
export function isIndexed(element: { scope: unknown; jobKey: Key | null }): boolean {
  return element.scope !== null && element.jobKey === null
}
