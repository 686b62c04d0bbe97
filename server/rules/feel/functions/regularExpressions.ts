import { FeelEvaluationError } from '../errors.ts'

const LONGEST_PATTERN = 1000

// A repetition of a repetition, as in (a+)+, takes time beyond measure on some texts.
const NESTED_REPEAT = /\((?:[^()\\]|\\.)*[+*}]\)\s*[+*{]/

const known = new Map<string, RegExp | null>()

/** A regular expression with the flags of XPath (s, m, i, x, q); null when it is none. */
export function regularExpression(pattern: string, flags: string): RegExp | null {
  const key = `${flags}/${pattern}`
  const found = known.get(key)
  if (found !== undefined) {
    if (found) found.lastIndex = 0
    return found
  }
  const made = make(pattern, flags)
  if (known.size > 500) known.clear()
  known.set(key, made)
  return made
}

/** All matches replaced; `$1` is the first group, `$0` the whole match. */
export function replaceAll(input: string, pattern: string, replacement: string, flags: string): string | null {
  const expression = regularExpression(pattern, flags.includes('g') ? flags : flags + 'g')
  if (!expression) return null
  return input.replace(expression, (...found: unknown[]) => {
    // The groups come first, then the position, the only number.
    const groups = found.slice(0, found.findIndex((each) => typeof each === 'number'))
    return replacement.replace(/\$(\d)|\\(.)/g, (_, group: string | undefined, literal: string | undefined) =>
      group === undefined ? (literal ?? '') : String(groups[Number(group)] ?? ''),
    )
  })
}

function make(pattern: string, flags: string): RegExp | null {
  if (pattern.length > LONGEST_PATTERN || NESTED_REPEAT.test(pattern)) {
    const message = 'Expected a short pattern without a repetition of a repetition, since that may run without end'
    throw new FeelEvaluationError('too-much-work', message)
  }
  const plain = flags.includes('x') ? pattern.replace(/\s+/g, '') : pattern
  const written = flags.includes('q') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : plain
  const wanted = [...'gims'].filter((flag) => flags.includes(flag)).join('')
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
