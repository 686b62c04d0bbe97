import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { attachFile } from '../../server/cases/attachFile.ts'
import type { Context } from '../../server/cases/context.ts'
import { deleteExpired } from '../../server/cases/deleteExpired.ts'
import { detachFile } from '../../server/cases/detachFile.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { myDrafts, newestDraft, readDraft } from '../../server/cases/readDraft.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { petition } from '../support/filing.ts'
import { citizen, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
})

afterAll(() => town.close())

const half = { procedure: 'petition', answers: { subject: 'Rasveta' }, applicant: {}, page: 1 }
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const file = { field: 'attachments', fileName: 'dopis.pdf', declaredType: 'application/pdf', bytes: pdf }

test('a draft is kept and found again by its owner', async () => {
  const context = town.contextFor(visitor())
  const id = uuidv7()
  await saveDraft(context, id, half)
  await saveDraft(context, id, { ...half, answers: { subject: 'Rasveta u ulici' }, page: 2 })

  expect((await readDraft(context, id)).draft).toMatchObject({ answers: { subject: 'Rasveta u ulici' }, page: 2 })
  expect((await newestDraft(context, 'petition')).draft.id).toBe(id)
  expect((await myDrafts(context)).map((each) => each.draft.id)).toEqual([id])
})

test('somebody else’s draft is not found, neither to read nor to write', async () => {
  const id = uuidv7()
  await saveDraft(town.contextFor(visitor()), id, half)
  const other = town.contextFor(visitor())

  await expect(readDraft(other, id)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(saveDraft(other, id, half)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(attachFile(other, id, file)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(openCase(other, petition({ draftId: id }))).rejects.toMatchObject({ code: 'draft-not-found' })
})

test('a visitor’s draft goes over to their account when they sign in', async () => {
  const before = visitor()
  const id = uuidv7()
  await saveDraft(town.contextFor(before), id, half)
  const jovana = { ...(await citizen(town)), draftSecret: before.draftSecret }

  await saveDraft(town.contextFor(jovana), id, half)

  expect((await readDraft(town.contextFor({ ...jovana, draftSecret: undefined }), id)).draft.accountId).toBe(jovana.accountId)
  await expect(readDraft(town.contextFor(before), id)).rejects.toMatchObject({ code: 'draft-not-found' })
})

test('a file is stored once its bytes, name and type agree', async () => {
  const { context, id } = await newDraft()

  const added = await attachFile(context, id, { ...file, fileName: '..\\..\\etc\\допис\u0000 један.pdf' })

  expect(added).toMatchObject({ fileName: 'допис један.pdf', mediaType: 'application/pdf', sizeBytes: pdf.length })
  expect((await readDraft(context, id)).files.map((each) => each.id)).toEqual([added.id])
})

test('a file too large is refused with the limit', async () => {
  const { context, id } = await newDraft()

  const refused = attachFile(context, id, { ...file, bytes: Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]) })

  await expect(refused).rejects.toMatchObject({ code: 'file-too-large', facts: { maxBytes: 10_485_760 } })
})

test.each([
  ['a program that calls itself a PDF', { bytes: Buffer.from('MZ\u0090\u0000 this program cannot be run'), fileName: 'izvod.pdf' }],
  ['a picture that calls itself a PDF', { bytes: png, fileName: 'izvod.pdf' }],
  ['a PDF declared as a picture', { declaredType: 'image/png' }],
  ['a text', { bytes: Buffer.from('Poštovani,'), fileName: 'dopis.txt', declaredType: 'text/plain' }],
  ['an empty file', { bytes: Buffer.alloc(0) }],
])('%s is refused', async (_what, change) => {
  const { context, id } = await newDraft()

  await expect(attachFile(context, id, { ...file, ...change })).rejects.toMatchObject({ code: 'file-type-not-accepted' })
})

test('the eleventh file is refused, also when many come at once', async () => {
  const { context, id } = await newDraft()

  const tries = await Promise.allSettled(Array.from(
    { length: 13 },
    () => attachFile(context, id, { ...file, bytes: png, fileName: 'slika.png', declaredType: 'image/png' }),
  ))

  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(10)
  expect(tries.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'too-many-files' } })
})

test('a file taken out is gone with its bytes', async () => {
  const { context, id } = await newDraft()
  const added = await attachFile(context, id, file)

  await detachFile(context, id, added.id)

  expect((await readDraft(context, id)).files).toEqual([])
  await expect(context.files.get(town.tenant.id, added.storageKey)).rejects.toThrow(/did not answer/)
})

test('filing moves the files to the case and ends the draft', async () => {
  const { context, id } = await newDraft()
  const added = await attachFile(context, id, file)

  const { case: filed } = await openCase(context, petition({ draftId: id, answers: { ...petition().answers, attachments: [added.id] } }))

  const opened = town.contextFor({ ...visitor(), level: 'code', openedCaseId: filed.id })
  expect((await readCase(opened, filed.id)).documents.map((each) => each.id)).toEqual([added.id])
  await expect(readDraft(context, id)).rejects.toMatchObject({ code: 'draft-not-found' })
})

test('a file of another draft cannot be filed', async () => {
  const { context, id } = await newDraft()
  const foreign = await newDraft()
  const added = await attachFile(foreign.context, foreign.id, file)

  const refused = openCase(context, petition({ draftId: id, answers: { ...petition().answers, attachments: [added.id] } }))

  await expect(refused).rejects.toMatchObject({ faults: [{ key: 'attachments', code: 'not-a-document' }] })
})

test('a draft nobody came back to is forgotten with its files', async () => {
  const { context, id } = await newDraft()
  const added = await attachFile(context, id, file)
  const system = town.contextFor(systemActor('delete-expired'))

  town.clock.advance(31 * 24 * 3_600_000)
  const { drafts } = await deleteExpired(system)

  expect(drafts).toBeGreaterThan(0)
  await expect(readDraft(context, id)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(context.files.get(town.tenant.id, added.storageKey)).rejects.toThrow(/did not answer/)
})

async function newDraft(): Promise<{ context: Context; id: string }> {
  const context = town.contextFor(visitor())
  const id = uuidv7()
  await saveDraft(context, id, half)
  return { context, id }
}
