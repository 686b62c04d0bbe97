import { describe, expect, test } from 'vitest'
import type { Deadline } from '../../server/http/contract/cases.ts'
import { languages } from '../../ui/shared/texts/languages.ts'
import { pluralRules } from '../../ui/shared/texts/plurals.ts'
import { clockTime, dayInDigits, dayInWords, dayInWordsOf, dayOf, moment } from '../../ui/shared/words/dates.ts'
import { languageOfName } from '../../ui/shared/words/languageOfName.ts'
import { codeInGroups, sizeInWords } from '../../ui/shared/words/numbers.ts'
import { termState } from '../../ui/shared/words/terms.ts'

const timeZone = 'Europe/Belgrade'
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const each = (write: (language: (typeof languages)[number]) => string): string[] => languages.map((language) => plain(write(language)))

describe('a date', () => {
  test('is written as each language writes it', () => {
    expect(each((language) => dayInDigits('2026-11-24', { language, timeZone }))).toEqual([
      '24.11.2026.', '24.11.2026.', '24.11.2026 г.', '24.11.2026', '2026. 11. 24.', '24 November 2026',
    ])
    expect(each((language) => dayInWords('2026-12-02', { language, timeZone }))).toEqual([
      'sreda, 2. decembar 2026.', 'среда, 2. децембар 2026.', 'сряда, 2 декември 2026 г.', 'miercuri, 2 decembrie 2026',
      '2026. december 2., szerda', 'Wednesday 2 December 2026',
    ])
  })

  test('after "until" is bent in Serbian', () => {
    expect(plain(dayInWordsOf('2026-12-02', { language: 'sr-Latn', timeZone }))).toBe('srede, 2. decembra 2026.')
  })

  test('is the day of the town, not of Greenwich', () => {
    expect(dayOf('2026-11-24T23:30:00Z', timeZone)).toBe('2026-11-25')
    expect(plain(moment('2026-07-01T22:15:00Z', { language: 'sr-Cyrl', timeZone: 'Europe/Sofia' }))).toBe('02.07.2026. 1.15')
  })

  test('has its time written as each language writes it', () => {
    expect(each((language) => clockTime('07:30', language))).toEqual(['7.30', '7.30', '7.30 ч.', '7:30', '7.30', '7:30'])
  })
})

describe('a term', () => {
  const term: Deadline = {
    startsAt: '2026-11-24T08:00:00Z', dueAt: '2026-12-02T22:59:59Z', dueOn: '2026-12-02', kind: 'calendarDays', amount: 8,
    legalBasis: '', silence: '', suspendedSince: null, suspendedFor: null, suspensions: [], extendedAt: null, extension: null,
    formula: null, endedAt: null,
  }

  test('is calm while there is time', () => {
    expect(termState(term, '2026-11-27T09:00:00Z', timeZone)).toMatchObject({ word: 'left', tone: 'calm', days: 5 })
  })

  test('asks for attention from four fifths on, and on its last day', () => {
    expect(termState(term, '2026-12-01T10:00:00Z', timeZone)).toMatchObject({ word: 'left', tone: 'soon', days: 1 })
    expect(termState(term, '2026-12-02T10:00:00Z', timeZone)).toMatchObject({ word: 'today', tone: 'soon' })
  })

  test('is late from the next midnight of the town', () => {
    expect(termState(term, '2026-12-02T23:30:00Z', timeZone)).toMatchObject({ word: 'late', tone: 'late', days: 1, at: 1 })
    expect(termState(term, '2026-12-05T10:00:00Z', timeZone)).toMatchObject({ word: 'late', days: 3 })
  })

  test('stands while somebody is waited for, and shows where', () => {
    const state = termState({ ...term, suspendedSince: '2026-11-28T08:00:00Z' }, '2026-12-04T09:00:00Z', timeZone)

    expect(state).toMatchObject({ word: 'standing', tone: 'pause', days: 6 })
    expect(state.pauses).toHaveLength(1)
    expect(state.pauses[0]?.from).toBeCloseTo(state.at)
  })

  test('of a finished case tells how long it took', () => {
    const state = termState({ ...term, endedAt: '2026-11-26T09:00:00Z' }, '2027-03-01T00:00:00Z', timeZone)

    expect(state).toMatchObject({ word: 'took', tone: 'calm', days: 2 })
  })
})

test('counted words take the form their language asks for', () => {
  const form = (language: (typeof languages)[number], count: number): number => pluralRules[language]?.(count, 3) ?? -1

  expect([1, 2, 5, 11, 21, 22].map((count) => form('sr-Latn', count))).toEqual([0, 1, 2, 2, 0, 1])
  expect([1, 2, 19, 20, 101].map((count) => form('ro', count))).toEqual([0, 1, 1, 2, 1])
  expect([1, 2].map((count) => form('bg', count))).toEqual([0, 1])
  expect([1, 5].map((count) => form('hu', count))).toEqual([0, 0])
})

test('a code is read out in two groups of five', () => {
  expect(codeInGroups('7KQ2MX94TB')).toBe('7KQ2M X94TB')
})

test('a size is rounded to what one needs to know', () => {
  expect(['en', 'ro'].map((language) => plain(sizeInWords(1_887_437, language as 'en')))).toEqual(['1.8 MB', '1,8 MB'])
  expect(plain(sizeInWords(10 * 1024 * 1024, 'sr-Latn'))).toBe('10 MB')
  expect(plain(sizeInWords(12, 'bg'))).toBe('1 KB')
})

test('a name is shown in its own script and language', () => {
  expect(['Ћирић', 'Желязков', 'Szőke', 'Țepeneag', 'Kovač', 'Ana'].map((name) => languageOfName(name, 'sr-Cyrl'))).toEqual([
    'sr-Cyrl', 'sr-Cyrl', 'hu', 'ro', 'sr-Latn', undefined,
  ])
  expect(languageOfName('Желязков', 'bg')).toBe('bg')
})
