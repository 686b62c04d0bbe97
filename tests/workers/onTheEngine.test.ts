import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimTask } from '../../server/cases/claimTask.ts'
import { completeTask } from '../../server/cases/completeTask.ts'
import type { Context } from '../../server/cases/context.ts'
import { tellProcess } from '../../server/cases/deadlines/changeTerm.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { readTask } from '../../server/cases/readTask.ts'
import { lockDeadline } from '../../server/cases/store/deadlineRows.ts'
import { extract, marko, petition } from '../support/filing.ts'
import { heard, startOnEngine, type TownsOnEngine } from '../support/onTheEngine.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let engine: TownsOnEngine

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  engine = await startOnEngine(town)
})

afterAll(async () => {
  await engine.close()
  await town.close()
})

test('an extract goes from the citizen’s request to the act in their inbox', async () => {
  const jovana = engine.contextFor(town, await citizen(town))
  const ana = engine.contextFor(town, clerk(town, 'ana.kovac'))
  const taskComes = heard(town, (event) => event.kind === 'task-created')

  const { case: filed } = await openCase(jovana, extract())
  const { taskId } = await taskComes
  await claimTask(ana, taskId!)
  const caseCloses = closing(jovana, filed.id)
  await completeTask(ana, taskId!, {
    decision: 'issue',
    registerArea: 'Сомбор',
    entryYear: 1990,
    entryNumber: '212',
    recordedName: 'Јована Маринковић',
  })
  await caseCloses

  const { case: closed, documents, timeline } = await readCase(jovana, filed.id)
  expect(closed).toMatchObject({ status: 'granted', outcome: 'granted', feeMinor: 0, currency: 'RSD' })
  expect(timeline.map((entry) => entry.kind)).toEqual([
    'filed',
    'receipt-sent',
    'task-started',
    'task-completed',
    'status-changed',
    'act-delivered',
    'closed',
  ])
  expect((await readDocument(jovana, filed.id, documents[0]!.id)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  await engine.outbox.idle()
  expect(town.sentMails.map((mail) => mail.subject)).toEqual([`${filed.number}: zahtev je primljen`, `${filed.number}: odgovor je spreman`])
})

test('a petition is forwarded to whom it concerns, and the engine knows no word of it', async () => {
  const milica = engine.contextFor(town, clerk(town, 'milica.jovin'))
  const passerBy = engine.contextFor(town, visitor())
  const taskComes = heard(town, (event) => event.kind === 'task-created')

  const { case: filed } = await openCase(passerBy, petition({ applicant: marko }))
  const { taskId } = await taskComes
  await claimTask(milica, taskId!)
  const caseCloses = closing(milica, filed.id)
  const answers = {
    decision: 'forward',
    competentBody: 'ЈКП „Водовод“',
    forwardingNote: 'Надлежно је јавно комунално предузеће, па захтев шаљемо њима.',
  }
  await completeTask(milica, taskId!, answers)
  await caseCloses

  const { case: closed } = await readCase(milica, filed.id)
  expect(closed).toMatchObject({ status: 'answered', outcome: 'forwarded', taskAnswers: answers })
})

test('a term that has passed is told to the head of the unit, and with the work the watch over it ends', async () => {
  const milica = engine.contextFor(town, clerk(town, 'milica.jovin'))
  const vesna = engine.contextFor(town, clerk(town, 'vesna.radic'))
  const workComes = heard(town, (event) => event.kind === 'task-created')
  const { case: filed } = await openCase(engine.contextFor(town, visitor()), petition({ applicant: marko }))
  const { taskId } = await workComes

  // Forty days later, without waiting for them: the process is woken as by any change of the term.
  const headsStepComes = heard(town, (event) => event.kind === 'task-created' && event.taskId !== taskId)
  await milica.db.transaction(async (trx) => {
    await trx.raw(
      `UPDATE deadlines SET starts_at = starts_at - interval '40 days', due_at = due_at - interval '40 days' WHERE case_id = ?`, [filed.id],
    )
    await tellProcess(trx, milica, (await lockDeadline(trx, filed.id))!)
  })
  milica.wakeOutbox()
  const { taskId: headsTaskId } = await headsStepComes

  const heads = await readTask(vesna, headsTaskId!)
  expect(heads.task).toMatchObject({ elementId: 'look-into-delay', unitId: 'citizen-service', role: 'head', status: 'open' })
  expect(heads.file.timeline.map(({ kind }) => kind)).toContain('term-passed')
  await expect(claimTask(milica, headsTaskId!)).rejects.toMatchObject({ code: 'task-not-for-you' })

  await claimTask(milica, taskId!)
  const caseCloses = closing(milica, filed.id)
  await completeTask(milica, taskId!, {
    decision: 'forward', competentBody: 'ЈКП „Водовод“', forwardingNote: 'Надлежно је јавно комунално предузеће, па захтев шаљемо њима.',
  })
  await caseCloses

  await expect.poll(async () => (await readTask(vesna, headsTaskId!)).task.status).toBe('gone')
})

/** Resolves when the case has ended; looks whenever the case is said to have changed. */
async function closing(context: Context, caseId: string): Promise<void> {
  for (;;) {
    const change = heard(town, (event) => event.kind === 'case-changed' && event.caseId === caseId)
    if ((await readCase(context, caseId)).case.closedAt) return
    await change
  }
}
