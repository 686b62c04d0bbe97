import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../server/cases/audit.ts'
import { claimTask } from '../../server/cases/claimTask.ts'
import { closeCase } from '../../server/cases/closeCase.ts'
import type { Context } from '../../server/cases/context.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { dueOn } from '../../server/cases/deadlines/deadline.ts'
import { extendDeadline } from '../../server/cases/deadlines/extendDeadline.ts'
import { lookAtTerm } from '../../server/cases/deadlines/lookAtTerm.ts'
import { resumeDeadline } from '../../server/cases/deadlines/resumeDeadline.ts'
import { suspendDeadline } from '../../server/cases/deadlines/suspendDeadline.ts'
import { recordMandate } from '../../server/cases/mandates/recordMandate.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readTask } from '../../server/cases/readTask.ts'
import { noteTermPassed } from '../../server/cases/setStatus.ts'
import { auditEntriesAfter } from '../../server/cases/store/auditRows.ts'
import { answerSupplement } from '../../server/cases/supplement/answerSupplement.ts'
import { attachSupplement, detachSupplement } from '../../server/cases/supplement/attachSupplement.ts'
import { missSupplement } from '../../server/cases/supplement/missSupplement.ts'
import { requestSupplement } from '../../server/cases/supplement/requestSupplement.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { caseWithTask, extract, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'

const dayMs = 86_400_000
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n')
const paper = { fileName: 'izvod.pdf', declaredType: 'application/pdf', bytes: pdf }

let town: TestTown
let jovana: Actor
let caseId: string
let taskId: string
let ana: Context

/** An extract filed in Sombor on Tuesday 24 November 2026, due in eight days, in the hands of its clerk. */
async function begin(tenant = 'sombor'): Promise<void> {
  town = await testTown({ tenant, startsAt: '2026-11-24T09:00:00Z' })
  jovana = await citizen(town)
  const { case: filed, task } = await caseWithTask(town, town.contextFor(jovana), extract({ applicant: marko }))
  caseId = filed.id
  taskId = task.id
  ana = town.contextFor(clerk(town, 'ana.kovac'))
  await claimTask(ana, taskId)
}

afterEach(() => town.close())

const asSystem = (): Context => town.contextFor(systemActor('test'))
const file = () => readCase(asSystem(), caseId)
const due = async (): Promise<string> => dueOn((await file()).deadline!, town.tenant)
const kinds = async (): Promise<string[]> => (await file()).timeline.map(({ kind }) => kind)
/** What the process has been told, once the outbox has been emptied. */
async function told(): Promise<Record<string, unknown>[]> {
  while (await deliverNext(asSystem(), ['publish-message', 'send-message'])) { /* one after another */ }
  return town.engine.published.filter(({ name }) => name === 'term-changed').map(({ variables }) => variables)
}

describe('in Serbia', () => {
  beforeEach(() => begin())

  test('a term that stood six days ends six days later, with everything that was due with it', async () => {
    expect(await due()).toBe('2026-12-02')

    await suspendDeadline(ana, taskId, { why: 'preliminary-question', words: 'Чека се пресуда основног суда.' })
    await told()
    town.clock.advance(6 * dayMs)
    await resumeDeadline(ana, taskId)

    expect(await due()).toBe('2026-12-08')
    const { deadline } = await file()
    expect(deadline!.pauses).toMatchObject([
      { why: 'preliminary-question', words: 'Чека се пресуда основног суда.', begunByName: 'Ана Ковач', to: expect.any(Date) },
    ])
    expect(deadline!.formula).toMatchObject({ suspendedDays: 6, dueOn: '2026-12-08' })
    expect((await readTask(ana, taskId)).task.dueAt).toEqual(deadline!.dueAt)
    expect(await told()).toMatchObject([{ dueAt: '2026-12-02T23:59:59+01:00' }, { dueAt: '2026-12-08T23:59:59+01:00' }])
    expect(town.sentMails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('rok u Vašem predmetu stoji'), expect.stringContaining('rok u Vašem predmetu ponovo teče'),
    ])
    expect(town.sentMails[0]!.text).toContain('Чека се пресуда основног суда.')
    expect(town.sentMails[1]!.text).toContain('8. decembra 2026.')
    expect(await kinds()).toEqual(expect.arrayContaining(['term-suspended', 'term-resumed']))
    expect(await verifyAudit(asSystem())).toMatchObject({ brokenAt: null })
  })

  test('standing twice adds up, and the citizen reads why without the name of the clerk', async () => {
    for (const days of [2, 3]) {
      await suspendDeadline(ana, taskId, { why: 'preliminary-question', words: 'Чека се пресуда.' })
      town.clock.advance(days * dayMs)
      await resumeDeadline(ana, taskId)
    }

    expect(await due()).toBe('2026-12-07')
    const { timeline } = await readCase(town.contextFor(jovana), caseId)
    const stood = timeline.filter(({ kind }) => kind === 'term-suspended')
    expect(stood).toMatchObject([{ facts: { words: 'Чека се пресуда.' }, actorName: null }, { actorName: null }])
  })

  test('what the law does not know, and what is not so, is refused with its own word', async () => {
    const code = (wanted: string) => expect.objectContaining({ code: wanted })
    const words = 'Чека се мишљење.'

    await expect(suspendDeadline(ana, taskId, { why: 'opinion', words })).rejects.toEqual(code('term-may-not-stand'))
    await expect(extendDeadline(ana, taskId, words)).rejects.toEqual(code('term-not-extendable'))
    await expect(resumeDeadline(ana, taskId)).rejects.toEqual(code('term-does-not-stand'))
    expect(() => suspendDeadline(ana, taskId, { why: 'preliminary-question', words: ' . ' })).toThrow(code('reason-missing'))
    await suspendDeadline(ana, taskId, { why: 'preliminary-question', words })
    await expect(suspendDeadline(ana, taskId, { why: 'preliminary-question', words })).rejects.toEqual(code('term-stands-already'))
  })

  test('a term that has passed, or a case that is closed, is not stopped any more', async () => {
    const stop = () => suspendDeadline(ana, taskId, { why: 'preliminary-question', words: 'Чека се пресуда.' })

    town.clock.advance(9 * dayMs)
    await expect(stop()).rejects.toMatchObject({ code: 'term-not-running' })
    await closeCase(asSystem(), caseId, 'granted', 'job')

    await expect(stop()).rejects.toMatchObject({ code: 'term-not-running' })
  })

  test('a colleague who does not hold the step leaves its term alone, the head of the unit does not', async () => {
    const milica = town.contextFor(clerk(town, 'milica.jovin'))
    const vesna = town.contextFor(clerk(town, 'vesna.radic'))
    const wish = { why: 'preliminary-question' as const, words: 'Чека се пресуда.' }

    await expect(suspendDeadline(milica, taskId, wish)).rejects.toMatchObject({ code: 'not-found' })
    await suspendDeadline(vesna, taskId, wish)

    expect((await file()).deadline!.pauses).toHaveLength(1)
  })

  test('a process of before, which wakes at the old date, does not call a term late that stands', async () => {
    await suspendDeadline(ana, taskId, { why: 'preliminary-question', words: 'Чека се пресуда.' })
    town.clock.advance(9 * dayMs)
    await noteTermPassed(asSystem(), caseId)

    expect(await kinds()).not.toContain('term-passed')
  })

  test('the process learns at each moment how the term stands', async () => {
    const filedAt = '2026-11-24T10:00:00+01:00'
    const first = await lookAtTerm(asSystem(), caseId, filedAt)
    expect(first).toMatchObject({ termState: 'running', termOutcome: null, dueAt: '2026-12-02T23:59:59+01:00' })

    const states: string[] = []
    let next = first.termNextAt
    for (let at = 0; at < 3; at++) {
      town.clock.advance(Date.parse(next) - town.clock.now())
      const look = await lookAtTerm(asSystem(), caseId, next)
      states.push(look.termState)
      // The same job again gets the same answer.
      expect(await lookAtTerm(asSystem(), caseId, next)).toEqual(look)
      next = look.termNextAt
    }

    expect(states).toEqual(['half', 'soon', 'passed'])
  })

  test('a citizen asked for what is missing answers with words and a file, and the term has stood for as long', async () => {
    const asked = await requestSupplement(ana, taskId, { missing: ['Извод из матичне књиге венчаних', ' '], dueOn: '2026-12-10' })

    expect(asked).toMatchObject({ missing: ['Извод из матичне књиге венчаних'], unanswered: 'reject' })
    expect((await file()).case.status).toBe('waiting-for-you')
    expect((await told()).at(-1)).toMatchObject({ termNextAt: '2026-12-10T23:59:59+01:00' })
    expect(town.sentMails.at(-1)!.text).toContain('– Извод из матичне књиге венчаних')

    town.clock.advance(4 * dayMs)
    const ours = town.contextFor(jovana)
    const wrong = await attachSupplement(ours, caseId, { ...paper, fileName: 'pogresan.pdf' })
    await detachSupplement(ours, caseId, wrong.id)
    await attachSupplement(ours, caseId, paper)
    await answerSupplement(ours, caseId, 'Evo izvoda iz Apatina.')

    const now = await file()
    expect(now.case.status).toBe('in-progress')
    expect(now.supplements).toMatchObject([{ state: 'answered', answer: 'Evo izvoda iz Apatina.' }])
    expect(now.documents.map(({ fileName }) => fileName)).toEqual(['izvod.pdf'])
    expect(dueOn(now.deadline!, town.tenant)).toBe('2026-12-07')
    await expect(answerSupplement(ours, caseId, 'Još nešto.')).rejects.toMatchObject({ code: 'supplement-not-open' })
    await expect(detachSupplement(ours, caseId, now.documents[0]!.id)).rejects.toMatchObject({ code: 'supplement-not-open' })
  })

  test('what somebody with a mandate supplies is told with both names, in the history and in the audit', async () => {
    const erzsebet = await citizen(town, { name: 'Erzsébet Tóth', email: 'erzsebet@primer.example', number: '3112985899995' })
    await requestSupplement(ana, taskId, { missing: ['Извод'], dueOn: '2026-12-10' })
    await recordMandate(town.contextFor(clerk(town, 'djordje.stancic')), {
      kind: 'proxy', procedures: null, deeds: ['supplement'], validFrom: '', validTo: '', caseNumber: '', proof: 'seen', note: 'ОПУ 118-2026',
      who: { kind: 'person', givenName: 'Erzsébet', familyName: 'Tóth', number: '3112985899995' },
      whom: { kind: 'person', givenName: 'Јована', familyName: 'Маринковић', number: '2307990855035' },
    })

    await attachSupplement(town.contextFor(erzsebet), caseId, paper)
    await answerSupplement(town.contextFor(erzsebet), caseId, 'Evo izvoda iz Apatina.')

    const { timeline } = await readCase(town.contextFor(jovana), caseId)
    expect(timeline.find(({ kind }) => kind === 'supplement-answered')).toMatchObject({ actorName: 'Erzsébet Tóth', forName: 'Јована Маринковић' })
    const entries = await asSystem().db.transaction((trx) => auditEntriesAfter(trx, 0n, 1000))
    const hers = entries.filter(({ actor, action }) => actor === erzsebet.id && action !== 'term.resume')
    expect(hers.map(({ action, forWhom }) => [action, forWhom])).toEqual([
      ['document.supply', jovana.personId], ['supplement.answer', jovana.personId],
    ])
  })

  test('nothing comes by the day: the term runs on, and clerk and citizen read what follows by law', async () => {
    await requestSupplement(ana, taskId, { missing: ['Пуномоћје'], dueOn: '2026-12-04' })
    const before = await missSupplement(asSystem(), caseId)
    expect((await file()).supplements).toMatchObject([{ state: 'open' }])
    expect(before.termNextAt).toBe('2026-12-04T23:59:59+01:00')

    town.clock.advance(11 * dayMs)
    expect(await lookAtTerm(asSystem(), caseId, before.termNextAt)).toMatchObject({ termState: 'supplement-missed' })
    const after = await missSupplement(asSystem(), caseId)
    await missSupplement(asSystem(), caseId)

    expect(after.dueAt).toBe('2026-12-14T23:59:59+01:00')
    const { supplements, timeline, case: case_ } = await file()
    expect(supplements).toMatchObject([{ state: 'missed' }])
    expect(case_.status).toBe('in-progress')
    expect(timeline.filter(({ kind }) => kind === 'supplement-missed')).toMatchObject([{ facts: { unanswered: 'reject' } }])
    await told()
    expect(town.sentMails.at(-1)!.subject).toContain('dopuna nije stigla')
  })

  test('a citizen is given the time the law gives, and asked for one thing at a time', async () => {
    const ask = (dueDay: string, missing = ['Пуномоћје']) => requestSupplement(ana, taskId, { missing, dueOn: dueDay })

    await expect(ask('2026-12-01')).rejects.toMatchObject({ code: 'date-too-early', facts: { earliest: '2026-12-02' } })
    await expect(ask('2027-12-01')).rejects.toMatchObject({ code: 'date-too-late' })
    expect(() => ask('2026-12-10', [' '])).toThrow(expect.objectContaining({ code: 'reason-missing' }))
    await ask('2026-12-02')

    await expect(ask('2026-12-10')).rejects.toMatchObject({ code: 'supplement-open' })
    await expect(resumeDeadline(ana, taskId)).rejects.toMatchObject({ code: 'supplement-open' })
    await expect(answerSupplement(town.contextFor(jovana), caseId, '  ')).rejects.toMatchObject({ code: 'supplement-empty' })
    const erzsebet = await citizen(town, { name: 'Erzsébet Tóth', number: '0101000805018' })
    await expect(answerSupplement(town.contextFor(erzsebet), caseId, 'Ja.')).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('in Romania thirty days become forty-five, once, and nothing else stops them', async () => {
  town = await testTown({ tenant: 'caras-severin', startsAt: '2026-11-24T09:00:00Z' })
  const ioana = await citizen(town, { name: 'Ioana Radu', number: '2900723350011' })
  const { case: filed, task } = await caseWithTask(town, town.contextFor(ioana), petition({ language: 'ro', applicant: { ...marko, number: '' } }))
  caseId = filed.id
  const username = town.tenant.people.find(({ roles, units }) => roles.includes('case-clerk') && units.includes('citizen-service'))!.username
  const clerkOf = town.contextFor(clerk(town, username))
  await claimTask(clerkOf, task.id)

  await extendDeadline(clerkOf, task.id, 'Este nevoie de o verificare pe teren.')

  // The forty-fifth day is a Friday, 8 January.
  expect(await due()).toBe('2027-01-08')
  const { deadline } = await file()
  expect(deadline).toMatchObject({ extension: { amount: 15, kind: 'calendarDays', reason: 'Este nevoie de o verificare pe teren.' } })
  await expect(extendDeadline(clerkOf, task.id, 'Încă o dată.')).rejects.toMatchObject({ code: 'term-extended-already' })
  await expect(suspendDeadline(clerkOf, task.id, { why: 'other', words: 'Așteptăm.' })).rejects.toMatchObject({ code: 'term-may-not-stand' })
  await requestSupplement(clerkOf, task.id, { missing: ['Adresa exactă'], dueOn: '2026-12-10' })
  expect((await file()).deadline!.pauses).toEqual([])
})
