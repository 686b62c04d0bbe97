import { describe, expect, test } from 'vitest'
import { dayToType, typedDay } from '../../ui/counter/desk/typedDay.ts'
import type { Visit } from '../../ui/counter/desk/desk.ts'
import { applicantOf } from '../../ui/counter/filing/applicantOf.ts'
import { deedOf, type DeskDeed } from '../../ui/counter/frame/deskKeys.ts'
import { toldByNumber } from '../../ui/counter/person/toldByNumber.ts'
import { whatDiffers } from '../../ui/counter/person/whatDiffers.ts'
import { registrationFaults, toRegister } from '../../ui/counter/registration/registrationFaults.ts'

const today = '2026-11-24'
const nobody = { country: 'rs', today, checked: null }

type Change = { typed?: Partial<Visit['typed']>; account?: Partial<Visit['account']> } & Partial<Omit<Visit, 'typed' | 'account'>>
function visit(change: Change = {}): Visit {
  return {
    who: 'typed', known: null, language: 'sr-Latn', service: null, answers: {}, delivery: 'pick-up', clientKey: 'key', draftId: 'draft',
    ...change,
    typed: {
      numberKind: 'personal-number', number: '1403991815121', familyName: 'Петровић', givenName: 'Милена', bornOn: '',
      email: 'milena@primer.example', phone: '', address: '', ...change.typed,
    },
    account: {
      documentKind: 'identity-card', documentNumber: '008123456', validUntil: '24112030', eDelivery: 'yes', notices: ['email'], same: '',
      ...change.account,
    },
  }
}
type Around = Parameters<typeof registrationFaults>[1]
const fields = (at: Visit, around: Around = nobody): string[] => registrationFaults(at, around).map(({ field, code }) => `${field} ${code}`)

test.each([
  ['24112030', '2030-11-24'], ['24.11.2030.', '2030-11-24'], ['1. 3. 1991', '1991-03-01'], ['2030. 11. 24.', '2030-11-24'],
  ['1991-03-14', '1991-03-14'], ['20301124', '2030-11-24'], ['20112030', '2030-11-20'], ['31022030', null], ['24.11.', null], ['', null], ['24.11.30', null],
])('the day typed as "%s" is %s', (text, day) => {
  expect(typedDay(text)).toBe(day)
})

test.each(['sr-Latn', 'bg', 'hu', 'en'] as const)('a day written out in %s is read back as the same day', (language) => {
  expect(typedDay(dayToType('2030-02-09', language))).toBe('2030-02-09')
})

describe('what a number tells', () => {
  test.each([
    ['rs', '1403991815121', { ok: true, bornOn: '1991-03-14', sex: 'female', age: 35 }],
    ['rs', '1403991815122', { ok: false, fault: 'check-digit' }],
    ['rs', '14039918', { ok: false, fault: 'length' }],
    ['bg', '8012056037', { ok: true, bornOn: '1980-12-05', sex: 'female', age: 45 }],
  ])('of %s %s', (country, number, told) => {
    expect(toldByNumber({ numberKind: 'personal-number', number }, country, today)).toEqual(told)
  })

  test('a passport tells nothing', () => {
    expect(toldByNumber({ numberKind: 'passport', number: '1403991815121' }, 'rs', today)).toMatchObject({ ok: true, bornOn: null })
  })
})

describe('before a registration is sent', () => {
  test('nothing is missing when all is told', () => {
    expect(fields(visit())).toEqual([])
  })

  test('what is missing is named in the order of the screen', () => {
    const empty = visit({
      typed: { number: '', familyName: '', givenName: '', email: '' }, account: { documentNumber: '', validUntil: '', eDelivery: '' },
    })

    expect(fields(empty)).toEqual([
      'number required', 'familyName required', 'givenName required', 'email required',
      'document.number required', 'document.validUntil required', 'eDelivery consent',
    ])
  })

  test('a document that has expired, and a person under sixteen, are told before anything is sent', () => {
    expect(fields(visit({ account: { validUntil: '23112026' } }))).toEqual(['document.validUntil expired'])
    expect(fields(visit({ typed: { numberKind: 'passport', number: '009876543', bornOn: '25.11.2010.' } }))).toEqual(['bornOn too-young'])
    expect(fields(visit({ typed: { numberKind: 'passport', number: '009876543', bornOn: '24.11.2010.' } }))).toEqual([])
  })

  test('a wrong check digit does not forbid it, a wrong length does', () => {
    expect(fields(visit({ typed: { number: '1403991815122', bornOn: '14.03.1991.' } }))).toEqual([])
    expect(fields(visit({ typed: { number: '140399181512', bornOn: '14.03.1991.' } }))).toEqual(['number length'])
  })

  test('similar people must be answered, and the answer is sent', () => {
    const person = {
      personId: 'p', givenName: 'Милена', familyName: 'Петровић', bornOn: null, numberMask: '', sameNumber: false, hasAccount: false,
    }
    const checked = { faults: [], bornOn: null, sex: null, age: null, oldEnough: null, account: 'none' as const, similar: [person] }
    const around = { ...nobody, checked }

    expect(fields(visit(), around)).toEqual(['similar who'])
    expect(toRegister(visit({ account: { same: 'p' } }), around, 'v1')).toMatchObject({ samePersonId: 'p', isAnother: false })
    expect(toRegister(visit({ account: { same: 'another' } }), around, 'v1')).toMatchObject({ isAnother: true })
    // who has the same number is the same person, and nobody is asked
    const same = { ...around, checked: { ...checked, similar: [{ ...person, sameNumber: true }] } }
    expect(fields(visit(), same)).toEqual([])
    expect(toRegister(visit(), same, 'v1')).toMatchObject({ samePersonId: 'p', isAnother: false, bornOn: '1991-03-14' })
  })
})

test('script and marks are no difference between people; another birthday and another number are', () => {
  const known = { familyName: 'Petrović', givenName: 'Milena', bornOn: '1991-03-15', numberMask: '•••121', sameNumber: false }

  const same = { familyName: 'ПЕТРОВИЋ', givenName: 'милена', number: '1403991815130' }
  expect(whatDiffers(known, same, '1991-03-14')).toEqual(['bornOn', 'number'])
  const typed = { familyName: 'Петровић', givenName: 'Милица', number: '1' }
  expect(whatDiffers({ ...known, numberMask: '' }, typed, null)).toEqual(['givenName', 'noNumber'])
})

test('of somebody the town knows only the contact is sent, of somebody new all of it, of somebody unnamed nothing', () => {
  const known = { person: { id: 'p', kind: 'person', name: 'Милена Петровић' } } as unknown as NonNullable<Visit['known']>

  expect(applicantOf(visit({ who: 'known', known }))).toMatchObject({ kind: 'person', familyName: '', number: '', email: 'milena@primer.example' })
  expect(applicantOf(visit())).toMatchObject({ familyName: 'Петровић', number: '1403991815121', delivery: 'pick-up' })
  expect(applicantOf(visit({ who: 'unnamed' }))).toMatchObject({ kind: 'anonymous', familyName: '', email: '' })
  expect(applicantOf(visit({ answers: { answerChannel: 'post' } }))).toMatchObject({ delivery: 'post' })
})

test.each<[Partial<KeyboardEventInit> & { key: string }, DeskDeed | undefined]>([
  [{ key: 'F10' }, 'send'], [{ key: 'Escape' }, 'aside'], [{ key: 'z', altKey: true }, 'send'],
  [{ key: 'З', code: 'KeyZ', altKey: true }, 'send'],
  [{ key: 'F10', shiftKey: true }, undefined], [{ key: 'z' }, undefined], [{ key: 'z', altKey: true, ctrlKey: true }, undefined],
])('the key %o does %s', (key, deed) => {
  const event = {
    defaultPrevented: false, isComposing: false, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, code: '', target: null, ...key,
  }

  expect(deedOf(event as unknown as KeyboardEvent, (each) => ({ send: 'З' }[each as string] ?? 'Ћ'))).toBe(deed)
})
