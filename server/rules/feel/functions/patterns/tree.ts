/** A regular expression of JavaScript, taken apart as far as its cost and a counted search need it. */
export type PatternPart =
  | { readonly kind: 'sign'; readonly source: string }
  | { readonly kind: 'edge'; readonly source: string }
  | { readonly kind: 'back'; readonly group: number }
  | { readonly kind: 'group'; readonly group: number | null; readonly inner: PatternPart }
  | { readonly kind: 'look'; readonly inner: PatternPart }
  | { readonly kind: 'repeat'; readonly inner: PatternPart; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternPart[] }
  | { readonly kind: 'choice'; readonly choices: readonly PatternPart[] }

const REPEAT = /(?:[*+?]|\{(\d+)(,(\d*))?\})(\??)/y
const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|.)/suy

/** Takes apart the source of a regular expression that JavaScript has accepted. */
export function patternTree(source: string): PatternPart {
  let at = 0
  let groups = 0

  const choice = (): PatternPart => {
    const choices = [sequence()]
    while (source[at] === '|') {
      at++
      choices.push(sequence())
    }
    return choices.length === 1 && choices[0] ? choices[0] : { kind: 'choice', choices }
  }

  const sequence = (): PatternPart => {
    const parts: PatternPart[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repeated(single()))
    return { kind: 'sequence', parts }
  }

  const repeated = (inner: PatternPart): PatternPart => {
    const found = taken(REPEAT)
    if (!found) return inner
    const [sign = '', least, range, most, lazy] = found
    const [from, to] = bounds(sign, least, range, most)
    return { kind: 'repeat', inner, least: from, most: to, lazy: lazy === '?' }
  }

  const single = (): PatternPart => {
    const sign = source[at] ?? ''
    if (sign === '(') return group()
    if (sign === '[') return { kind: 'sign', source: signClass() }
    if (sign === '\\') return escape()
    if (sign === '^' || sign === '$') return edge(sign)
    const whole = String.fromCodePoint(source.codePointAt(at) ?? 0)
    at += whole.length
    return { kind: 'sign', source: whole }
  }

  const edge = (sign: string): PatternPart => {
    at += sign.length
    return { kind: 'edge', source: sign }
  }

  const escape = (): PatternPart => {
    const written = taken(ESCAPE)?.[0] ?? source[at++] ?? ''
    if (written === '\\b' || written === '\\B') return { kind: 'edge', source: written }
    return /^\\[1-9]$/.test(written) ? { kind: 'back', group: Number(written[1]) } : { kind: 'sign', source: written }
  }

  const group = (): PatternPart => {
    const [opening = '(', look] = taken(/\((?:\?(?:(<?[=!])|:|<[^>]*>))?/y) ?? []
    const number = look || opening === '(?:' ? null : ++groups
    const inner = choice()
    at++
    return look ? { kind: 'look', inner } : { kind: 'group', group: number, inner }
  }

  const signClass = (): string => {
    const start = at
    for (let depth = 0; at < source.length; at++) {
      if (source[at] === '\\') at++
      else if (source[at] === '[') depth++
      else if (source[at] === ']' && --depth === 0) break
    }
    at++
    return source.slice(start, at)
  }

  const taken = (what: RegExp): RegExpExecArray | null => {
    what.lastIndex = at
    const found = what.exec(source)
    if (found) at += found[0].length
    return found
  }

  return choice()
}

/**
 * In how many ways a pattern can be laid over a text of a length, never too few: what a search that goes back on its steps may have to
 * try from each place of the text. Infinity where repetitions are repeated.
 */
export function waysOf(part: PatternPart, length: number): number {
  switch (part.kind) {
    case 'sign':
    case 'edge':
    case 'back':
      return 1
    case 'group':
    case 'look':
      return waysOf(part.inner, length)
    case 'sequence':
      return part.parts.reduce((ways, each) => ways * waysOf(each, length), 1)
    case 'choice':
      return part.choices.reduce((ways, each) => ways + waysOf(each, length), 0)
    case 'repeat':
      return waysToRepeat(waysOf(part.inner, length), part.least, Math.min(part.most, length + 1))
  }
}

function waysToRepeat(ways: number, least: number, most: number): number {
  const times = Math.max(most - least, 0) + 1
  return ways === 1 ? times : times * ways ** most
}

function bounds(sign: string, least: string | undefined, range: string | undefined, most: string | undefined): [number, number] {
  if (sign.startsWith('*')) return [0, Infinity]
  if (sign.startsWith('+')) return [1, Infinity]
  if (sign.startsWith('?')) return [0, 1]
  const from = Number(least)
  return [from, range === undefined ? from : most ? Number(most) : Infinity]
}
