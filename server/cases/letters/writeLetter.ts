import { scopeOf, type CompiledExpression } from '../../rules/feel/index.ts'
import { toLatin } from '../../rules/scripts/index.ts'
import type { ProcedurePackage } from '../../zeebe/packages.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { Block } from './blocks.ts'
import { inWords, makeLetterFunctions, type LetterLanguage } from './letterWords.ts'
import { readLetter } from './readLetter.ts'
import { textLanguageOf, wordsOf } from '../words.ts'

/** What a letter's fields may read, by name. Plain values; missing ones are null. */
export interface LetterValues {
  case: { number: string; filedOn: string; year: number; language: string }
  answers: Record<string, unknown>
  task: Record<string, unknown>
  applicant: { name: string; address: string; email: string }
  /** Who acted for the applicant and as what ("by proxy"), in the letter's language; empty: nobody did. */
  representative: { name: string; as: string }
  town: { name: string; officialName: string; place: string }
  unit: { name: string }
  act: { number: string; date: string; verifyUrl: string; code: string }
  signatory: { name: string }
  /** Minor units and currency of the fee, when the procedure has one. */
  feeMinor: number | null
  currency: string | null
}

/**
 * Writes a letter of a procedure: its text in that language with all fields filled.
 * Throws when the procedure has no such letter; a field that yields nothing leaves its place empty.
 */
export function writeLetter(
  pack: ProcedurePackage, letter: string,
  { tenant, language, values }: { tenant: Municipality; language: string; values: LetterValues },
): Block[] {
  const file = textLanguageOf(language)
  const source = pack.letters[letter]?.[file]
  if (source === undefined) throw new Error(`Expected a letter ${letter} in ${file} in procedure ${pack.procedure.id}, but there is none`)
  const words: LetterLanguage = { locale: language, timeZone: tenant.timeZone, textAt: wordsOf(pack, language, tenant.country).at }
  const scope = scopeOf({ ...values, ...makeLetterFunctions(words) })
  // In Latin script the letter's own words are turned, the applicant's answers are not: a name stays as it was given.
  const written = readLetter(language === 'sr-Latn' ? latinSource(source) : source)
  return written.fill((expression: CompiledExpression) => inWords(expression.evaluate(scope)))
}

function latinSource(source: string): string {
  return source.split(/(\{\{.*?\}\})/s).map((part, index) => (index % 2 ? part : toLatin(part))).join('')
}
