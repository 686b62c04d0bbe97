import { scopeOf, type CompiledExpression } from '../../rules/feel/index.ts'
import { latinTexts, toLatin } from '../../rules/scripts/index.ts'
import { textAt, textsFor, type ProcedurePackage, type Texts } from '../../zeebe/packages.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { Block } from './blocks.ts'
import { inWords, makeLetterFunctions, type LetterLanguage } from './letterWords.ts'
import { readLetter } from './readLetter.ts'
import { textLanguageOf } from './townWords.ts'

/** What a letter's fields may read, by name. Plain values; missing ones are null. */
export interface LetterValues {
  case: { number: string; filedOn: string; year: number; language: string }
  answers: Record<string, unknown>
  task: Record<string, unknown>
  applicant: { name: string; address: string; email: string }
  town: { name: string; officialName: string; place: string }
  unit: { name: string }
  act: { number: string; date: string; verifyUrl: string; code: string }
  signatory: { name: string }
  /** Minor units and currency of the fee, when the procedure has one. */
  feeMinor: number | null
  currency: string | null
}

/** A procedure's words in one of the six languages, for one country. */
export function procedureTexts(pack: Pick<ProcedurePackage, 'texts'>, language: string, country: string): Texts {
  const texts = textsFor(pack, textLanguageOf(language), country)
  return language === 'sr-Latn' ? latinTexts(texts) : texts
}

/**
 * Writes a letter of a procedure: its text in that language with all fields filled.
 * Throws when the procedure has no such letter; a field that yields nothing leaves its place empty.
 */
export function writeLetter(pack: ProcedurePackage, letter: string, { tenant, language, values }: { tenant: Municipality; language: string; values: LetterValues }): Block[] {
  const source = pack.letters[letter]?.[textLanguageOf(language)]
  if (source === undefined) throw new Error(`Expected a letter ${letter} in ${textLanguageOf(language)} in procedure ${pack.procedure.id}, but there is none`)
  const texts = procedureTexts(pack, language, tenant.country)
  const words: LetterLanguage = { locale: language, timeZone: tenant.timeZone, textAt: (key) => textAt(texts, key) }
  const scope = scopeOf({ ...values, ...makeLetterFunctions(words) })
  // In Latin script the letter's own words are turned, the applicant's answers are not: a name stays as it was given.
  const written = readLetter(language === 'sr-Latn' ? latinSource(source) : source)
  return written.fill((expression: CompiledExpression) => inWords(expression.evaluate(scope)))
}

function latinSource(source: string): string {
  return source.split(/(\{\{.*?\}\})/s).map((part, index) => (index % 2 ? part : toLatin(part))).join('')
}
