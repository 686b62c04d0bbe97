import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLatin } from '../../../server/rules/sms/plainLatin.ts'
import { smsParts } from '../../../server/rules/sms/smsParts.ts'

test.each([
  ['', 'gsm-7', 0, 1],
  ['a'.repeat(160), 'gsm-7', 160, 1],
  ['a'.repeat(161), 'gsm-7', 161, 2],
  ['a'.repeat(306), 'gsm-7', 306, 2],
  ['a'.repeat(307), 'gsm-7', 307, 3],
  ['€'.repeat(80), 'gsm-7', 160, 1],
  // 153 units hold 76 euro signs and a half: no sign is parted.
  ['€'.repeat(153), 'gsm-7', 306, 3],
  ['ш'.repeat(70), 'ucs-2', 70, 1],
  ['ш'.repeat(71), 'ucs-2', 71, 2],
  ['ш'.repeat(134), 'ucs-2', 134, 2],
  ['ш'.repeat(135), 'ucs-2', 135, 3],
  ['a'.repeat(69) + 'č', 'ucs-2', 70, 1],
  ['😀'.repeat(35), 'ucs-2', 70, 1],
] as const)('%s travels as %s in %i units and %i parts', (text, encoding, units, parts) => {
  expect(smsParts(text)).toEqual({ encoding, units, parts })
})

test.each([
  ['Град Сомбор: примљен захтев', 'sr-Cyrl', 'Grad Sombor: primljen zahtev'],
  ['Đorđe Čvorović, šećer i žar', 'sr-Latn', 'Djordje Cvorovic, secer i zar'],
  ['Община Стара Загора: приехме', 'bg', 'Obshtina Stara Zagora: priehme'],
  ['Răspunsul este gata, știți', 'ro', 'Raspunsul este gata, stiti'],
  ['Őszi ügyintézés, űrlap', 'hu', 'Öszi ügyintézés, ürlap'],
])('%s in plain Latin is %s: %s', (text, language, plain) => {
  expect(plainLatin(text, language)).toBe(plain)
})

test('whatever is written in plain Latin goes 160 to a message', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(smsParts(plainLatin(text, 'sr-Latn')).encoding).toBe('gsm-7')
  }))
})
