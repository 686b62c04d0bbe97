import { FeelEvaluationError } from '../errors.ts'
import { LONGEST_TEXT } from '../compile/run.ts'
import type { Run } from '../values.ts'
import { countedSearch } from './patterns/search.ts'
import type { Found, Search } from './patterns/search.ts'
import { patternTree, waysOf } from './patterns/tree.ts'
import { fromXpath } from './patterns/xpath.ts'

const LONGEST_PATTERN = 1000

/** How many ways JavaScript's own search may have to try before the slower one that counts its steps is taken. */
const MOST_WAYS = 1_000_000

/** Whether a pattern is found in a text; null when it is no pattern. */
export function isFound(input: string, pattern: string, flags: string, run: Run): boolean | null {
  const search = searchFor(pattern, flags, run)
  return search && search(input, 0, run) !== null
}

/** All places where a pattern is found, as texts; null when it is no pattern. */
export function foundTexts(input: string, pattern: string, run: Run): string[] | null {
  const search = searchFor(pattern, '', run)
  return search && Array.from(places(search, input, run), ({ start, end }) => input.slice(start, end))
}

/** All places replaced; `$1` is the first group, `$0` the whole place. */
export function replaceAll(input: string, pattern: string, replacement: string, flags: string, run: Run): string | null {
  const search = searchFor(pattern, flags, run)
  if (!search) return null
  let made = ''
  let last = 0
  for (const { start, end, groups } of places(search, input, run)) {
    made += input.slice(last, start)
    made += replacement.replace(/\$(\d)|\\(.)/g, (_, group: string | undefined, literal: string | undefined) =>
      group === undefined ? (literal ?? '') : group === '0' ? input.slice(start, end) : (groups[Number(group)] ?? ''),
    )
    if (made.length > LONGEST_TEXT) run.signs(made.length)
    last = end
  }
  return made + input.slice(last)
}

/** The texts between the places where a pattern is found, as Java splits: nothing at the beginning is no place. */
export function splitAt(input: string, pattern: string, run: Run): string[] | null {
  const search = searchFor(pattern, '', run)
  if (!search) return null
  const texts: string[] = []
  let last = 0
  for (const { start, end } of places(search, input, run)) {
    if (end === 0 || (start === end && input === '')) continue
    texts.push(input.slice(last, start))
    last = end
  }
  return [...texts, input.slice(last)]
}

function* places(search: Search, input: string, run: Run): Generator<Found> {
  for (let from = 0; from <= input.length; ) {
    const found = search(input, from, run)
    if (!found) return
    run.step()
    yield found
    from = found.end > found.start ? found.end : found.end + 1
  }
}

const known = new Map<string, Search | null>()

function searchFor(pattern: string, flags: string, run: Run): Search | null {
  const key = `${run.dialect.xpathPatterns ? 'x' : 'j'}/${flags}/${pattern}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (pattern.length > LONGEST_PATTERN) {
    const message = `Expected a pattern of at most ${LONGEST_PATTERN} characters, but it has ${pattern.length}`
    throw new FeelEvaluationError('too-much-work', message)
  }
  const expression = run.dialect.xpathPatterns ? standardExpression(pattern, flags) : javaExpression(pattern, flags)
  const made = expression && searchWith(expression)
  // Patterns come from data, too: the cache must not grow without end.
  if (known.size > 500) known.clear()
  known.set(key, made)
  return made
}

function searchWith(expression: RegExp): Search {
  const tree = patternTree(expression.source)
  const isCheap = (length: number): boolean => (length + 1) * waysOf(tree, length) <= MOST_WAYS
  let counted: Search | undefined
  return (input, from, run) => {
    if (!isCheap(input.length)) return (counted ??= countedSearch(tree, expression.flags))(input, from, run)
    run.step()
    expression.lastIndex = from
    const found = expression.exec(input)
    return found && { start: found.index, end: found.index + found[0].length, groups: [...found] }
  }
}

function standardExpression(pattern: string, flags: string): RegExp | null {
  const written = fromXpath(pattern, flags)
  return written && compiled(written.source, written.flags + 'g')
}

function javaExpression(pattern: string, flags: string): RegExp | null {
  const plain = flags.includes('x') ? pattern.replace(/\s+/g, '') : pattern
  const script = plain.replace(/\\([pP])\{Is(Cyrillic|Greek|Latin)\}/g, '\\$1{Script=$2}')
  const written = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : script
  const wanted = [...'ims'].filter((flag) => flags.includes(flag)).join('') + 'g'
  // Patterns written for Java escape signs that the strict form refuses.
  return compiled(written, wanted + 'u') ?? compiled(written, wanted)
}

function compiled(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
