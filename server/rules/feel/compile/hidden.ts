import { FeelSyntaxError } from '../errors.ts'

const FIRST_STAND_IN = 0x4e00
const LAST_STAND_IN = 0x9fff

const TYPES =
  '(?:Any|Null|number|string|boolean|date|time|date\\s+and\\s+time|days\\s+and\\s+time\\s+duration|years\\s+and\\s+months\\s+duration)'
const TOKENS = new RegExp(
  [
    '"(?:[^"\\\\]|\\\\.)*"', '//[^\\n]*\\n?', '/\\*[\\s\\S]*?(?:\\*/|$)', // nothing inside these is a name
    '`(?<name>[^`\\n]*)`',
    '\\b(?<spaced>date\\s+and\\s+time|days\\s+and\\s+time\\s+duration|years\\s+and\\s+months\\s+duration)\\b',
    `(?<range>\\brange)(?=\\s*<\\s*${TYPES}\\s*>)`,
    '\\b(?<logic>and|or)(?=\\s*\\()(?<=(?:^|[(,[:=<>*/+-]|\\b(?:then|else|return|satisfies|in|and|or)\\s)\\s*(?:and|or))',
    '(?<blank>\\s)',
    '.',
  ].join('|'),
  'gsu',
)

const NEEDED = /`|\brange\b|\b(?:and|or)\s*\(|[^\S ]|\S {2,}(?:and|time|months|duration)\b/

/**
 * The text with all that the grammar does not take in its place written as it does, each piece as long as it was, and what the pieces
 * stand for: names in back-ticks anywhere, the functions `and(…)` and `or(…)`, the type `range<…>` as a list's, names over lines.
 */
export function hideForGrammar(source: string): { text: string; names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>()
  if (!NEEDED.test(source)) return { text: source, names }
  let next = FIRST_STAND_IN
  const standIn = (name: string, length: number): string => {
    while (next < LAST_STAND_IN && source.includes(String.fromCharCode(next))) next++
    const made = String.fromCharCode(next++) + 'x'.repeat(length - 1)
    names.set(made, name)
    return made
  }
  const text = source.replace(TOKENS, (token: string, ...rest: unknown[]) => {
    const { name, range, logic, blank, spaced } = rest.at(-1) as Record<string, string | undefined>
    if (range !== undefined) return ' list'
    if (blank !== undefined) return ' '
    if (spaced !== undefined) return spaced.replace(/\s+/g, ' ').padEnd(token.length)
    if (logic !== undefined) return standIn(logic, token.length)
    if (name === undefined) return token
    if (name === '') throw new FeelSyntaxError('There is no name between the two back-ticks', rest.at(-3) as number, source)
    return standIn(name, token.length)
  })
  return { text, names }
}
