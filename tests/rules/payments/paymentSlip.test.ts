import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../../server/rules/money.ts'
import { creditorReference, isCreditorReference } from '../../../server/rules/payments/creditorReference.ts'
import { readIban } from '../../../server/rules/payments/iban.ts'
import { isPaymentReference, paymentReference, readings } from '../../../server/rules/payments/paymentReference.ts'
import { paymentSlip } from '../../../server/rules/payments/paymentSlip.ts'

describe('references', () => {
  test('a creditor reference has the check digits of the standard', () => {
    expect(creditorReference('539007547034')).toBe('RF18539007547034')
    expect(isCreditorReference('RF18 5390 0754 7034')).toBe(true)
    expect(isCreditorReference('RF19 5390 0754 7034')).toBe(false)
  })

  test.each([
    ['rs', '232', /^\d\d-2320123456789$/],
    ['bg', '', /^RF\d\d0123456789$/],
    ['ro', '', /^RF\d\d0123456789$/],
    ['ba', '014', /^0140123456789$/],
  ] as const)('of %s with code %s looks as payers there know it', (country, code, form) => {
    const reference = paymentReference(country, code, '0123456789')

    expect(reference).toMatch(form)
    expect(isPaymentReference(country, reference)).toBe(true)
  })

  test('a digit mistyped is told, where references have check digits', () => {
    const digits = fc.stringMatching(/^\d{10}$/)
    fc.assert(fc.property(fc.constantFrom('rs' as const, 'bg' as const), digits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (country, own, at, by) => {
      const good = paymentReference(country, country === 'rs' ? '232' : '', own)
      const place = good.length - 10 + at
      const wrong = good.slice(0, place) + ((Number(good[place]) + by) % 10) + good.slice(place + 1)
      expect(isPaymentReference(country, good)).toBe(true)
      expect(isPaymentReference(country, wrong)).toBe(false)
    }))
  })

  test('a bank that tells the model before the reference is understood', () => {
    expect(readings('rs', '97 81-232 0123456789')).toContain('812320123456789')
    expect(readings('rs', '81-2320123456789')).toEqual(['812320123456789'])
  })
})

test.each([
  ['BG80 BNBG 9661 1020 3456 78', 'BG80BNBG96611020345678'],
  ['RO49 AAAA 1B31 0075 9384 0000', 'RO49AAAA1B31007593840000'],
  ['BG81 BNBG 9661 1020 3456 78', undefined],
  ['840-742221843-57', undefined],
])('the account %s is read as %s', (text, iban) => {
  expect(readIban(text)).toBe(iban)
})

test('a Serbian slip has the code for the telephone, however long the words are', () => {
  const slip = paymentSlip('rs', {
    payee: 'Град Сомбор, Градска управа | Одељење за финансије и још много речи које не стају у седамдесет знакова',
    account: '840-742221843-57', paymentCode: '253', sum: money(52000, 'RSD'), purpose: 'Извод из матичне књиге рођених, предмет IV-201-1/2026',
    reference: '97-058',
  })

  expect(slip).toMatchObject({ model: '97', paymentCode: '253' })
  expect(slip.ips).toMatch(/^K:PR\|V:01\|C:1\|R:840000074222184357\|N:[^|]{1,70}\|I:RSD520,00\|SF:253\|S:[^|]{1,35}\|RO:9797058$/)
})

test('elsewhere a slip has no code', () => {
  const slip = paymentSlip('ro', {
    payee: 'Județul Caraș-Severin', account: 'RO49AAAA1B31007593840000', paymentCode: '', sum: money(1000, 'RON'), purpose: 'Taxă', reference: 'RF18539007547034',
  })

  expect(slip).toMatchObject({ model: null, ips: null, paymentCode: null })
})
