import type { Part, Top } from './tree.ts'

/**
 * The parts of a text that is one literal, or the tests of a cell that are plain literals, comparisons and ranges of numbers, just as the
 * grammar would make them; undefined for any other text. Most cells of a table are like this, and a grammar is slow to start.
 */
export function plainTree(text: string, top: Top): Part | undefined {
  return top === 'Expression' ? expression(text) : unaryTests(text)
}

const TEXT = '"[^"\\\\\\n]*"'
const NUMBER = '-?\\d+(?:\\.\\d+)?'
const LITERAL = new RegExp(`^(?:${TEXT}|${NUMBER}|true|false)$`)
const COMPARISON = `(?:(?<operator><=|>=|<|>)(?<blank> ?))?(?<number>${NUMBER})`
const RANGE = `[[\\](](?<low>${NUMBER})\\.\\.(?<high>${NUMBER})[\\])[]`
const TEST = `(?<text>${TEXT})|${COMPARISON}|${RANGE}`
const ONE = TEST.replaceAll(/\?<\w+>/g, '?:')
const TESTS = new RegExp(`^(?:${ONE})(?:, ?(?:${ONE}))*$`)
const EACH_TEST = new RegExp(TEST, 'g')

function expression(text: string): Part | undefined {
  return LITERAL.test(text) ? part('Expression', 0, text, [literal(text, 0)]) : undefined
}

function unaryTests(text: string): Part | undefined {
  if (!TESTS.test(text)) return undefined
  const each = [...text.matchAll(EACH_TEST)].map((found) => part('PositiveUnaryTest', found.index, found[0], [test(found)]))
  return part('UnaryTests', 0, text, [part('PositiveUnaryTests', 0, text, each)])
}

function test({ 0: text, index: from, groups = {} }: RegExpExecArray): Part {
  const { operator, blank = '', number = '', low, high } = groups
  if (low !== undefined && high !== undefined) {
    const ends = [literal(low, from + 1), literal(high, from + text.length - 1 - high.length)]
    const marks = [text.slice(0, 1), '..', text.slice(-1)]
    return part('SimplePositiveUnaryTest', from, text, [part('Interval', from, text, ends, marks)])
  }
  if (operator === undefined) return literal(text, from)
  const end = literal(number, from + operator.length + blank.length)
  return part('SimplePositiveUnaryTest', from, text, [part('CompareOp', from, operator), end])
}

function literal(text: string, from: number): Part {
  if (text.startsWith('"')) return part('StringLiteral', from, text)
  if (/^[tf]/.test(text)) return part('BooleanLiteral', from, text)
  return part('NumericLiteral', from, text, text.startsWith('-') ? [part('ArithOp', from, '-')] : [])
}

function part(kind: string, from: number, text: string, children: readonly Part[] = [], marks: readonly string[] = []): Part {
  return { kind, from, to: from + text.length, text, children, marks }
}
