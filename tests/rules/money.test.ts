import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMoney, formatMoney, levaToEuro, money, plainAmount, timesMoney } from '../../server/rules/money.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('sums are written as people of each language write them', () => {
  test.each([
    [52_000, 'RSD', 'sr-Latn', '520 RSD'],
    [124_050, 'RSD', 'sr-Cyrl', '1.240,50 RSD'],
    [124_050, 'RSD', 'hu', '1 240,50 RSD'],
    [124_050, 'RSD', 'en', 'RSD 1,240.50'],
    [256, 'EUR', 'bg', '2,56 €'],
    [256, 'EUR', 'en', '€2.56'],
    [1000, 'RON', 'ro', '10 lei'],
    [123_456_789, 'RON', 'ro', '1.234.567,89 lei'],
    [500, 'BGN', 'bg', '5 лв.'],
    [1000, 'BAM', 'sr', '10 KM'],
    [5, 'EUR', 'bg', '0,05 €'],
    [-52_000, 'RSD', 'sr', '−520 RSD'],
    [100, 'XXX', 'de', 'XXX 1'],
  ])('%i %s in %s is %s', (minor, currency, language, text) => {
    expect(plain(formatMoney(money(minor, currency), language))).toBe(text)
  })

  test('an act keeps the zeros', () => {
    expect(plain(formatMoney(money(52_000, 'RSD'), 'sr', 'always'))).toBe('520,00 RSD')
  })

  test('a sum is never broken across lines', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('sr', 'bg', 'ro', 'hu', 'en'), (minor, language) => {
        expect(formatMoney(money(minor, 'RSD'), language)).not.toContain(' ')
      }),
    )
  })
})

describe('calculation stays whole', () => {
  test('copies multiply and sums add up', () => {
    expect(timesMoney(money(52_000, 'RSD'), 3)).toEqual({ minor: 156_000, currency: 'RSD' })
    expect(addMoney('RSD', money(1, 'RSD'), money(2, 'RSD'))).toEqual({ minor: 3, currency: 'RSD' })
    expect(addMoney('RSD')).toEqual({ minor: 0, currency: 'RSD' })
  })

  test.each([0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('%d minor units are refused', (minor) => {
    expect(() => money(minor, 'RSD')).toThrow(RangeError)
  })

  test('two currencies are not added', () => {
    expect(() => addMoney('EUR', money(1, 'EUR'), money(1, 'BGN'))).toThrow('cannot be added')
  })
})

describe('leva become euro at 1.95583', () => {
  test.each([
    [500, 256],
    [600, 307],
    [900, 460],
    [195_583, 100_000],
    [1, 1],
    [0, 0],
    [-500, -256],
  ])('%i stotinki are %i cents', (stotinki, cents) => {
    expect(levaToEuro(money(stotinki, 'BGN'))).toEqual({ minor: cents, currency: 'EUR' })
  })

  test('the result is never further than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (stotinki) => {
        const cents = BigInt(levaToEuro(money(stotinki, 'BGN')).minor)
        const distance = cents * 195_583n - BigInt(stotinki) * 100_000n
        return 2n * (distance < 0n ? -distance : distance) <= 195_583n
      }),
    )
  })
})

test('machines get a dot and two decimals', () => {
  expect(plainAmount(money(52_000, 'RSD'))).toBe('520.00')
  expect(plainAmount(money(-7, 'RSD'))).toBe('-0.07')
})
