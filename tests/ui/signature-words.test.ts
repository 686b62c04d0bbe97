import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { reasons, remarks } from '../../server/outside/signatures/index.ts'
import type { ShownSignature, ShownSignatures } from '../../server/http/contract/signatures.ts'
import { signaturesInWords } from '../../ui/shared/words/signatureWords.ts'
import { words } from '../support/words.ts'

const latin = await words('sr-Latn', 'rs')
const says = { t: (key: string, facts: Record<string, unknown> = {}) => latin.ui(key, facts as Record<string, string>), moment: (at: string) => at.slice(0, 10) }

const good: ShownSignature = {
  verdict: 'good', indication: 'TOTAL-PASSED', sub: null, reason: null, remarks: [], signer: 'Jovana Marinković', issuer: 'Izdavalac', who: 'applicant',
  claimedAt: '2026-11-24T09:00:00Z', provenAt: null, revocation: 'good', level: 'B',
}
const told = (change: Partial<ShownSignature>, found: Partial<ShownSignatures> = {}) =>
  signaturesInWords({ kind: 'signed', trust: 'national', validatedAt: '2026-11-24T12:00:00Z', signatures: [{ ...good, ...change }], ...found }, says)[0]!

test('every reason and remark of the validator, and every refusal of ours, has its sentence', async () => {
  const { signatures } = JSON.parse(await readFile('ui/shared/texts/en.json', 'utf8')) as { signatures: { reasons: object; remarks: object } }
  const ours = ['signer-other', 'form-filled-after', 'time-in-future', 'unreadable', 'unchecked', 'no-trust-list']

  expect(Object.keys(signatures.reasons).sort()).toEqual([...reasons, ...ours].sort())
  expect(Object.keys(signatures.remarks).sort()).toEqual([...remarks].sort())
})

test('a good signature says who, that it is the applicant, that it holds, and when', () => {
  expect(told({}).head).toBe('Potpisnik: Jovana Marinković · identitet potvrđen · potpis ispravan · 2026-11-24')
  expect(told({ remarks: ['time-only-claimed'] }).why).toEqual([latin.ui('signatures.remarks.time-only-claimed')])
})

test('a broken signature says nothing about the identity of whoever it names', () => {
  const { head, why } = told({ verdict: 'bad', indication: 'TOTAL-FAILED', sub: 'HASH_FAILURE', reason: 'file-altered', remarks: ['time-only-claimed'] })

  expect(head).toBe('Potpisnik: Jovana Marinković · potpis nije ispravan · 2026-11-24')
  expect(why).toEqual([latin.ui('signatures.reasons.file-altered')])
})

test('a good signature of somebody else is not called invalid: whose it is stands beside it', () => {
  expect(told({ verdict: 'bad', who: 'other', reason: 'signer-other' }).head).toContain('nije podnosilac · potpis ispravan')
})

test('the exact finding names the standard’s own words, and whose authorities were believed', () => {
  const { facts } = told({ provenAt: '2026-11-24T09:00:05Z', level: 'LT' }, { trust: 'demo' })

  expect(facts.map(({ value }) => value)).toEqual([
    '2026-11-24 po vremenskom žigu\n2026-11-24 po satu potpisnika', 'Izdavalac', 'važi', 'izmišljenim izdavaocima ove demonstracije', 'TOTAL-PASSED · B-LT', '2026-11-24',
  ])
})

test('what could not be read or checked says so', () => {
  expect(told({}, { kind: 'unreadable', signatures: [] })).toMatchObject({ tone: 'bad', head: latin.ui('signatures.unreadable') })
  expect(told({}, { kind: 'unchecked', signatures: [] })).toMatchObject({ tone: 'unsure', head: latin.ui('signatures.unchecked') })
})
