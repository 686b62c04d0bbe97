import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { attachFile } from '../../server/cases/attachFile.ts'
import { verifyAudit } from '../../server/cases/audit.ts'
import { detachFile } from '../../server/cases/detachFile.ts'
import type { ApplicantGiven } from '../../server/cases/draft.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDraft } from '../../server/cases/readDraft.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import { outageValidator } from '../../server/outside/signatures/index.ts'
import { keptWorld } from '../outside/signatures/world.ts'
import { marko, nobody, petition } from '../support/filing.ts'
import { citizen, testTown, type TestTown } from '../support/town.ts'

const world = await keptWorld()
let town: TestTown
let jovana: Actor
let draftId: string

beforeAll(async () => {
  town = await testTown({ startsAt: '2026-11-24T12:00:00Z', signatures: world.validatorBy })
  jovana = await citizen(town)
})

beforeEach(async () => {
  draftId = uuidv7()
  await begin(jovana)
})

afterAll(() => town.close())

const begin = (actor: Actor, applicant: Partial<ApplicantGiven> = {}): Promise<unknown> =>
  saveDraft(town.contextFor(actor), draftId, { procedure: 'petition', answers: {}, applicant, page: 0 })

interface How {
  as?: string
  field?: string
  actor?: Actor
}

const attach = async (name: string, { as = name, field = 'signedLetter', actor = jovana }: How = {}) =>
  attachFile(town.contextFor(actor), draftId, { field, fileName: as, declaredType: '', bytes: await world.bytesOf(name) })

const file = (actor: Actor = jovana, applicant: ApplicantGiven = { ...nobody, kind: 'person', email: 'j@primer.example' }) =>
  openCase(town.contextFor(actor), petition({ draftId, applicant }))

const auditOf = async (subject: string) =>
  (await town.contextFor(anonymous).db.transaction((trx) => trx('audit_entries').where({ subject }).orderBy('sequence'))) as {
    action: string
    facts: Record<string, unknown>
  }[]

test('a letter that the applicant has signed is taken; the finding says so, stays with the case and is in the audit', async () => {
  const kept = await attach('t-rsa.pdf')
  const opened = await file()

  const [paper] = (await readCase(town.contextFor(jovana), opened.case.id)).documents.filter(({ kind }) => kind === 'upload')
  expect(paper?.signatures).toMatchObject({
    kind: 'signed', trust: 'demo', validatedAt: '2026-11-24T12:00:00.000Z', beside: null,
    signatures: [{
      indication: 'TOTAL-PASSED', who: 'applicant', signer: { name: 'Јована Маринковић', issuer: 'Salter Test Citizens CA' }, level: 'T',
    }],
  })
  expect(await auditOf(kept.id)).toMatchObject([{ action: 'document.validate', facts: { verdicts: ['TOTAL-PASSED applicant'] } }])
  expect((await verifyAudit(town.contextFor(jovana))).brokenAt).toBeNull()
})

test('the number in the certificate is kept as a hash only', async () => {
  await attach('b-rsa.pdf')

  const { db } = town.contextFor(jovana)
  const kept = await db.transaction((trx) => trx('document_versions').whereNotNull('signatures').select('signatures'))
  const audited = await db.transaction((trx) => trx('audit_entries').select('facts'))
  expect(JSON.stringify(kept)).toMatch(/"numberHash": ?"[0-9a-f]{64}"/)
  expect(JSON.stringify(kept)).not.toContain('2307990855035')
  expect(JSON.stringify(audited)).not.toMatch(/2307990855035|Маринковић/)
})

test.each([
  ['flipped-before.pdf', 'file-altered'], ['cert-revoked-early.pdf', 'certificate-revoked'], ['cert-expired.pdf', 'certificate-expired'],
  ['cert-unlisted.pdf', 'issuer-unknown'], ['cert-only-login.pdf', 'not-for-signing'], ['other-text.pdf', 'content-changed'],
  ['other-person.pdf', 'signer-other'], ['filled-after.pdf', 'form-filled-after'], ['attr-future.pdf', 'time-in-future'],
  ['value-garbage.pdf', 'unreadable'],
] as const)('%s is refused where a signed letter is asked for, with the reason %s, and the draft stays', async (name, reason) => {
  await expect(attach(name)).rejects.toMatchObject({ kind: 'invalid', code: 'signature-refused', facts: { reason } })

  expect((await readDraft(town.contextFor(jovana), draftId)).files).toEqual([])
  expect(await auditOf(draftId)).toMatchObject([{ action: 'document.refuse', facts: { reason } }])
})

test('the same file as an ordinary attachment is taken, and whoever reads it sees the finding', async () => {
  expect((await attach('flipped-before.pdf', { field: 'attachments' })).signatures).toMatchObject({
    signatures: [{ indication: 'TOTAL-FAILED', reason: 'file-altered' }],
  })
  expect((await attach('not-signed.pdf', { field: 'attachments' })).signatures).toBeNull()
  await expect(file()).resolves.toMatchObject({ case: { procedure: 'petition' } })
})

test('a signature beside the letter counts for it, whichever paper of the draft it belongs to', async () => {
  const other = await attach('other.txt', { as: 'other.pdf', field: 'attachments' }).catch((error: unknown) => error)
  expect(other).toMatchObject({ code: 'file-type-not-accepted' })
  await attach('altered.pdf', { field: 'attachments' })
  const letter = await attach('request.pdf', { as: 'pismo.pdf' })
  const signature = await attach('detached-rsa.p7s')

  expect(signature).toMatchObject({
    mediaType: 'application/pkcs7-signature', signatures: { beside: letter.id, signatures: [{ who: 'applicant' }] },
  })
  await expect(file()).resolves.toMatchObject({ alreadyThere: false })
})

test('a locked PDF without a signature claims nothing yet: filing asks for the signature', async () => {
  expect((await attach('encrypted.pdf')).signatures).toBeNull()
  await expect(file()).rejects.toMatchObject({ code: 'signature-missing' })
})

test('a letter without a signature is refused when it is filed, and so is a signature whose letter was taken out', async () => {
  const letter = await attach('request.pdf')
  await expect(file()).rejects.toMatchObject({ kind: 'invalid', code: 'signature-missing' })

  await attach('detached-rsa.p7s')
  await detachFile(town.contextFor(jovana), draftId, letter.id)
  await expect(file()).rejects.toMatchObject({ kind: 'invalid', code: 'signature-missing' })
})

test('a signature without its letter, or beside an altered one, says what to do', async () => {
  await expect(attach('detached-rsa.p7s')).rejects.toMatchObject({ facts: { reason: 'file-missing' } })

  await attach('altered.pdf')
  await expect(attach('detached-rsa.p7s', { as: 'altered.pdf.p7s' })).rejects.toMatchObject({ facts: { reason: 'file-altered' } })
})

test('a letter that carries its signature around it is taken as it is', async () => {
  expect(await attach('inside.p7m')).toMatchObject({
    mediaType: 'application/pkcs7-mime', signatures: { beside: null, signatures: [{ who: 'applicant' }] },
  })
  await expect(file()).resolves.toMatchObject({ alreadyThere: false })
})

test('whose signature it is may be known only when the request is filed', async () => {
  const visitor: Actor = { ...anonymous, draftSecret: 'a secret of a cookie' }
  draftId = uuidv7()
  await begin(visitor)
  expect((await attach('other-person.pdf', { actor: visitor })).signatures?.signatures[0]?.who).toBe('unknown')

  const jovanaTyped = { ...marko, givenName: 'Јована', familyName: 'Маринковић', number: '2307990855035' }
  await expect(file(visitor, jovanaTyped)).rejects.toMatchObject({ code: 'signature-refused', facts: { reason: 'signer-other' } })

  const opened = await file(visitor, marko)
  const papers = await town.contextFor(anonymous).db.transaction((trx) => trx('documents')
    .join('document_versions', 'document_versions.document_id', 'documents.id').where({ case_id: opened.case.id }).select('signatures'))
  expect(papers).toMatchObject([{ signatures: { signatures: [{ who: 'applicant', signer: { name: 'Марко Илић' } }] } }])
})

test('a certificate without a number proves no identity: the same name is a remark, in whatever script', async () => {
  expect((await attach('no-number.pdf')).signatures?.signatures[0]).toMatchObject({
    indication: 'TOTAL-PASSED', who: 'same-name', numberHash: null,
  })
  const other = await citizen(town, { name: 'Ana Kovač', number: '0101990715010' })
  draftId = uuidv7()
  await begin(other)
  expect((await attach('no-number.pdf', { actor: other })).signatures?.signatures[0]).toMatchObject({ who: 'unknown' })
})

test('while nobody can validate, an ordinary paper is taken with a note, and one that must be signed is not', async () => {
  const withoutValidator = { ...town.contextFor(jovana), signatures: outageValidator }
  const give = async (field: string, name: string) =>
    attachFile(withoutValidator, draftId, { field, fileName: name, declaredType: 'application/pdf', bytes: await world.bytesOf(name) })

  expect((await give('attachments', 'b-rsa.pdf')).signatures).toMatchObject({ kind: 'unchecked', signatures: [] })
  expect((await give('attachments', 'not-signed.pdf')).signatures).toBeNull()
  await expect(give('signedLetter', 'b-rsa.pdf')).rejects.toMatchObject({ facts: { reason: 'unchecked' } })
})

test('a town without a trust list says so instead of blaming the certificate', async () => {
  const plain = await testTown({ startsAt: '2026-11-24T12:00:00Z' })
  const visitor: Actor = { ...anonymous, draftSecret: 'a secret of a cookie' }
  const id = uuidv7()
  await saveDraft(plain.contextFor(visitor), id, { procedure: 'petition', answers: {}, applicant: {}, page: 0 })

  const given = { field: 'signedLetter', fileName: 'b-rsa.pdf', declaredType: '', bytes: await world.bytesOf('b-rsa.pdf') }
  await expect(attachFile(plain.contextFor(visitor), id, given)).rejects.toMatchObject({ facts: { reason: 'no-trust-list' } })
  await plain.close()
})
