import { toLatin } from '../rules/scripts/index.ts'
import { textAt, textsFor, type ProcedurePackage, type TextLanguage } from '../zeebe/packages.ts'

/** The file a language's words are kept in: both Serbian scripts share one. */
export function textLanguageOf(language: string): TextLanguage {
  return language === 'sr-Latn' || language === 'sr-Cyrl' ? 'sr' : (language as TextLanguage)
}

/** A procedure's words in one of the six languages, with its country's variants laid over. */
export interface Words {
  /** The words at a text key; undefined when there are none. */
  at(key: string): string | undefined
}

/** The words of `pack` for a reader of `language` in a town of `country`. Serbian Latin is derived. */
export function wordsOf(pack: Pick<ProcedurePackage, 'texts'>, language: string, country: string): Words {
  const texts = textsFor(pack, textLanguageOf(language), country)
  return {
    at(key) {
      const text = textAt(texts, key)
      return text === undefined || language !== 'sr-Latn' ? text : toLatin(text)
    },
  }
}

/** The procedure's name; its id when a text is missing. */
export function titleOf(pack: Pick<ProcedurePackage, 'texts' | 'procedure'>, language: string, country: string): string {
  return wordsOf(pack, language, country).at('title') ?? pack.procedure.id
}
