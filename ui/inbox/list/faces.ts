/** The first letters of the first two words of a name; the digraphs Lj, Nj and Dž stay whole. */
export function initialsOf(name: string): string {
  return name.trim().split(/\s+/).slice(0, 2).map((word) => /^(?:Lj|Nj|Dž)/.exec(word)?.[0] ?? [...word][0] ?? '').join('')
}

/** One of four quiet tones, always the same for the same person. */
export function toneOf(personId: string): '' | 'b' | 'c' | 'd' {
  let sum = 0
  for (const letter of personId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return (['b', 'c', 'd', ''] as const)[sum % 4] ?? ''
}
