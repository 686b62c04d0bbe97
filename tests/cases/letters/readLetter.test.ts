import { expect, test } from 'vitest'
import type { Block } from '../../../server/cases/letters/blocks.ts'
import { inWords, longDate, makeLetterFunctions } from '../../../server/cases/letters/letterWords.ts'
import { readLetter } from '../../../server/cases/letters/readLetter.ts'
import { scopeOf } from '../../../server/rules/feel/index.ts'

function fill(source: string, values: Record<string, unknown> = {}, locale = 'sr-Cyrl'): Block[] {
  const words = makeLetterFunctions({ locale, timeZone: 'Europe/Belgrade', textAt: (key) => ({ 'kinds.birth': 'рођење' })[key] })
  return readLetter(source).fill((expression) => inWords(expression.evaluate(scopeOf({ ...values, ...words }))))
}

const plain = (blocks: Block[]): string => JSON.stringify(blocks)

test('fields of a letter are filled where they stand, in bold where the letter is bold', () => {
  const blocks = fill('Број **{{ case.number }}** од {{ longDate(case.filedOn) }}', { case: { number: 'IV-1/2026', filedOn: '2026-11-24' } })

  expect(blocks).toEqual([
    { kind: 'paragraph', spans: [{ text: 'Број ', bold: false }, { text: 'IV-1/2026', bold: true }, { text: ' од 24. новембра 2026.', bold: false }] },
  ])
})

test('what a citizen wrote never becomes part of the letter’s form', () => {
  const blocks = fill('{{ text }}', { text: '# Решење\n\n**одобрено** | a | [link](http://x)' })

  expect(blocks).toHaveLength(1)
  expect(blocks[0]).toMatchObject({ kind: 'paragraph' })
})

test('a missing answer leaves a gap and not the word null', () => {
  expect(fill('Сврха: {{ answers.purpose }}.', { answers: {} })).toEqual([{ kind: 'paragraph', spans: [{ text: 'Сврха: .', bold: false }] }])
})

test('a passage stands only when its condition is true', () => {
  const source = 'Прво.\n\n{{#if fee > 0}}Такса је {{ money(fee, "RSD") }}.\n{{/if}}\n\nДруго.'

  expect(plain(fill(source, { fee: 52000 }))).toContain('Такса је 520')
  expect(plain(fill(source, { fee: 0 }))).not.toContain('Такса')
  expect(plain(fill(source))).not.toContain('Такса')
})

test('signs of FEEL inside a field are not taken for Markdown', () => {
  expect(plain(fill('| | |\n|---|---|\n| износ | {{ if a * b > 1 or false then "x_y_z" else "|" }} |', { a: 2, b: 3 }))).toContain('x_y_z')
})

test('an expression that is not FEEL and a passage without an end are refused when the letter is read', () => {
  expect(() => readLetter('{{ 1 + }}')).toThrow()
  expect(() => readLetter('{{ nosuch(1) }}')).toThrow(/nosuch/)
  expect(() => readLetter('{{#if true}} a')).toThrow(/\{\{\/if\}\}/)
  expect(() => readLetter('a {{/if}}')).toThrow(/\{\{#if/)
})

test('days are written as an official of the country writes them', () => {
  const write = (locale: string): string => longDate('2026-11-24', { locale, timeZone: 'Europe/Belgrade' })

  expect(['sr-Cyrl', 'sr-Latn', 'bg', 'ro', 'hu', 'en'].map(write)).toEqual([
    '24. новембра 2026.', '24. novembra 2026.', '24 ноември 2026 г.', '24 noiembrie 2026', '2026. november 24.', '24 November 2026',
  ])
})

test('an instant is written as the day it was in the town, not in Greenwich', () => {
  expect(longDate('2026-11-24T23:30:00Z', { locale: 'sr-Cyrl', timeZone: 'Europe/Belgrade' })).toBe('25. новембра 2026.')
})
