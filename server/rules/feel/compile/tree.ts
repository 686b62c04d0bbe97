import type { Tree } from '@lezer/common'
import { parser } from 'lezer-feel'
import { FeelSyntaxError } from '../errors.ts'
import { hideForGrammar } from './hidden.ts'
import { namesDeclaredIn, nameTracker } from './names.ts'
import { plainTree } from './plainTree.ts'

/** A part of an expression: its kind in the grammar, what it is made of, and the keywords and signs between. */
export interface Part {
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly text: string
  readonly children: readonly Part[]
  readonly marks: readonly string[]
}

/** The two things a text can be: an expression, or the tests of a decision table's cell. */
export type Top = 'Expression' | 'UnaryTests'

/** The longest text taken. An expression is written by a person; a longer one is an attack or an accident. */
export const LONGEST_SOURCE = 100_000

const DEEPEST = 1000

/**
 * Reads a text into parts, comments left out. `names` are those that the grammar would not take for one: with signs or keywords inside.
 * Throws FeelSyntaxError at the first fault.
 */
export function readTree(source: string, top: Top, names: Iterable<string> = []): Part {
  if (source.length > LONGEST_SOURCE) throw new FeelSyntaxError(`The expression is longer than ${LONGEST_SOURCE} characters`, 0, source)
  const plain = plainTree(source, top)
  if (plain) return plain
  const { text, names: hidden } = hideForGrammar(source)
  const tree = treeOf(text, top, names)
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw fault(source, node.from, node.to)
    },
  })

  const part = (node: typeof tree.topNode, depth: number): Part => {
    if (depth > DEEPEST) throw new FeelSyntaxError(`The expression is nested deeper than ${DEEPEST} levels`, node.from, source)
    const children: Part[] = []
    const marks: string[] = []
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'LineComment' || child.name === 'BlockComment') continue
      const childText = text.slice(child.from, child.to)
      if (child.name === childText && !meaningful.has(childText)) marks.push(childText)
      else children.push(part(child, depth + 1))
    }
    const written = text.slice(node.from, node.to)
    return { kind: node.name, from: node.from, to: node.to, text: hidden.get(written) ?? written, children, marks }
  }
  const root = part(tree.topNode, 0)
  if (root.children.length === 0) throw fault(source, source.length, source.length)
  return root
}

/** The name a part holds, with single blanks. */
export function nameOf(part: Part): string {
  return part.children.length ? part.children.map(nameOf).join(' ') : part.text
}

// Keywords that stand for a value themselves.
const meaningful = new Set(['null', '?'])

// Keys and parameters that the expression names itself are known only once it is read: then it is read again.
function treeOf(text: string, top: Top, names: Iterable<string>): Tree {
  const known = new Set(names)
  const parse = (): Tree => parserWith(known, top)(text)
  const tree = parse()
  const declared = namesDeclaredIn(tree, text).filter((name) => !known.has(name))
  for (const name of declared) known.add(name)
  return declared.length ? parse() : tree
}

// The cells of a table all know the same names: their parsers are kept until other names come.
const kept = new Map<Top, { readonly names: string; readonly parse: (text: string) => Tree }>()

function parserWith(known: ReadonlySet<string>, top: Top): (text: string) => Tree {
  const names = [...known].join('\n')
  const before = kept.get(top)
  if (before?.names === names) return before.parse
  let current = ''
  const configured = parser.configure({ top, contextTracker: nameTracker(() => current, known) })
  const parse = (text: string): Tree => {
    current = text
    return configured.parse(text)
  }
  kept.set(top, { names, parse })
  return parse
}

function fault(source: string, from: number, to: number): FeelSyntaxError {
  if (!source.trim()) return new FeelSyntaxError('There is no expression', 0, source)
  const found = source.slice(from, Math.max(to, from + 1)).trim()
  if (!found) return new FeelSyntaxError('The expression ends too early: something is missing at its end', source.trimEnd().length, source)
  return new FeelSyntaxError(`Did not understand ${JSON.stringify(found.slice(0, 40))} at position ${from + 1}`, from, source)
}
