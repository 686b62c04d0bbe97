import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { latinTexts, toCyrillic, toLatin } from '../../../server/rules/scripts/index.ts'

describe('Cyrillic to Latin', () => {
  test.each([
    ['Љубав', 'Ljubav'],
    ['ЉУБАВ', 'LJUBAV'],
    ['Њ', 'Nj'],
    ['КОЊ', 'KONJ'],
    ['КОЊ и Џеп', 'KONJ i Džep'],
    ['Ђорђе Џамбазов', 'Đorđe Džambazov'],
    ['надживети', 'nadživeti'],
    ['инјекција', 'injekcija'],
    ['Број IV-201-1187/2026, {{ case.number }}', 'Broj IV-201-1187/2026, {{ case.number }}'],
    ['„Овде“ – ш, ђ, ж, ч и ћ.', '„Ovde“ – š, đ, ž, č i ć.'],
    ['Щъ Szőke Țepeneag', 'Щъ Szőke Țepeneag'],
  ])('%s is %s', (cyrillic, latin) => {
    expect(toLatin(cyrillic)).toBe(latin)
  })
})

describe('Latin to Cyrillic', () => {
  test.each([
    ['Ljubav', 'Љубав'],
    ['LJUBAV', 'ЉУБАВ'],
    ['Đorđe Njegovan', 'Ђорђе Његован'],
    ['džep, DŽEP, Džep', 'џеп, ЏЕП, Џеп'],
    ['ǆep ǈubav Ǌ', 'џеп Љубав Њ'],
    ['nadživeti', 'надживети'],
    ['nenadživljen', 'ненадживљен'],
    ['injekcija', 'инјекција'],
    ['konjunkcija', 'конјункција'],
    ['Tanjug', 'Танјуг'],
    ['Konjic', 'Коњиц'],
    ['odžaliti, odžak', 'оджалити, оџак'],
    ['podžanr, vanjezički', 'поджанр, ванјезички'],
    ['Pišite na ana@primer.rs ili https://sombor.example/x', 'Пишите на ana@primer.rs или https://sombor.example/x'],
    ['odeljenje IV, član 29. i XII vek', 'одељење IV, члан 29. и XII век'],
    ['Viber i Windows', 'Вибер и Windows'],
    ['kod 7KQ2M X94TB', 'код 7KQ2M X94TB'],
    ['Zdravo, {name}', 'Здраво, {name}'],
    ['Broj {{ case.number }}', 'Број {{ case.number }}'],
    ['I tada', 'И тада'],
  ])('%s is %s', (latin, cyrillic) => {
    expect(toCyrillic(latin)).toBe(cyrillic)
  })

  test('letters written with a separate mark are read like whole ones', () => {
    expect(toCyrillic('šuma'.normalize('NFD'))).toBe('шума')
  })
})

test('Cyrillic words without the separate pairs come back from Latin as they were', () => {
  const letter = fc.constantFrom(...'абвгдђезиклмнопрстћуфхцчш')
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 12 })

  fc.assert(fc.property(word, (cyrillic) => toCyrillic(toLatin(cyrillic)) === cyrillic))
})

test('to Latin leaves no Serbian Cyrillic letter and is stable', () => {
  const word = fc.string({ unit: fc.constantFrom(...'АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш .-'), maxLength: 40 })

  fc.assert(
    fc.property(word, (cyrillic) => {
      const latin = toLatin(cyrillic)
      expect(latin).not.toMatch(/[Ѐ-ӿ]/)
      expect(toLatin(latin)).toBe(latin)
    }),
  )
})

test('texts are derived with their keys and shape', () => {
  const texts = { title: 'Извод', forms: { kind: { options: { birth: 'рођених' } } }, list: ['Љ', 'њ'] }

  expect(latinTexts(texts)).toEqual({ title: 'Izvod', forms: { kind: { options: { birth: 'rođenih' } } }, list: ['Lj', 'nj'] })
  expect(texts.title).toBe('Извод')
})
