import type { Element } from './readXml.ts'
import { readXml } from './readXml.ts'

/** A value as a file of test cases writes it. */
export type Written =
  | { readonly kind: 'null' }
  | { readonly kind: 'simple'; readonly type: string; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'context'; readonly entries: ReadonlyMap<string, Written> }

/** What is asked once: a decision or function of a model, with inputs, and what it should answer. */
export interface TestCase {
  readonly id: string
  readonly model: string
  readonly asked: string
  /** Of several results the one that is looked at. */
  readonly part?: string
  readonly inputs: ReadonlyMap<string, Written>
  /** Undefined where the file does not tell it. */
  readonly expected: Written | undefined
  /** Whether it is to fail, which may show as null. */
  readonly fails: boolean
}

/** Reads a file of test cases (testCases.xsd of the TCK); undefined when the XML is something else. */
export function readTestCases(xml: string): TestCase[] | undefined {
  const root = readXml(xml)
  if (root.name !== 'testCases') return undefined
  const model = first(root, 'modelName')?.text.trim() ?? ''
  return all(root, 'testCase').flatMap((testCase) => {
    const inputs = new Map(all(testCase, 'inputNode').map((each) => [attribute(each, 'name'), valueOf(each)]))
    const invocable = attribute(testCase, 'invocableName')
    const results = all(testCase, 'resultNode')
    return results.map((result) => {
      const expected = first(result, 'expected')
      return {
        part: invocable && results.length > 1 ? attribute(result, 'name') : undefined,
        id: attribute(testCase, 'id'),
        model,
        asked: invocable || attribute(result, 'name'),
        inputs,
        expected: expected && valueOf(expected),
        fails: attribute(result, 'errorResult') === 'true',
      }
    })
  })
}

/** The value that stands in an element. */
function valueOf(element: Element): Written {
  const list = first(element, 'list')
  const components = all(element, 'component')
  const value = first(element, 'value')
  if (list) return isNil(list) ? NULL : { kind: 'list', items: all(list, 'item').map(valueOf) }
  if (components.length) return { kind: 'context', entries: new Map(components.map((each) => [attribute(each, 'name'), valueOf(each)])) }
  if (!value || isNil(value) || isNil(element)) return NULL
  return { kind: 'simple', type: attribute(value, 'type').replace(/^.*:/, '') || 'string', text: value.text }
}

const NULL: Written = { kind: 'null' }

function isNil(element: Element): boolean {
  return attribute(element, 'nil') === 'true'
}

function attribute(element: Element, name: string): string {
  return element.attributes.get(name) ?? ''
}

function first(element: Element, name: string): Element | undefined {
  return element.children.find((each) => each.name === name)
}

function all(element: Element, name: string): Element[] {
  return element.children.filter((each) => each.name === name)
}
