import type { Tree } from '@lezer/common'
import { ContextTracker } from '@lezer/lr'
import { parser } from 'lezer-feel'

/** A name as the grammar puts its words together: "a-b" is "a - b". */
export function spelled(name: string): string {
  return name.replace(/\*\*?|[./\-'+^]/g, ' $& ').replace(/\s+/g, ' ').trim()
}

/**
 * The names that an expression declares itself, as keys of contexts, variables of loops and parameters, as far as they need to be
 * known beforehand.
 */
export function namesDeclaredIn(tree: Tree, text: string): string[] {
  const declared = new Set<string>()
  tree.iterate({
    enter({ name, from, to }) {
      if (name === 'Name') declared.add(spelled(text.slice(from, to)))
    },
  })
  return [...declared].filter((name) => /[^\p{L}\p{N}_ ]/u.test(name))
}

// A name with a keyword inside, so the grammar must hear of it beforehand.
const ALWAYS_KNOWN = ['get or else']

/** What the grammar's tokenizer asks for: the words of the name being read, and the names it may become. */
interface NameBeingRead {
  readonly tokens: readonly string[]
  contextCache(): { readonly keys: ReadonlySet<string>; readonly prefixes: ReadonlySet<string> }
}

/**
 * Tells the grammar which runs of words and signs are one name. Unlike the tracker that comes with the grammar it does not follow what
 * is in scope where, whose cost grows with the square of a context's entries: a name known anywhere is known everywhere.
 */
export function nameTracker(text: () => string, names: ReadonlySet<string>): ContextTracker<NameBeingRead> {
  const keys = new Set([...ALWAYS_KNOWN, ...names])
  const cache = { keys, prefixes: new Set([...keys].flatMap(beginnings)) }
  const reading = (tokens: readonly string[]): NameBeingRead => ({ tokens, contextCache: () => cache })
  const none = reading([])
  const mostWords = Math.max(...[...keys].map((name) => name.split(' ').length))
  // More words than any known name has: whatever they are, they will not become one.
  const unknown = reading([''])
  return new ContextTracker({
    start: none,
    reduce(name, term, stack, input) {
      if (wholeNames.has(term)) return none
      if (!words.has(term)) return name
      if (name === unknown || name.tokens.length >= mostWords) return unknown
      return reading([...name.tokens, text().slice(input.pos, stack.pos)])
    },
  })
}

function beginnings(name: string): string[] {
  const tokens = name.split(' ')
  return tokens.map((_, index) => tokens.slice(0, index + 1).join(' '))
}

const words = terms('Identifier', 'AdditionalIdentifier', 'PropertyIdentifier')
const wholeNames = terms('VariableName', 'PathName', 'Name', 'PropertyName')

function terms(...names: string[]): ReadonlySet<number> {
  return new Set(parser.nodeSet.types.filter((type) => names.includes(type.name)).map((type) => type.id))
}
