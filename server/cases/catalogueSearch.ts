import { searchKey } from '../rules/searchKey.ts'
import { textLanguages } from '../zeebe/packages.ts'
import type { ShelvedPackage } from './context.ts'
import { wordsOf } from './words.ts'

// What a word in each place is worth: people search by what they call a thing, so titles and keywords count most.
const places = [
  { key: 'title', worth: 4 },
  { key: 'keywords', worth: 3 },
  { key: 'summary', worth: 1 },
] as const

/** The packages in which every word of `q` is found, the best match first. All of them, in the given order, when `q` has no words. */
export function findInCatalogue(packages: readonly ShelvedPackage[], country: string, q: string): ShelvedPackage[] {
  const words = wordsToFind(q)
  if (words.length === 0) return [...packages]
  return packages
    .map((pack) => ({ pack, worth: worthOf(pack, country, words) }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ pack }) => pack)
}

/** The word of the catalogue, in the reader's language, that is nearest to what was typed; null when none is near. */
export function nearestWord(packages: readonly ShelvedPackage[], country: string, language: string, q: string): string | null {
  const typed = wordsToFind(q)
  let nearest: { word: string; distance: number } | null = null
  for (const word of new Set(packages.flatMap((pack) => vocabulary(pack, country, language)))) {
    for (const each of typed) {
      const distance = editDistance(each, searchKey(word))
      // One slip in a short word, two in a long one.
      if (distance <= (each.length < 6 ? 1 : 2) && distance < (nearest?.distance ?? Infinity)) nearest = { word, distance }
    }
  }
  return nearest?.word ?? null
}

function worthOf(pack: ShelvedPackage, country: string, words: readonly string[]): number {
  const known = textLanguages.flatMap((language) => {
    const texts = wordsOf(pack, language === 'sr' ? 'sr-Cyrl' : language, country)
    return places.map(({ key, worth }) => ({ worth, words: searchKey(texts.at(key) ?? '').split(' ') }))
  })
  let sum = 0
  for (const word of words) {
    const best = Math.max(0, ...known.filter((place) => place.words.some((each) => isMeant(word, each))).map((place) => place.worth))
    if (best === 0) return 0
    sum += best
  }
  return sum
}

// Slavic and Romanian words change their endings: "izvoda" means "izvod", "certificatul" means "certificat".
function isMeant(typed: string, known: string): boolean {
  if (known.startsWith(typed)) return true
  const stem = Math.max(4, Math.min(typed.length, known.length) - 2)
  const isAlike = Math.abs(typed.length - known.length) <= 3 && typed.slice(0, stem) === known.slice(0, stem)
  return isAlike && typed.length >= stem && known.length >= stem
}

// Words of one or two letters are "za", "de", "на"; they tell nothing, unless they are all there is.
function wordsToFind(q: string): string[] {
  const words = searchKey(q).split(' ').filter(Boolean)
  const long = words.filter((word) => word.length > 2)
  return long.length > 0 ? long : words
}

function vocabulary(pack: ShelvedPackage, country: string, language: string): string[] {
  const texts = wordsOf(pack, language, country)
  return places.slice(0, 2).flatMap(({ key }) => (texts.at(key) ?? '').split(/[^\p{L}\p{M}\d]+/u)).filter((word) => word.length > 3)
}

/** Letters put in, left out, changed or swapped with their neighbor. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change, swap))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
