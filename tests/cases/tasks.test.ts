import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimTask } from '../../server/cases/claimTask.ts'
import { completeTask } from '../../server/cases/completeTask.ts'
import type { Context } from '../../server/cases/context.ts'
import { FormRefusal } from '../../server/cases/formRefusal.ts'
import { listTasks, nextTask } from '../../server/cases/listTasks.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { proveTasks } from '../../server/cases/proveTasks.ts'
import { readTask } from '../../server/cases/readTask.ts'
import { receiveTask } from '../../server/cases/receiveTask.ts'
import { releaseTask } from '../../server/cases/releaseTask.ts'
import { saveTaskDraft } from '../../server/cases/saveTaskDraft.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { tenantsWithWork } from '../../server/cases/store/outboxRows.ts'
import { startOutbox, type OutboxLoop } from '../../server/workers/loops/deliverOutbox.ts'
import { caseWithTask, giveTask, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let milica: Context
let djordje: Context
let vesna: Context
let ana: Context

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  milica = town.contextFor(clerk(town, 'milica.jovin'))
  djordje = town.contextFor(clerk(town, 'djordje.stancic'))
  vesna = town.contextFor(clerk(town, 'vesna.radic'))
  ana = town.contextFor(clerk(town, 'ana.kovac'))
})

beforeEach(() => {
  town.engine.isDown = false
})

afterAll(() => town.close())

const decision = { decision: 'answer' }

test('a new task appears in the lists of its unit, by its case’s term', async () => {
  const { case: filed, task } = await caseWithTask(town, town.contextFor(visitor()))

  const { rows, counts } = await listTasks(milica, { list: 'unassigned', q: '', limit: 200 })

  expect(rows.map((row) => row.task.id)).toContain(task.id)
  expect(rows.find((row) => row.task.id === task.id)).toMatchObject({ case: { number: filed.number }, applicantName: '' })
  expect(rows.find((row) => row.task.id === task.id)!.task.dueAt).toEqual(rows.find((row) => row.task.id === task.id)!.deadline!.dueAt)
  expect(counts.unassigned).toBe(rows.length)
})

test('the same job twice makes one task', async () => {
  const { case: filed, task } = await caseWithTask(town, town.contextFor(visitor()))
  const job = {
    key: task.jobKey,
    bpmnProcessId: 'sombor--petition',
    elementId: 'triage',
    elementInstanceKey: '1',
    headers: {},
    variables: { caseId: filed.id },
  }

  const again = await receiveTask(town.contextFor(systemActor('user-task')), job)

  expect(again.id).toBe(task.id)
})

test('a job with a case of another town or procedure is refused', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const job = {
    key: '77',
    bpmnProcessId: 'stara-zagora--petition',
    elementId: 'triage',
    elementInstanceKey: '1',
    headers: {},
    variables: { caseId: filed.id },
  }

  await expect(receiveTask(town.contextFor(systemActor('user-task')), job)).rejects.toThrow(/to be of sombor/)
  await expect(
    receiveTask(town.contextFor(systemActor('user-task')), { ...job, bpmnProcessId: 'sombor--register-extract' }),
  ).rejects.toThrow(/but it is not/)
})

test('of two clerks who take a task at once one gets it and the other is told who', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))

  const [first, second] = await Promise.allSettled([claimTask(milica, task.id), claimTask(djordje, task.id)])

  const [won, lost] = first.status === 'fulfilled' ? [first, second] : [second, first]
  expect(won).toMatchObject({ status: 'fulfilled' })
  expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'task-already-taken' } })
})

test('taking one’s own task again changes nothing', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  const taken = await claimTask(milica, task.id)

  expect(await claimTask(milica, task.id)).toEqual(expect.objectContaining({ holder: taken.holder, takenAt: taken.takenAt }))
})

test('a clerk of another unit neither sees nor takes the task', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))

  await expect(readTask(ana, task.id)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(claimTask(ana, task.id)).rejects.toMatchObject({ kind: 'not-found' })
})

test('a task that asks for a role is taken by who has it, wherever they sit', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const task = await giveTask(town, filed, { groups: ['role:registrar'] })

  await expect(claimTask(milica, task.id)).rejects.toMatchObject({ code: 'task-not-for-you' })
  const { rows } = await listTasks(ana, { list: 'unit', q: '', limit: 200 })
  expect(rows.map((row) => row.task.id)).toContain(task.id)
  expect(await claimTask(ana, task.id)).toMatchObject({ holder: 'user-ana.kovac' })
})

test('where the diagram names unit and role, both are asked for', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const task = await giveTask(town, filed, { groups: ['citizen-service', 'role:head'] })

  await expect(claimTask(milica, task.id)).rejects.toMatchObject({ code: 'task-not-for-you' })
  expect(await claimTask(vesna, task.id)).toMatchObject({ holder: 'user-vesna.radic' })
})

test('who leads the unit may take a task off a desk, a colleague may not', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)

  await expect(releaseTask(djordje, task.id)).rejects.toMatchObject({ code: 'task-not-yours' })
  expect(await releaseTask(vesna, task.id)).toMatchObject({ holder: null })
})

test('an administrator reads every list without taking part', async () => {
  const nikola = town.contextFor(clerk(town, 'nikola.duvnjak'))
  const { task } = await caseWithTask(town, town.contextFor(visitor()))

  const { may } = await readTask(nikola, task.id)

  expect(may).toEqual({ claim: false, release: false, complete: false })
  expect((await listTasks(nikola, { list: 'all', q: '', limit: 200 })).rows.length).toBeGreaterThan(0)
})

test('a citizen has no inbox', async () => {
  await expect(
    listTasks(town.contextFor(await citizen(town)), { list: 'all', q: '', limit: 10 }),
  ).rejects.toMatchObject({ kind: 'not-allowed' })
})

test('a clerk who has lost the role of a task they hold can neither write in it nor complete it, only give it back', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)
  const moved = town.contextFor({ ...clerk(town, 'milica.jovin'), units: ['registry'] })

  await expect(completeTask(moved, task.id, decision)).rejects.toMatchObject({ code: 'task-not-yours' })
  await expect(saveTaskDraft(moved, task.id, decision)).rejects.toMatchObject({ code: 'task-not-yours' })
  expect((await readTask(moved, task.id)).may).toEqual({ claim: false, release: true, complete: false })
  expect(await releaseTask(moved, task.id)).toMatchObject({ holder: null })
})

test('a term that a diagram gives without an offset is the town’s own time', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  const inWinter = await giveTask(town, filed, { dueDate: '2026-12-01T10:00:00' })
  const withOffset = await giveTask(town, filed, { dueDate: '2026-12-01T10:00:00Z' })

  expect([inWinter.dueAt.toISOString(), withOffset.dueAt.toISOString()]).toEqual(['2026-12-01T09:00:00.000Z', '2026-12-01T10:00:00.000Z'])
})

test('a form is kept half-way by its holder alone', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)

  await saveTaskDraft(milica, task.id, { decision: 'forward' })

  expect((await readTask(milica, task.id)).task.draft).toEqual({ decision: 'forward' })
  await expect(saveTaskDraft(djordje, task.id, decision)).rejects.toMatchObject({ code: 'task-not-yours' })
})

test('only the holder completes, and only with a sound form', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await expect(completeTask(milica, task.id, decision)).rejects.toMatchObject({ code: 'task-not-yours' })

  await claimTask(milica, task.id)

  await expect(completeTask(milica, task.id, {})).rejects.toBeInstanceOf(FormRefusal)
})

test('a task completed while the engine is down is kept, and the engine hears of it once', async () => {
  const outbox = startLoop()
  await outbox.idle()
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)
  town.engine.isDown = true

  const completing = await completeTask(milica, task.id, { ...decision, caseId: 'stolen', unknown: 1 })
  await completeTask(milica, task.id, decision)
  outbox.wake()
  await outbox.idle()
  expect(completing.status).toBe('completing')
  expect((await readTask(milica, task.id)).task.status).toBe('completing')

  town.engine.isDown = false
  town.clock.advance(2 * 60_000)
  await outbox.idle()

  expect((await readTask(milica, task.id)).task.status).toBe('completed')
  expect(town.engine.completed.filter((each) => each.jobKey === task.jobKey)).toEqual([{ jobKey: task.jobKey, variables: decision }])
  await outbox.close()
})

test('free words of a form stay in the case, its choices go to the engine', async () => {
  const outbox = startLoop()
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)
  const answers = {
    decision: 'forward',
    competentBody: 'ЈКП „Водовод“',
    forwardingNote: 'Надлежно је јавно комунално предузеће, па захтев шаљемо њима.',
  }

  await completeTask(milica, task.id, answers)
  outbox.wake()
  await outbox.idle()

  expect(town.engine.completed.at(-1)).toEqual({ jobKey: task.jobKey, variables: { decision: 'forward' } })
  expect((await readTask(milica, task.id)).file.case.taskAnswers).toMatchObject(answers)
  await outbox.close()
})

test('a task the engine took away leaves the lists with the reason and keeps what was written', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(milica, task.id)
  town.engine.livingJobs.delete(task.jobKey)

  await expect(completeTask(milica, task.id, decision)).rejects.toMatchObject({ code: 'task-gone' })

  const shown = (await readTask(milica, task.id)).task
  expect(shown).toMatchObject({ status: 'gone', goneReason: 'taken-away', draft: decision })
  expect((await listTasks(milica, { list: 'mine', q: '', limit: 200 })).rows.map((row) => row.task.id)).not.toContain(task.id)
  expect(town.events).toContainEqual(expect.objectContaining({ kind: 'task-gone', taskId: task.id }))
})

test('opening a dead task shows that it is gone, and an engine that is down does not hide a task', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))

  town.engine.isDown = true
  expect((await readTask(milica, task.id)).task.status).toBe('open')
  town.engine.isDown = false
  town.engine.livingJobs.delete(task.jobKey)

  expect((await readTask(milica, task.id)).task.status).toBe('gone')
})

test('the sweep finds dead tasks nobody opens', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  town.engine.livingJobs.delete(task.jobKey)
  const system = town.contextFor(systemActor('prove-tasks'))

  expect(await proveTasks(system)).toBe(0)
  town.clock.advance(11 * 60_000)
  await proveTasks(system)

  expect((await readTask(milica, task.id)).task.status).toBe('gone')
})

test('lists find a case by number, name and subject in either script', async () => {
  const { case: filed, task } = await caseWithTask(
    town,
    town.contextFor(visitor()),
    petition({ applicant: { ...marko, familyName: 'Ђорђевић' }, answers: { ...petition().answers, subject: 'Čišćenje snega' } }),
  )
  const found = async (q: string): Promise<boolean> => (
    await listTasks(milica, { list: 'unit', q, limit: 200 })
  ).rows.some((row) => row.task.id === task.id)

  expect(await found('djordjevic')).toBe(true)
  expect(await found('Đorđ')).toBe(true)
  expect(await found('сне чишћење')).toBe(true)
  expect(await found(filed.number)).toBe(true)
  expect(await found('evic')).toBe(false)
})

test('pages follow each other without a gap and without a row twice', async () => {
  for (let at = 0; at < 5; at++) await caseWithTask(town, town.contextFor(visitor()))
  const all = (await listTasks(milica, { list: 'unit', q: '', limit: 200 })).rows.map((row) => row.task.id)

  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await listTasks(milica, { list: 'unit', q: '', limit: 2, after })
    seen.push(...page.rows.map((row) => row.task.id))
    after = page.next ?? undefined
  } while (after)

  expect(seen).toEqual(all)
})

test('a page cannot be asked for with a cursor of one’s own making', async () => {
  await expect(listTasks(milica, { list: 'unit', q: '', limit: 2, after: 'nonsense' })).rejects.toMatchObject({ kind: 'invalid' })
})

test('after a task the clerk goes on with the next of their own', async () => {
  const { task: first } = await caseWithTask(town, town.contextFor(visitor()))
  const { task: second } = await caseWithTask(town, town.contextFor(visitor()))
  await claimTask(djordje, first.id)
  await claimTask(djordje, second.id)
  const own = (await listTasks(djordje, { list: 'mine', q: '', limit: 200 })).rows.map((row) => row.task.id)

  expect(await nextTask(djordje, own[0]!)).toBe(own[1])
})

function startLoop(): OutboxLoop {
  return startOutbox({
    tenantsWithWork: (at) => tenantsWithWork(town.pool, at),
    contextFor: (_tenant, actor) => town.contextFor(actor),
    clock: town.clock,
    log: town.contextFor(visitor()).log,
  })
}
