/**
 * JSON objects cut into their members without reading the values: what is only passed on is never turned into
 * JavaScript numbers, which would round it.
 */

/** Members of a JSON object, each value still as text; the last of equal names wins. Undefined if the text is no object. */
export function tryReadObject(text: string): Map<string, string> | undefined {
  if (text === '' || text === '{}') return new Map()
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  } catch {
    return undefined // not JSON, which is the answer
  }
  return splitObject(text)
}

/** As {@link tryReadObject}, for text known to be a JSON object. */
export function splitObject(text: string): Map<string, string> {
  const members = new Map<string, string>()
  let at = skipBlank(text, 0) + 1
  for (;;) {
    at = skipBlank(text, at)
    if (text[at] === '}') return members
    if (text[at] === ',') at = skipBlank(text, at + 1)
    const nameEnd = endOfString(text, at)
    const rawName = text.slice(at, nameEnd)
    const name = rawName.includes('\\') ? (JSON.parse(rawName) as string) : rawName.slice(1, -1)
    const start = skipBlank(text, skipBlank(text, nameEnd) + 1)
    at = endOfValue(text, start)
    members.set(name, text.slice(start, at))
  }
}

/** The opposite: an object's text from its members' texts. */
export function joinObject(members: Iterable<readonly [string, string]>): string {
  let text = ''
  for (const [name, value] of members) text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${value}`
  return text === '' ? '{}' : `${text}}`
}

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const COMMA = 44

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 32) at++
  return at
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    at += code === BACKSLASH ? 2 : 1
  }
}

function endOfValue(text: string, start: number): number {
  let depth = 0
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      if (depth === 0) return at
      continue
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (depth === 0) return trimmedEnd(text, start, at)
      if (--depth === 0) return at + 1
    } else if (code === COMMA && depth === 0) return at
    at++
    if (depth === 0 && code <= 32) return at - 1
  }
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && text.charCodeAt(at - 1) <= 32) at--
  return at
}
