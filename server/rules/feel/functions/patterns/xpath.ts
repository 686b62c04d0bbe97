/** The blocks of signs that a pattern may name, as in \p{IsCyrillic}: those of this product's languages. */
const blocks: Readonly<Record<string, string>> = {
  BasicLatin: '\\u{0}-\\u{7f}',
  'Latin-1Supplement': '\\u{80}-\\u{ff}',
  'LatinExtended-A': '\\u{100}-\\u{17f}',
  'LatinExtended-B': '\\u{180}-\\u{24f}',
  Greek: '\\u{370}-\\u{3ff}',
  GreekandCoptic: '\\u{370}-\\u{3ff}',
  Cyrillic: '\\u{400}-\\u{4ff}',
  GeneralPunctuation: '\\u{2000}-\\u{206f}',
}

const FLAGS = /^[smixq]*$/
const ESCAPE = /\\(?:([pP])\{Is([A-Za-z0-9-]+)\}|[pP]\{[^}]*\}|.)/suy

/**
 * A pattern of XPath 3.1 (section 5.6.1), which the standard's `matches` and `replace` take, as JavaScript writes it, with flags;
 * null for one that XPath refuses. What JavaScript refuses itself, such as a group that is not there, is left to it.
 */
export function fromXpath(pattern: string, flags: string): { source: string; flags: string } | null {
  if (!FLAGS.test(flags)) return null
  const kept = [...'ims'].filter((flag) => flags.includes(flag)).join('') + 'v'
  if (flags.includes('q')) return { source: pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags: kept }
  const source = translated(flags.includes('x') ? withoutBlanks(pattern) : pattern)
  return source === null ? null : { source, flags: kept }
}

function translated(pattern: string): string | null {
  let made = ''
  for (let at = 0; at < pattern.length; ) {
    const sign = pattern[at] ?? ''
    const read = sign === '[' ? classAt(pattern, at) : sign === '\\' ? escapeAt(pattern, at) : { end: at + 1, source: sign }
    if (!read) return null
    made += read.source
    at = read.end
  }
  return made
}

interface Read {
  readonly end: number
  readonly source: string
}

// "\0" is no sign in XPath; a sign that needs no escape, as in "\-", is itself.
function escapeAt(pattern: string, at: number): Read | null {
  ESCAPE.lastIndex = at
  const found = ESCAPE.exec(pattern)
  if (!found || found[0] === '\\0') return null
  const [written, property, name] = found
  const end = at + written.length
  if (name === undefined) return { end, source: /^\\[-!"#%&',/:;<=>@_`~ ]$/.test(written) ? literal(written[1] ?? '') : written }
  const range = Object.hasOwn(blocks, name) ? blocks[name] : undefined
  return range === undefined ? null : { end, source: property === 'p' ? `[${range}]` : `[^${range}]` }
}

// A class, in which "-[…]" takes signs away: [A-Z-[OI]] is [[A-Z]--[OI]] for JavaScript.
function classAt(pattern: string, start: number): Read | null {
  const negated = pattern[start + 1] === '^'
  let inside = ''
  for (let at = start + (negated ? 2 : 1); at < pattern.length; ) {
    const sign = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
    if (sign === ']') return { end: at + 1, source: `[${negated ? '^' : ''}${inside}]` }
    if (sign === '-' && pattern[at + 1] === '[') {
      const taken = classAt(pattern, at + 1)
      if (!taken || pattern[taken.end] !== ']') return null
      return { end: taken.end + 1, source: `[[${negated ? '^' : ''}${inside}]--${taken.source}]` }
    }
    const plain = { end: at + sign.length, source: isRange(pattern, at, inside) ? '-' : literal(sign) }
    const read = sign === '\\' ? escapeAt(pattern, at) : plain
    if (!read) return null
    inside += read.source
    at = read.end
  }
  return null
}

// Between two signs a hyphen means all from one to the other.
function isRange(pattern: string, at: number, before: string): boolean {
  return pattern[at] === '-' && before !== '' && pattern[at + 1] !== ']'
}

function literal(sign: string): string {
  return /^[()[\]{}/|\\^$.*+?&!#%,:;<=>@`~-]$/.test(sign) ? `\\${sign}` : sign
}

function withoutBlanks(pattern: string): string {
  return pattern.replace(/\[(?:[^\]\\]|\\.)*\]|\s+/gsu, (found) => (found.startsWith('[') ? found : ''))
}
