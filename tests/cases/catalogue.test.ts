import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedureOf, searchCatalogue } from '../../server/cases/catalogue.ts'
import type { Context } from '../../server/cases/context.ts'
import { testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let context: Context

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  context = town.contextFor(visitor())
})

afterAll(() => town.close())

test('without words the catalogue shows everything, the most asked for first', () => {
  const { entries } = searchCatalogue(context, { language: 'sr-Latn', q: '' })

  expect(entries.map((entry) => entry.id)).toEqual(['register-extract', 'petition', 'citizen-registration'])
})

test.each(['izvod', 'ИЗВОДА', 'izvod iz matične knjige', 'krstenica', 'крштеница', 'birth certificate'])('"%s" finds the extract', (q) => {
  const { entries } = searchCatalogue(context, { language: 'sr-Latn', q })

  expect(entries[0]!.id).toBe('register-extract')
})

test('a slip of the finger gets a suggestion in the reader’s script', () => {
  expect(searchCatalogue(context, { language: 'sr-Latn', q: 'drzavljnstvo' })).toEqual({ entries: [], didYouMean: 'državljanstvo' })
})

test('what the town does not do is not found, and nothing is suggested', () => {
  expect(searchCatalogue(context, { language: 'sr-Latn', q: 'xylophone' })).toEqual({ entries: [], didYouMean: null })
})

test('the procedure’s page tells term, fee and law as they hold today', () => {
  const page = procedureOf(context, 'register-extract', 'sr-Latn')

  expect(page).toMatchObject({
    term: { kind: 'calendarDays', amount: 8 },
    silence: 'breach',
    unit: 'Matična služba',
    assurance: 'password',
  })
  expect(page.fees).toContainEqual(expect.objectContaining({ id: 'paper', amount: { minor: 52_000, currency: 'RSD' } }))
  expect(page.title).toMatch(/^Izvod/)
  expect(page.documents.length).toBeGreaterThan(0)
})

test('a procedure the town does not offer has no page', () => {
  expect(() => procedureOf(context, 'social-aid', 'en')).toThrow(expect.objectContaining({ code: 'procedure-not-offered' }))
})
