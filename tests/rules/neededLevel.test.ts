import { expect, test } from 'vitest'
import { neededLevel, type LevelRule } from '../../server/rules/neededLevel.ts'

const rising = ['anonymous', 'code', 'password', 'e-signature'] as const
type Level = (typeof rising)[number]
const rules: LevelRule<Level>[] = [
  { answer: 'what', is: ['certificate'], level: 'e-signature' },
  { answer: 'what', is: ['balance', 'list'], level: 'password' },
  { answer: 'bankAccount', level: 'password' },
]
const needed = (answers: Record<string, unknown>, own: Level = 'anonymous'): Level => neededLevel<Level>(own, rules, answers, rising)

test('a look at the tax balance needs a password, the certificate about it an e-signature', () => {
  expect([needed({ what: 'question' }), needed({ what: 'balance' }), needed({ what: 'certificate' })]).toEqual(['anonymous', 'password', 'e-signature'])
})

test('a field may need a level whatever is answered, and none while it is empty', () => {
  expect(['', null, undefined, false, []].map((bankAccount) => needed({ bankAccount }))).toEqual(Array(5).fill('anonymous'))
  expect(needed({ bankAccount: '160-0000000000001-11' })).toBe('password')
})

test('of several rules the highest counts, of several choices each, and never less than the procedure’s own level', () => {
  expect(needed({ bankAccount: 'x', what: 'certificate' })).toBe('e-signature')
  expect(needed({ what: ['list', 'certificate'] })).toBe('e-signature')
  expect(needed({ what: 'balance' }, 'e-signature')).toBe('e-signature')
})
