import { latinTexts } from '../../rules/scripts/index.ts'
import bg from '../texts/paper.bg.json' with { type: 'json' }
import en from '../texts/paper.en.json' with { type: 'json' }
import hu from '../texts/paper.hu.json' with { type: 'json' }
import ro from '../texts/paper.ro.json' with { type: 'json' }
import sr from '../texts/paper.sr.json' with { type: 'json' }

/** The words printed around a letter's own text: stamp cells, verification, receipt. */
export type PaperWords = typeof sr

const words: Readonly<Record<string, PaperWords>> = { 'sr-Cyrl': sr, 'sr-Latn': latinTexts(sr), bg, ro, hu, en }

/** The printed words of one of the six languages. */
export function paperWords(language: string): PaperWords {
  return words[language] ?? en
}

/** Fills `{gaps}` of a printed sentence. */
export function fillGaps(sentence: string, gaps: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap)
}
