const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ђ: 'đ', е: 'e', ж: 'ž', з: 'z', и: 'i', ј: 'j', к: 'k', л: 'l', љ: 'lj', м: 'm',
  н: 'n', њ: 'nj', о: 'o', п: 'p', р: 'r', с: 's', т: 't', ћ: 'ć', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'č', џ: 'dž', ш: 'š',
}

const cyrillicLetter = /[\u0400-\u04ff]/g

/**
 * Serbian Cyrillic in Latin letters. Exact; all that is no Serbian Cyrillic letter stays as it is.
 * Љ, Њ and Џ become two capitals only inside a word of capitals: Љубав → Ljubav, ЉУБАВ → LJUBAV.
 */
export function toLatin(text: string): string {
  return text.replace(cyrillicLetter, (letter, at: number) => {
    const small = letter.toLowerCase()
    const latin = letters[small]
    if (latin === undefined) return letter
    if (letter === small) return latin
    if (latin.length === 1) return latin.toUpperCase()
    return amongCapitals(text, at) ? latin.toUpperCase() : latin[0]!.toUpperCase() + latin.slice(1)
  })
}

/** The next letter decides; at the end of a word the one before. */
function amongCapitals(text: string, at: number): boolean {
  const next = text[at + 1] ?? ''
  if (isLetter(next)) return isCapital(next)
  return isCapital(text[at - 1] ?? '')
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}

function isCapital(character: string): boolean {
  return /\p{Lu}/u.test(character)
}
