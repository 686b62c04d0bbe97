import { DmnModdle } from 'dmn-moddle'
import dmn13 from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' }
import type { Moddle } from '../moddle.ts'

/** The fault of a model that takes more stack than there is: nobody draws one like this. */
export const NESTED_TOO_DEEP = 'Expected a model that can be read, but it is nested too deep'

/** Reads the XML of a decision model, DMN 1.1 to 1.5. Broken XML, and what stands where it may not, are told in `faults`. */
export async function readXml(xml: string): Promise<{ definitions?: Moddle; faults: string[] }> {
  try {
    const { rootElement, warnings } = await reader.fromXML(as13(xml))
    // A drawing that cannot be read does not matter: only what is decided has to be whole.
    const faults = warnings.filter(({ message, element }) => /unparsable/i.test(message) && !element?.$type.startsWith('dmndi:'))
    return { definitions: rootElement as Moddle, faults: faults.map((each) => each.message) }
  } catch (error) {
    if (error instanceof RangeError) return { faults: [NESTED_TOO_DEEP] }
    return { faults: [error instanceof Error ? error.message : String(error)] }
  }
}

// The library knows the namespace of DMN 1.3 alone. What is executed reads alike in all versions, so the version is put aside.
function as13(xml: string): string {
  return xml.replace(NAMESPACE, '$<before>https://www.omg.org/spec/DMN/20191111/MODEL/$<after>')
}

const NAMESPACE =
  /(?<before>xmlns(?::[\w.-]+)?\s*=\s*["'])https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(?:MODEL\/?|dmn(?:11)?\.xsd)(?<after>["'])/g

interface Described {
  readonly name: string
  readonly superClass?: readonly string[]
  readonly properties?: readonly unknown[]
}

const inside = (...names: string[]) => names.map((name) => ({ name, type: 'ChildExpression', xml: { serialize: 'property' } }))
const iterator = (name: string, last: string): Described => ({
  name,
  superClass: ['Expression'],
  properties: [{ name: 'iteratorVariable', isAttr: true, type: 'String' }, ...inside('in', last)],
})

// Boxed conditions and loops came with DMN 1.4, constraints on lists with 1.5.
const added: readonly Described[] = [
  {
    name: 'ChildExpression',
    superClass: ['DMNElement'],
    properties: [{ name: 'value', type: 'Expression' }, { name: 'typeRef', isAttr: true, type: 'String' }],
  },
  { name: 'Conditional', superClass: ['Expression'], properties: inside('if', 'then', 'else') },
  { name: 'Filter', superClass: ['Expression'], properties: inside('in', 'match') },
  iterator('For', 'return'),
  iterator('Every', 'satisfies'),
  iterator('Some', 'satisfies'),
]

const constrained = { name: 'typeConstraint', type: 'UnaryTests', xml: { serialize: 'property' } }

const dmn15 = {
  ...dmn13,
  types: [
    ...(dmn13.types as readonly Described[]).map((each) =>
      each.name === 'ItemDefinition' ? { ...each, properties: [...(each.properties ?? []), constrained] } : each,
    ),
    ...added,
  ],
}

const reader = new DmnModdle({ dmn: dmn15 })
