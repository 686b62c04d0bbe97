import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toLatin } from '../../server/rules/scripts/index.ts'
import { searchKey } from '../../server/rules/searchKey.ts'

describe('the same person is found however the name is written', () => {
  test.each([
    ['Đorđe', 'Djordje', 'Ђорђе', 'ĐORĐE', 'đorđe'.normalize('NFD')],
    ['Șerban', 'Şerban', 'Serban', 'şerban'],
    ['Țepeneag', 'Ţepeneag', 'Tepeneag'],
    ['Szőke Erzsébet', 'szoke erzsebet', 'SZŐKE  ERZSÉBET'],
    ['Ildikó Tűri', 'Ildiko Turi'],
    ['Љубица Његован', 'Ljubica Njegovan', 'ǈubica Njegovan'],
    ['Џамбазов', 'Džambazov', 'Dzambazov'],
    ['Живковић', 'Živković', 'Zivkovic'],
    ['Желязков', 'Zhelyazkov'],
    ['Щерев', 'Shterev'],
    ['Йорданка Цветкова', 'Yordanka Tsvetkova'],
    ['Ъглов', 'Aglov'],
    ['Юлия Чакърова', 'Yulia Chakarova'],
    ['София', 'Sofia', 'Sofía'],
    ['Извод из матичне књиге', 'izvod iz maticne knjige', 'IZVOD IZ MATIČNE KNJIGE'],
  ])('%s', (first, ...others) => {
    expect(others.map(searchKey)).toEqual(others.map(() => searchKey(first)))
  })
})

test('a key is small Latin letters, digits and single spaces', () => {
  expect(searchKey('  Đ. Petrović-Њ, IV-201-1187/2026 ')).toBe('dj petrovic nj iv 201 1187 2026')
  expect(searchKey('')).toBe('')
})

test('the key of a key is itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'абвгђжијљњћчџшщъюяđšžčćșțőűabcdhstyz -') }), (text) => {
      const key = searchKey(text)
      expect(searchKey(key)).toBe(key)
    }),
    { examples: [['tsh'], ['zhh'], ['тсх']] },
  )
})

test('a Serbian name has one key in both scripts', () => {
  const word = fc.string({ unit: fc.constantFrom(...'абвгдђежзијклљмнњопрстћуфхцчџш '), maxLength: 30 })

  fc.assert(fc.property(word, (cyrillic) => searchKey(cyrillic) === searchKey(toLatin(cyrillic))))
})
