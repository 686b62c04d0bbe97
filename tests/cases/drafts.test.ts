import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { quietLog } from '../../server/base/log.ts'
import { attachFile } from '../../server/cases/attachFile.ts'
import type { Context } from '../../server/cases/context.ts'
import { deleteExpired } from '../../server/cases/deleteExpired.ts'
import { detachFile } from '../../server/cases/detachFile.ts'
import { discardDraft } from '../../server/cases/discardDraft.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { myDrafts, newestDraft, readDraft } from '../../server/cases/readDraft.ts'
import { saveDraft } from '../../server/cases/saveDraft.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { startDeletingExpired } from '../../server/workers/loops/deleteExpired.ts'
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

test('a save that comes after the filing brings no draft back, from whomever it comes', async () => {
  const { context, id } = await newDraft()
  await openCase(context, petition({ draftId: id }))

  await expect(saveDraft(context, id, half)).rejects.toMatchObject({ kind: 'wrong-state', code: 'already-filed' })
  await expect(saveDraft(town.contextFor(visitor()), id, half)).rejects.toMatchObject({ code: 'already-filed' })
  await expect(newestDraft(context, 'petition')).rejects.toMatchObject({ code: 'draft-not-found' })
})

test('a save that comes after a draft was thrown away does not bring it back, and nothing of what was written is left', async () => {
  const { context, id } = await newDraft()

  await discardDraft(context, id)

  await expect(saveDraft(context, id, half)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(readDraft(context, id)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(discardDraft(context, id)).rejects.toMatchObject({ code: 'draft-not-found' })
  await expect(newestDraft(context, 'petition')).rejects.toMatchObject({ code: 'draft-not-found' })
  expect(JSON.stringify(await context.db.transaction((trx) => trx('drafts').where({ id })))).not.toContain('Rasveta')
})

test('a save and the filing at the same moment leave no draft behind, whether the draft had been saved before or not', async () => {
  for (const { context, id } of [await newDraft(), { context: town.contextFor(visitor()), id: uuidv7() }]) {
    const saves = [1, 2, 3].map(() => saveDraft(context, id, half))
    const [filed] = await Promise.allSettled([openCase(context, petition({ draftId: id })), ...saves])

    expect(filed.status).toBe('fulfilled')
    await expect(readDraft(context, id)).rejects.toMatchObject({ code: 'draft-not-found' })
  }
})

test('a draft is filed once, also from two tabs that each have a key of their own', async () => {
  const { context, id } = await newDraft()

  const tries = await Promise.allSettled([1, 2, 3].map(() => openCase(context, petition({ draftId: id }))))

  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
  expect(tries.filter((each) => each.status === 'rejected').map((each) => each.reason.code)).toEqual(['already-filed', 'already-filed'])
})

test('who files a petition unnamed while signed in is not named by the papers either', async () => {
  const jovana = await citizen(town, { number: '0101990715017' })
  const context = town.contextFor(jovana)
  const id = uuidv7()
  await saveDraft(context, id, half)
  const added = await attachFile(context, id, file)

  const { case: filed } = await openCase(context, petition({ draftId: id, answers: { ...petition().answers, attachments: [added.id] } }))

  const rows = await context.db.transaction(async (trx) => [
    await trx('cases').where({ id: filed.id }),
    await trx('documents').where({ case_id: filed.id }),
    await trx('document_versions').where({ document_id: added.id }),
    await trx('timeline_entries').where({ case_id: filed.id }),
    await trx('audit_entries').where({ subject: filed.id }),
  ])
  for (const trace of [jovana.id, jovana.accountId, jovana.personId]) expect(JSON.stringify(rows)).not.toContain(trace)
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

test('of many expired drafts none is left for the next hour, and bytes that cannot be removed stop nothing', async () => {
  const { context, id } = await newDraft()
  const [stuck, other] = [await attachFile(context, id, file), await attachFile(context, id, file)]
  for (let at = 0; at < 120; at++) await saveDraft(context, uuidv7(), half)
  const files = {
    ...context.files,
    remove: async (tenantId: string, key: string) =>
      key === stuck.storageKey ? Promise.reject(new Error('read-only')) : context.files.remove(tenantId, key),
  }

  town.clock.advance(31 * 24 * 3_600_000)
  const contextFor = (_: string, actor: Actor): Context => ({ ...town.contextFor(actor), files })
  await startDeletingExpired({ towns: async () => ['sombor'], contextFor, clock: town.clock, log: quietLog }).close()

  expect(await context.db.transaction((trx) => trx('drafts').select('id'))).toEqual([])
  await expect(context.files.get(town.tenant.id, other.storageKey)).rejects.toThrow(/did not answer/)
})

test('a file keeps its bytes when it is not known whether its row was written', async () => {
  const { context, id } = await newDraft()
  let calls = 0
  const db: Context['db'] = {
    ...context.db,
    async transaction(work) {
      const result = await context.db.transaction(work)
      // The commit has arrived, its reply has not.
      if (++calls === 2) throw new Error('Connection terminated unexpectedly')
      return result
    },
  }

  await expect(attachFile({ ...context, db }, id, file)).rejects.toThrow('Connection terminated')

  const [kept] = (await readDraft(context, id)).files
  expect(await context.files.get(town.tenant.id, kept!.storageKey)).toEqual(pdf)
})

async function newDraft(): Promise<{ context: Context; id: string }> {
  const context = town.contextFor(visitor())
  const id = uuidv7()
  await saveDraft(context, id, half)
  return { context, id }
}
