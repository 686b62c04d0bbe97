import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCompanyNumber, maskNumber } from '../../../server/rules/identifiers/index.ts'

describe('good numbers', () => {
  test.each([
    ['rs', '101134702', 'pib'],
    ['rs', '100002887', 'pib'],
    ['rs', '20053658', 'mb'],
    ['rs', '07007965', 'mb'],
    ['rs', '17162543', 'mb'],
    ['rs', '66841251', 'mb'],
    ['rs', '07026480', 'mb'],
    ['ba', '4400000000001', 'jib'],
    ['bg', '175074752', 'eik'],
    ['bg', '131071587', 'eik'],
    ['bg', '1213961230342', 'eik'],
    ['bg', '100000086', 'eik'],
    ['bg', 'BG 175074752', 'eik'],
    ['ro', '18547290', 'cui'],
    ['ro', 'RO18547290', 'cui'],
    ['ro', 'ro 18547290', 'cui'],
  ])('%s %s is a %s', (country, text, kind) => {
    expect(checkCompanyNumber(country, text)).toEqual({ ok: true, kind })
  })
})

describe('bad numbers', () => {
  test.each([
    ['rs', '101134703', 'check-digit'],
    ['rs', '20053657', 'check-digit'],
    ['rs', '1011347', 'length'],
    ['rs', '10113470a', 'digits'],
    ['ba', '440000000000', 'length'],
    ['bg', '175074751', 'check-digit'],
    ['bg', '1213961230343', 'check-digit'],
    ['bg', '17507475', 'length'],
    ['ro', '18547291', 'check-digit'],
    ['ro', '1', 'length'],
    ['ro', 'RO', 'digits'],
  ])('%s %s fails for its %s', (country, text, fault) => {
    expect(checkCompanyNumber(country, text)).toEqual({ ok: false, fault })
  })

  test('no single wrong digit of a PIB passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const good = '101134702'
        const wrong = good.slice(0, at) + ((Number(good[at]) + shift) % 10) + good.slice(at + 1)
        return !checkCompanyNumber('rs', wrong).ok
      }),
    )
  })
})

describe('a masked number', () => {
  test('shows its last three places', () => {
    expect(maskNumber('0101000805018')).toBe('••••••••••\u00a0018')
    expect(maskNumber('8501 0110 18')).toBe('•••••••\u00a0018')
  })

  test('hides all of a short one', () => {
    expect(maskNumber('018')).toBe('•••')
    expect(maskNumber('')).toBe('')
  })
})
