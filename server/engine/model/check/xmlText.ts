import { faultAt } from '../fault.ts'

/**
 * What the schema of BPMN asks of the XML and its reader does not tell: the order of what stands in an element, and the
 * values of attributes. A diagram that breaks it would run here and be refused by a cluster.
 */

const flowElement = /^(?:\w*[tT]ask|\w+Event|\w+Gateway|subProcess|callActivity|sequenceFlow|dataObject\w*|dataStoreReference)$/

/** From first to last; what is not listed may stand anywhere. */
const order: readonly RegExp[] = [
  /^documentation$/, /^extensionElements$/, /^import$/, /^incoming$/, /^outgoing$/, /^property$/, /LoopCharacteristics$/, /^laneSet$/,
  new RegExp(`${flowElement.source}|EventDefinition$|^completionCondition$|^participant$`),
  /^(?:association|group|textAnnotation|messageFlow)$/,
]

/** Of these an element has one at most. */
const single = /^(?:extensionElements|conditionExpression|time(?:Date|Duration|Cycle)|\w+LoopCharacteristics)$/

const truth = new Set([
  'isExecutable', 'isClosed', 'isInterrupting', 'parallelMultiple', 'cancelActivity', 'isForCompensation', 'isSequential',
  'triggeredByEvent', 'instantiate', 'waitForCompletion', 'isImmediate',
])

interface Open {
  name: string
  id?: string
  latest: number
  readonly single: Set<string>
}

/** Reasons to refuse this text, which is known to be XML. */
export function faultsOfText(xml: string): string[] {
  const faults: string[] = []
  const open: Open[] = []
  let prefix: string | undefined
  for (const { isEnd, name, attributes, isEmpty } of tagsIn(xml)) {
    if (isEnd) {
      open.pop()
      continue
    }
    prefix ??= name.slice(0, name.indexOf(':') + 1)
    const element: Open = { name, id: attributes.get('id'), latest: 0, single: new Set() }
    if (name.startsWith(prefix) && !name.slice(prefix.length).includes(':')) {
      const around = open.at(-1)
      const fault = faultOfPlace(around, name.slice(prefix.length))
      if (fault) faults.push(faultAt(named(around!), fault))
      for (const each of faultsOfAttributes(name.slice(prefix.length), attributes)) faults.push(faultAt(named(element), each))
    }
    if (!isEmpty) open.push(element)
  }
  return faults
}

function faultOfPlace(around: Open | undefined, name: string): string | undefined {
  if (!around) return undefined
  if (single.test(name)) {
    const kind = name.startsWith('time') ? 'time' : name
    if (around.single.has(kind)) return `Expected one <${name}> at most, but found more`
    around.single.add(kind)
  }
  const place = order.findIndex((each) => each.test(name))
  if (place < 0) return undefined
  if (place < around.latest) return `Expected <${name}> to stand before what it stands behind`
  around.latest = place
  return undefined
}

function faultsOfAttributes(name: string, attributes: ReadonlyMap<string, string>): string[] {
  const faults = [...attributes].filter(([attribute, value]) => truth.has(attribute) && !/^(?:true|false|1|0)$/.test(value))
    .map(([attribute, value]) => `Expected the attribute '${attribute}' to be true or false, but found '${value}'`)
  if (name === 'definitions' && !attributes.has('targetNamespace')) faults.push(`Expected a 'targetNamespace', but it is missing`)
  if (attributes.get('id')?.includes(':')) faults.push('Expected an id without a colon')
  return faults
}

function named({ name, id }: Open): { $type: string; id?: string } {
  return { $type: name, id }
}

interface Tag {
  readonly isEnd: boolean
  readonly isEmpty: boolean
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** What is no element: passed over as a whole. */
const passages: readonly (readonly [begin: string, end: string])[] = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']]

// Goes through the text once, whatever stands in it: a diagram comes from outside.
function* tagsIn(xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const passage = passages.find(([begin]) => xml.startsWith(begin, at))
    const end = passage ? xml.indexOf(passage[1], at) : endOfTag(xml, at)
    if (end < 0) return
    if (!passage) yield tagOf(xml.slice(at + 1, end))
    at = end
  }
}

// A `>` may stand inside quotes.
function endOfTag(xml: string, from: number): number {
  let quote: string | undefined
  for (let at = from; at < xml.length; at++) {
    const character = xml[at]!
    if (quote === undefined && character === '>') return at
    if (character === quote) quote = undefined
    else if (quote === undefined && (character === '"' || character === "'")) quote = character
  }
  return -1
}

function tagOf(inside: string): Tag {
  const nameTag = /^\/?([^\s/]+)/.exec(inside)
  const attribute = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y
  attribute.lastIndex = nameTag?.[0].length ?? 0
  const attributes = new Map<string, string>()
  for (let found = attribute.exec(inside); found; found = attribute.exec(inside)) attributes.set(found[1]!, found[2] ?? found[3] ?? '')
  return { isEnd: inside.startsWith('/'), isEmpty: inside.endsWith('/'), name: nameTag?.[1] ?? '', attributes }
}
