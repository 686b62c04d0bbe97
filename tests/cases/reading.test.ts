import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { claimTask } from '../../server/cases/claimTask.ts'
import { deliverAct } from '../../server/cases/deliverAct.ts'
import { makeAct } from '../../server/cases/letters/makeAct.ts'
import { myCases } from '../../server/cases/myCases.ts'
import { openByCode } from '../../server/cases/openByCode.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { addTaskAnswers } from '../../server/cases/store/caseRows.ts'
import { verifyAct } from '../../server/cases/verifyAct.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { caseWithTask, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
})

afterAll(() => town.close())

test('a citizen finds what they have filed, newest first', async () => {
  const jovana = town.contextFor(await citizen(town))
  const first = await openCase(jovana, petition({ applicant: marko }))
  town.clock.advance(1000)
  const second = await openCase(jovana, petition({ applicant: marko }))

  const mine = await myCases(jovana)

  expect(mine.map((each) => each.case.id)).toEqual([second.case.id, first.case.id])
  expect(mine[0]!.deadline!.rule.legalBasis).toContain('локалној самоуправи')
})

test('somebody else’s case is not found', async () => {
  const { case: filed } = await openCase(town.contextFor(await citizen(town, { number: '0101000805018' })), petition({ applicant: marko }))

  const other = town.contextFor(await citizen(town, { number: '3112985899995' }))

  await expect(readCase(other, filed.id)).rejects.toMatchObject({ kind: 'not-found', code: 'not-found' })
  await expect(readCase(town.contextFor(visitor()), filed.id)).rejects.toMatchObject({ kind: 'not-found' })
})

test('what was filed at the counter for a known person is among their requests', async () => {
  const jovana = await citizen(town, { number: '1503985810120' })
  const djordje = town.contextFor(clerk(town, 'djordje.stancic'))

  const { case: filed } = await openCase(djordje, petition({ channel: 'counter', applicant: { ...marko, number: '1503985 810120' } }))

  expect(filed.applicantId).toBe(jovana.personId)
  expect((await myCases(town.contextFor(jovana))).map((each) => each.case.id)).toEqual([filed.id])
})

test('who signs in but files unnamed stays unnamed', async () => {
  const jovana = await citizen(town, { number: '0101990100013' })

  const { case: filed } = await openCase(town.contextFor(jovana), petition())

  const { timeline } = await readCase(town.contextFor(clerk(town, 'milica.jovin')), filed.id)
  expect(filed).toMatchObject({ accountId: null, applicantId: null })
  expect(timeline.map((entry) => entry.actorName)).toEqual([null])
  const [entry] = await town.contextFor(jovana).db.transaction((trx) => trx('audit_entries').where({ subject: filed.id }))
  expect(entry.actor).toBe('anonymous')
})

test('a case of another town is not found', async () => {
  const zagora = await town.neighbor('stara-zagora')
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  await expect(readCase(zagora.contextFor(systemActor('test')), filed.id)).rejects.toMatchObject({ kind: 'not-found' })
})

test('number and code open the case, typed as people type', async () => {
  const { case: filed, accessCode } = await openCase(town.contextFor(visitor()), petition())

  const opened = await openByCode(
    town.contextFor(visitor()),
    ` ${filed.number.toLowerCase()} `,
    `${accessCode.slice(0, 5).toLowerCase()} ${accessCode.slice(5)}`,
  )

  expect(opened.id).toBe(filed.id)
  const withCode = town.contextFor({ ...visitor(), level: 'code', openedCaseId: filed.id })
  expect((await readCase(withCode, filed.id)).case.number).toBe(filed.number)
})

test('the code of another case opens nothing, and the answer does not tell which was wrong', async () => {
  const mine = await openCase(town.contextFor(visitor()), petition())
  const other = await openCase(town.contextFor(visitor()), petition())
  const context = town.contextFor(visitor())

  const wrongCode = await openByCode(context, mine.case.number, other.accessCode).catch((error: unknown) => error)
  const wrongNumber = await openByCode(context, 'III-000-0/2026', mine.accessCode).catch((error: unknown) => error)

  expect(wrongCode).toMatchObject({ kind: 'not-found', code: 'number-or-code-wrong' })
  expect(wrongNumber).toEqual(wrongCode)
})

test('the access code is kept nowhere in the clear', async () => {
  const context = town.contextFor(visitor())
  const { case: filed, accessCode } = await openCase(context, petition({ applicant: marko }))

  const row = await context.db.transaction((trx) => trx('cases').where({ id: filed.id }).first())

  expect(JSON.stringify(row)).not.toContain(accessCode)
})

test('a citizen does not read which clerk took the task', async () => {
  const jovana = town.contextFor(await citizen(town, { number: '2902000810011' }))
  const { case: filed, task } = await caseWithTask(town, jovana, petition({ applicant: marko }))
  await claimTask(town.contextFor(clerk(town, 'milica.jovin')), task.id)

  const { timeline } = await readCase(jovana, filed.id)

  expect(timeline.map((entry) => entry.kind)).toEqual(['filed', 'task-started'])
  expect(timeline.map((entry) => entry.actorName)).toEqual(['Јована Маринковић', null])
})

test('an act is the citizen’s once it is delivered, and opening it is the proof', async () => {
  const jovana = town.contextFor(await citizen(town, { number: '0505985155121' }))
  const { case: filed } = await openCase(jovana, petition({ applicant: marko }))
  const system = town.contextFor(systemActor('make-act'))
  await system.db.transaction((trx) => addTaskAnswers(trx, filed.id, { answerText: 'Расвета је поправљена.' }, new Date(town.clock.now())))

  const act = await makeAct(system, { caseId: filed.id, letter: 'answer', jobKey: '501' })
  expect((await readCase(jovana, filed.id)).documents).toEqual([])
  await expect(readDocument(jovana, filed.id, act.id)).rejects.toMatchObject({ kind: 'not-found' })
  await deliverAct(system, filed.id, '502')
  await deliverAct(system, filed.id, '502')
  const { bytes, mediaType } = await readDocument(jovana, filed.id, act.id)
  await readDocument(jovana, filed.id, act.id)

  expect(mediaType).toBe('application/pdf')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const { timeline } = await readCase(jovana, filed.id)
  expect(timeline.map((entry) => entry.kind)).toEqual(['filed', 'act-delivered', 'act-opened'])
})

test('a clerk who looks at an act has not received it for the citizen', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const system = town.contextFor(systemActor('make-act'))
  const act = await makeAct(system, { caseId: filed.id, letter: 'forwarding', jobKey: uuidv7() })
  await deliverAct(system, filed.id, uuidv7())

  await readDocument(town.contextFor(clerk(town, 'milica.jovin')), filed.id, act.id)

  const delivery = await system.db.transaction((trx) => trx('deliveries').where({ document_id: act.id }).first())
  expect(delivery).toMatchObject({ status: 'offered', received_at: null })
})

test('anyone can ask whether an act is genuine', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const act = await makeAct(town.contextFor(systemActor('make-act')), { caseId: filed.id, letter: 'forwarding', jobKey: uuidv7() })

  const verified = await verifyAct(town.contextFor(visitor()), act.verifyCode!.toLowerCase())

  expect(verified).toMatchObject({ unitId: 'citizen-service', act: { number: act.number, sha256: act.sha256 } })
  expect(await verifyAct(town.contextFor(visitor()), 'ZZZZZZZZZZZZ')).toBeNull()
})

test('a file that was changed behind our back does not leave the building', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const system = town.contextFor(systemActor('make-act'))
  const act = await makeAct(system, { caseId: filed.id, letter: 'forwarding', jobKey: uuidv7() })
  const forged = { ...system, files: { ...system.files, get: async () => Buffer.from('%PDF-1.7 forged') } }

  await expect(readDocument({ ...forged, actor: clerk(town, 'milica.jovin') }, filed.id, act.id)).rejects.toThrow(/to have the hash/)
})
