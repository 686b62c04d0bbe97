import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../../server/cases/context.ts'
import { openCase } from '../../../server/cases/openCase.ts'
import { addNote } from '../../../server/cases/people/addNote.ts'
import { readPerson } from '../../../server/cases/people/readPerson.ts'
import { auditEntriesOf } from '../../../server/cases/store/auditRows.ts'
import { systemActor, type Actor } from '../../../server/identity/actor.ts'
import { openLoginSession } from '../../../server/identity/sessions.ts'
import { caseWithTask, extract, marko, petition } from '../../support/filing.ts'
import { account, person } from '../../support/people.ts'
import { clerk, testTown, type TestTown } from '../../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown()
})

afterAll(() => town.close())

const as = (role: Actor['roles'][number], units: string[]): Context => town.contextFor({ ...clerk(town, 'ana.kovac'), roles: [role], units })

test('a page has the cases of all channels, in whatever role, each with a task the reader may open', async () => {
  const id = await person(town, { name: 'Петар Петровић', number: '1503985810120' })
  const petar = await account(town, id)
  const { case: online, task } = await caseWithTask(town, town.contextFor(petar), extract())
  const { case: counter } = await openCase(as('counter-clerk', ['registry']), petition({ channel: 'counter', applicant: marko }))
  const { case: forAnother } = await openCase(town.contextFor(petar), petition({ applicant: { ...marko, kind: 'company', familyName: 'Пекара', number: '' } }))

  const { cases, casesElsewhere } = await readPerson(as('auditor', []), id)

  expect(cases.map(({ case: each, as: roles }) => [each.id, each.channel, roles]).toSorted()).toEqual([
    [online.id, 'portal', ['applicant']], [counter.id, 'counter', ['applicant']], [forAnother.id, 'portal', ['representative']],
  ].toSorted())
  expect(cases.find((each) => each.case.id === online.id)?.taskId).toBe(task.id)
  expect(casesElsewhere).toBe(0)
})

test('whoever may not read a case learns how many there are and nothing else of it', async () => {
  const id = await person(town)
  const { case: filed } = await caseWithTask(town, town.contextFor(await account(town, id)), extract())

  const [own, other] = [await readPerson(as('case-clerk', ['registry']), id), await readPerson(as('case-clerk', ['mail-room']), id)]

  expect(own.cases.map((each) => each.case.id)).toEqual([filed.id])
  expect(other).toMatchObject({ cases: [], casesElsewhere: 1, messages: [] })
  expect(JSON.stringify(other)).not.toContain(filed.number)
})

test('of an account the level of the last sign-in is told, and no secret', async () => {
  const id = await person(town)
  const actor = await account(town, id)
  await openLoginSession(town.contextFor(systemActor('test')), { actor: { ...actor, level: 'e-signature' }, grant: '{"secret":1}', keycloakSession: 'k' })

  const { accounts } = await readPerson(as('counter-clerk', []), id)

  expect(accounts).toEqual([{ id: actor.accountId, createdAt: expect.any(Date), lastSeenAt: expect.any(Date), level: 'e-signature' }])
})

test('that somebody read the page is written down once a day, and a note is, without its words', async () => {
  const id = await person(town)
  const clerkOf = as('case-clerk', [])
  for (let n = 0; n < 3; n++) await readPerson(clerkOf, id)
  await addNote(clerkOf, id, 'Слабије чује')

  const [reads, notes] = await clerkOf.db.transaction(async (trx) => [
    await auditEntriesOf(trx, { subject: id, action: 'person.read' }, 10), await auditEntriesOf(trx, { subject: id, action: 'person.note' }, 10),
  ])
  expect(reads).toMatchObject([{ actor: 'user-ana.kovac', forWhom: id }])
  expect(notes).toHaveLength(1)
  expect(JSON.stringify(notes![0]!.facts)).not.toContain('чује')
  expect((await readPerson(clerkOf, id)).notes).toMatchObject([{ text: 'Слабије чује' }])
  await expect(addNote(as('auditor', []), id, 'x')).rejects.toMatchObject({ code: 'not-allowed' })
})

test('another body, a designer and a quality manager open nobody’s page', async () => {
  const id = await person(town)
  for (const role of ['external-organisation', 'process-designer', 'quality-manager', 'administrator'] as const) {
    await expect(readPerson(as(role, ['registry']), id)).rejects.toMatchObject({ code: 'not-allowed' })
  }
})
