import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../../server/rules/money.ts'
import { fullAccount } from '../../../server/rules/payments/account.ts'
import { ipsQr } from '../../../server/rules/payments/ipsQr.ts'
import { isModel97, model97, withModel97 } from '../../../server/rules/payments/model97.ts'

describe('model 97', () => {
  test.each([
    ['058', '21'],
    ['019', '41'],
    ['230', '87'],
    ['048', '51'],
    ['232', '81'],
    ['3220000111111111000', '16'],
  ])('of %s is %s', (reference, check) => {
    expect(model97(reference)).toBe(check)
    expect(isModel97(check + reference)).toBe(true)
  })

  test.each(['9714123412', '22-058', 'x', ''])('%s is no good reference', (reference) => {
    expect(isModel97(reference)).toBe(false)
  })

  test('a reference gets its digits in front', () => {
    expect(withModel97('058')).toBe('21-058')
  })

  test('any reference of letters and digits is good with its own check digits, and never with others', () => {
    const reference = fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZ'), minLength: 1, maxLength: 20 })

    fc.assert(
      fc.property(reference, fc.integer({ min: 1, max: 96 }), (text, shift) => {
        const check = model97(text)
        const other = String(((Number(check) - 2 + shift) % 97) + 2).padStart(2, '0')
        expect(isModel97(check + text)).toBe(true)
        expect(isModel97(other + text)).toBe(other === check)
      }),
    )
  })
})

describe('an account', () => {
  test.each([
    ['840-742221843-57', '840000074222184357'],
    ['840-745151843-03', '840000074515184303'],
    ['840-742251843-73', '840000074225184373'],
    ['840-955845-10', '840000000095584510'],
    ['165-55-74', '165000000000005574'],
    ['840000000095584510', '840000000095584510'],
  ])('%s is %s in full', (text, full) => {
    expect(fullAccount(text)).toBe(full)
  })

  test.each(['840-742221843-58', '840-742221843', '', 'abc'])('%s is none', (text) => {
    expect(fullAccount(text)).toBeUndefined()
  })
})

describe('the IPS QR code', () => {
  test('of the bank’s own example', () => {
    expect(ipsQr({ account: '840-955845-10', payee: 'Čigra doo', sum: money(102_512, 'RSD'), paymentCode: '289' })).toBe(
      'K:PR|V:01|C:1|R:840000000095584510|N:Čigra doo|I:RSD1025,12|SF:289',
    )
  })

  test('of a fee for an extract', () => {
    const payment = {
      account: '840-742221843-57',
      payee: 'Republička administrativna taksa',
      sum: money(52_000, 'RSD'),
      paymentCode: '253',
      purpose: 'Taksa za izvod iz MKR',
      reference: '9721058',
    }

    expect(ipsQr(payment)).toBe(
      'K:PR|V:01|C:1|R:840000074222184357|N:Republička administrativna taksa|I:RSD520,00|SF:253|S:Taksa za izvod iz MKR|RO:9721058',
    )
  })

  const good = { account: '840-955845-10', payee: 'Čigra doo', sum: money(5, 'RSD'), paymentCode: '289' }
  test.each([
    ['an account with a wrong check digit', { account: '840-955845-11' }],
    ['another currency', { sum: money(5, 'EUR') }],
    ['nothing to pay', { sum: money(0, 'RSD') }],
    ['a bar in the payee', { payee: 'a|b' }],
    ['a purpose longer than 35', { purpose: 'x'.repeat(36) }],
    ['a purpose of two lines', { purpose: 'x\ny' }],
    ['a payment code that is no number', { paymentCode: '28' }],
    ['a reference that is too long', { reference: '97' + '1'.repeat(24) }],
  ])('is not made of %s', (_why, change) => {
    expect(() => ipsQr({ ...good, ...change })).toThrow(RangeError)
  })

  test('writes five para as five para', () => {
    expect(ipsQr(good)).toContain('|I:RSD0,05|')
  })
})
