import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPersonalNumber } from '../../../server/rules/identifiers/index.ts'

const today = '2026-11-24'
const check = (country: string, text: string) => checkPersonalNumber(country, text, today)

describe('JMBG', () => {
  test.each([
    ['0101000805018', '2000-01-01', 'female'],
    ['1503985810120', '1985-03-15', 'male'],
    ['2307990855035', '1990-07-23', 'female'],
    ['2902000810011', '2000-02-29', 'male'],
    ['3112985899995', '1985-12-31', 'female'],
    ['0101990100013', '1990-01-01', 'male'],
    ['0505985155121', '1985-05-05', 'female'],
  ])('%s is good and tells the birthday and the sex', (text, birthDate, sex) => {
    expect(check('rs', text)).toEqual({ ok: true, kind: 'jmbg', birthDate, sex })
    expect(check('ba', text)).toEqual(check('rs', text))
  })

  test.each(['0101990360007', '0101001250028'])('%s of another former republic is good', (text) => {
    expect(check('rs', text).ok).toBe(true)
  })

  test.each([
    ['0101001890123', 'check-digit'],
    ['010100080501', 'length'],
    ['01010008050181', 'length'],
    ['01010008O5018', 'digits'],
    ['', 'length'],
    ['3002985810120', 'date'],
    ['2902001810011', 'date'],
    ['0101030805011', 'date'],
  ])('%s fails for its %s', (text, fault) => {
    expect(check('rs', text)).toEqual({ ok: false, fault })
  })

  test('spaces between the parts are allowed', () => {
    expect(check('rs', ' 0101 000 80 501 8 ').ok).toBe(true)
  })

  test('no single wrong digit after the date passes unseen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 11 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const good = '2902000810011'
        const wrong = good.slice(0, at) + ((Number(good[at]) + shift) % 10) + good.slice(at + 1)
        return !check('rs', wrong).ok
      }),
    )
  })
})

describe('ЕГН and ЛНЧ', () => {
  test.each([
    ['8501011018', '1985-01-01'],
    ['0541120013', '2005-01-12'],
    ['0550290476', '2005-10-29'],
    ['7523169263', '1875-03-16'],
  ])('%s is an ЕГН and tells the birthday', (text, birthDate) => {
    expect(check('bg', text)).toMatchObject({ ok: true, kind: 'egn', birthDate })
  })

  test('7111042925 is the ЛНЧ of a foreigner', () => {
    expect(check('bg', '7111042925')).toEqual({ ok: true, kind: 'lnch' })
  })

  test.each([
    ['8019010008', 'date'],
    ['8032056030', 'check-digit'],
    ['4541010013', 'date'],
    ['7111042922', 'check-digit'],
    ['1001122334', 'check-digit'],
    ['850101101', 'length'],
    ['85010110АБ', 'digits'],
  ])('%s fails for its %s', (text, fault) => {
    expect(check('bg', text)).toEqual({ ok: false, fault })
  })

  test('the ninth digit tells the sex', () => {
    expect(check('bg', '8501011018')).toMatchObject({ sex: 'female' })
    expect(check('bg', '7523169263')).toMatchObject({ sex: 'male' })
  })
})

describe('CNP', () => {
  test.each([
    ['1850101110002', '1985-01-01', 'male'],
    ['6040229110017', '2004-02-29', 'female'],
    ['1850101110071', '1985-01-01', 'male'],
    ['1630615123457', '1963-06-15', 'male'],
  ])('%s is good and tells birthday and sex', (text, birthDate, sex) => {
    expect(check('ro', text)).toEqual({ ok: true, kind: 'cnp', birthDate, sex })
  })

  test.each([
    ['1630615123458', 'check-digit'],
    ['0630615123457', 'date'],
    ['1630631123457', 'date'],
    ['6050229110017', 'date'],
    ['163061512345', 'length'],
    ['16306151234x7', 'digits'],
  ])('%s fails for its %s', (text, fault) => {
    expect(check('ro', text)).toEqual({ ok: false, fault })
  })

  test('a resident born abroad keeps the century to himself', () => {
    const good = '0123456789'.split('').map((digit) => check('ro', `785010111000${digit}`)).filter((each) => each.ok)

    expect(good).toEqual([{ ok: true, kind: 'cnp', sex: 'male' }])
  })
})

test('a country we do not know accepts nothing', () => {
  expect(check('xx', '0101000805018').ok).toBe(false)
  expect(check('toString', '0101000805018').ok).toBe(false)
})

test('whatever is typed gets an answer and never an exception', () => {
  fc.assert(
    fc.property(fc.constantFrom('rs', 'ba', 'bg', 'ro'), fc.string(), (country, text) => {
      expect(typeof check(country, text).ok).toBe('boolean')
    }),
  )
})
