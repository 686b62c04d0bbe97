import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLetter } from '../../server/cases/letters/readLetter.ts'
import { textLanguages, textsFor } from '../../server/zeebe/packages.ts'
import type { ProcedurePackage, TextLanguage } from '../../server/zeebe/packages.ts'
import { headersOf, readDiagram } from './diagram.ts'
import { flatTexts, packages, processesDir } from './shipped.ts'

const wellKnown = ['title', 'summary', 'keywords', 'who', 'what', 'how']
const textProperties = ['label', 'description', 'dateLabel', 'timeLabel']

const keysOf = (pack: ProcedurePackage, language: TextLanguage): string[] => flatTexts(pack.texts[language]).map(([key]) => key)
const baseKeys = (pack: ProcedurePackage, language: TextLanguage): string[] => keysOf(pack, language).filter((key) => !key.startsWith('@'))

/** Keys a letter asks for; one ending in a dot stands for all below it. */
function keysInLetter(source: string): string[] {
  return [...source.matchAll(/text\("([^"]+)"/g)].map((match) => match[1]!)
}

function textKeysOfForm(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(textKeysOfForm)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) =>
    textProperties.includes(name) && typeof value === 'string' ? [value] : textKeysOfForm(value),
  )
}

describe.each(packages.map((pack) => [pack.procedure.id, pack] as const))('the texts of %s', (id, pack) => {
  test.each(textLanguages)('in %s have the same keys as the Serbian ones', (language) => {
    expect(baseKeys(pack, language)).toEqual(baseKeys(pack, 'sr'))
  })

  test.each(textLanguages)('in %s are laid over, by country, only where there is something to lay over', (language) => {
    const base = baseKeys(pack, language)

    for (const key of keysOf(pack, language).filter((each) => each.startsWith('@'))) {
      const [country, ...rest] = key.slice(1).split('.')
      expect(pack.procedure.countries).toContain(country)
      expect(base).toContain(rest.join('.'))
    }
  })

  test.each(textLanguages)('in %s are written with care', (language) => {
    for (const [key, text] of flatTexts(pack.texts[language])) {
      expect(text.trim(), key).toBe(text)
      expect(text, key).not.toBe('')
      expect(text, key).not.toMatch(/!|\.\.\.|ş|ţ|Ş|Ţ|  /)
      // One word, two alphabets: a slip of the keyboard that no search finds.
      expect(text, key).not.toMatch(/\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u)
      if (language === 'sr') expect(text, key).not.toMatch(/[йщъьюяэы]/i)
      if (language === 'bg') expect(text, key).not.toMatch(/[ђјљњћџэы]/i)
      if (language !== 'sr' && language !== 'bg') expect(text.replace(/ЈМБГ|ЕГН|ЛНЧ/g, ''), key).not.toMatch(/\p{Script=Cyrillic}/u)
    }
  })

  test('name the procedure and say who may ask, what comes and how', () => {
    expect(baseKeys(pack, 'sr')).toEqual(expect.arrayContaining(wellKnown))
  })

  test('name every step, gateway, event and named flow of the diagram, in English as in the diagram', async () => {
    const { elements } = await readDiagram(pack.bpmn)
    const english = Object.fromEntries(flatTexts(pack.texts.en))
    const named = elements.filter((each) => each.$type !== 'bpmn:SequenceFlow' || each.name)

    expect(keysOf(pack, 'en').filter((key) => key.startsWith('elements.')).sort()).toEqual(named.map((each) => `elements.${each.id}`).sort())
    for (const each of named) expect(each.name).toBe(english[`elements.${each.id}`])
  })

  test('hold every word of the forms, and no word of a field that is gone', () => {
    const used = [...new Set(Object.values(pack.forms).flatMap(textKeysOfForm))]
    const titles = Object.keys(pack.forms).map((form) => `forms.${form}.title`)

    expect([...used, ...titles].sort()).toEqual(baseKeys(pack, 'sr').filter((key) => key.startsWith('forms.')).sort())
  })

  test('hold the words of documents, letters and outcomes', async () => {
    const { elements } = await readDiagram(pack.bpmn)
    const keys = baseKeys(pack, 'sr')
    const outcomes = elements.flatMap((each) => headersOf(each).outcome ?? [])

    const papers = pack.procedure.documents.flatMap(({ id: paper }) => [`documents.${paper}.name`, `documents.${paper}.note`])
    const letters = Object.values(pack.procedure.letters).map((letter) => letter.title)

    expect(keys).toEqual(expect.arrayContaining([...papers, ...letters]))
    expect(keys.filter((key) => key.startsWith('outcomes.')).sort()).toEqual([...new Set(outcomes.map((each) => `outcomes.${each}`))].sort())
  })

  test('of letters exist in every language, are good Markdown and FEEL, and ask for words that exist', () => {
    expect(Object.keys(pack.letters).sort()).toEqual(Object.keys(pack.procedure.letters).sort())
    for (const [letter, sources] of Object.entries(pack.letters)) {
      expect(Object.keys(sources).sort(), letter).toEqual([...textLanguages].sort())
      for (const [language, source] of Object.entries(sources)) {
        const keys = baseKeys(pack, language as TextLanguage)

        expect(() => readLetter(source), `${letter} in ${language}`).not.toThrow()
        expect(source).not.toMatch(/!(?!=)|ş|ţ/)
        for (const wanted of keysInLetter(source)) {
          expect(keys.some((key) => key === wanted || (wanted.endsWith('.') && key.startsWith(wanted))), wanted).toBe(true)
        }
      }
      const fields = Object.values(sources).map((source) => (source.match(/\{\{/g) ?? []).length)
      expect(new Set(fields).size, `${letter} has the same fields in all languages`).toBe(1)
    }
  })

  test('stay whole when a country lays its own over them', () => {
    for (const country of pack.procedure.countries) {
      for (const language of textLanguages) {
        expect(flatTexts(textsFor(pack, language, country)).length).toBe(baseKeys(pack, language).length)
      }
    }
  })

  test('are files without a key given twice', () => {
    for (const language of textLanguages) {
      const written = readFileSync(`${processesDir}/${id}/texts/${language}.json`, 'utf8').match(/": "/g) ?? []

      expect(written.length).toBe(keysOf(pack, language).length)
    }
  })
})
