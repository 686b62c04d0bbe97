import fc from 'fast-check'
import { expect, test } from 'vitest'
import { haveWordInCommon, isSimilarName } from '../../server/rules/similarNames.ts'
import { searchKey } from '../../server/rules/searchKey.ts'

const similar = (one: string, other: string): boolean => isSimilarName(searchKey(one), searchKey(other))

test.each([
  ['Đorđe Petrović', 'Ђорђе Петровић', 'in the other script'],
  ['Đorđe Petrović', 'Petrovic Djordje', 'without marks, family name first'],
  ['Marko Ilić', 'Mako Ilić', 'a letter missing'],
  ['Marko Ilić', 'Markko Ilić', 'a letter too much'],
  ['Marko Ilić', 'Marho Ilić', 'a letter wrong'],
  ['Marko Ilić', 'Makro Ilić', 'two letters changed'],
  ['Иван Георгиев', 'Иван Петров Георгиев', 'with the father’s name'],
  ['Jelena Marković', 'Jelena Marković Ilić', 'with a second family name'],
  ['Ana Marija Kovač', 'Anamarija Kovač', 'written as one word'],
  ['Szabó Erzsébet', 'Erzsebet Szabo', 'Hungarian order and marks'],
])('%s and %s are similar: %s', (one, other) => {
  expect(similar(one, other)).toBe(true)
})

test.each([
  ['Marko Ilić', 'Marko Perić', 'another family name'],
  ['Marko Ilić', 'Ilić', 'a family name alone'],
  ['Ana Ilić', 'Ena Ilic Ivić Perić Marić'.split(' ').slice(2).join(' '), 'nothing in common'],
  ['Marko Ilić', 'Mirka Ilić', 'two letters wrong'],
  ['Li Po', 'Lo Po', 'a slip in a word of two letters'],
])('%s and %s are not: %s', (one, other) => {
  expect(similar(one, other)).toBe(false)
})

test('whatever one letter is mistyped in a name of two words, it is similar, either way round', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefgij'), minLength: 3, maxLength: 9 })
  fc.assert(fc.property(word, word, fc.nat(), fc.constantFrom(...'abcdefgij'), fc.constantFrom('wrong', 'missing', 'more', 'changed'), (given, family, at, letter, how) => {
    const place = at % family.length
    const [before, after] = [family.slice(0, place), family.slice(place + 1)]
    const typed = how === 'wrong' ? before + letter + after
      : how === 'missing' ? before + after
      : how === 'more' ? before + letter + family.slice(place)
      : before.slice(0, -1) + family[place] + before.slice(-1) + after

    expect(isSimilarName(`${given} ${family}`, `${typed} ${given}`)).toBe(true)
    expect(isSimilarName(`${typed} ${given}`, `${given} ${family}`)).toBe(true)
  }))
})

test('a new family name leaves the given name in common, a relative leaves the family name, a stranger nothing', () => {
  expect(haveWordInCommon(searchKey('Jelena Marković'), searchKey('Јелена Илић'))).toBe(true)
  expect(haveWordInCommon('jelena markovic', 'petar markovic')).toBe(true)
  expect(haveWordInCommon('jelena markovic', 'petar ilic')).toBe(false)
})
