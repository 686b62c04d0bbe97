import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../server/cases/audit.ts'
import type { OpenedCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { readTask } from '../../server/cases/readTask.ts'
import { showNumber } from '../../server/cases/showNumber.ts'
import { updateCase } from '../../server/cases/store/caseRows.ts'
import { openPool } from '../../server/db/pool.ts'
import { auditEntriesAfter, auditEntriesOf, entriesOf } from '../../server/cases/store/auditRows.ts'
import { deliverAct } from '../../server/cases/deliverAct.ts'
import { makeAct } from '../../server/cases/letters/makeAct.ts'
import { openCase } from '../../server/cases/openCase.ts'
import type { Task } from '../../server/cases/task.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { caseWithTask, extract, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

const number = '2307990855035'
let town: TestTown
let jovana: Actor

beforeAll(async () => {
  town = await testTown()
  jovana = await citizen(town)
})

afterAll(() => town.close())

const anExtract = (): Promise<OpenedCase & { task: Task }> => caseWithTask(town, town.contextFor(jovana), extract())
const as = (username: string, change: Partial<Actor> = {}) => town.contextFor({ ...clerk(town, username), ...change })
const entries = () => town.contextFor(systemActor('test')).db.transaction((trx) => auditEntriesAfter(trx, 0n, 10_000))
const readsOf = (subject: string) =>
  town.contextFor(systemActor('test')).db.transaction((trx) => auditEntriesOf(trx, { subject, action: 'case.read' }, 100))

test('a clerk of the unit is shown the number for a reason, and the citizen reads which office it was, when and why', async () => {
  const { case: filed } = await anExtract()

  const shown = await showNumber(as('ana.kovac'), filed.id, {
    field: 'personalNumber', why: 'register-search', words: 'књига рођених 1990',
  })

  const { looks } = await readCase(town.contextFor(jovana), filed.id)
  expect(shown).toBe(number)
  expect(looks).toEqual([{
    at: new Date(town.clock.now()), units: ['registry'], roles: ['case-clerk', 'registrar'], field: 'personalNumber',
    why: 'register-search', words: 'књига рођених 1990',
  }])
  // The name is for the town's own eyes: in the audit stands its id.
  expect(JSON.stringify(looks)).not.toContain('kovac')
  expect((await entries()).at(-1)).toMatchObject({
    action: 'number.show', actor: 'user-ana.kovac', subject: filed.id, forWhom: jovana.personId, reason: 'књига рођених 1990',
  })
})

test('whoever opened the case by number and code reads who looked, too', async () => {
  const { case: filed } = await anExtract()
  await showNumber(as('boris.njegovan'), filed.id, { field: 'personalNumber', why: 'identify', words: '' })

  const { looks } = await readCase(town.contextFor({ ...visitor(), level: 'code', openedCaseId: filed.id }), filed.id)

  expect(looks).toMatchObject([{ why: 'identify', roles: ['registrar'], words: '' }])
})

test('another reason needs words, and without one nothing is shown and nothing is written', async () => {
  const { case: filed } = await anExtract()
  const before = (await entries()).length

  const refused = showNumber(as('ana.kovac'), filed.id, { field: 'personalNumber', why: 'other', words: 'x' })

  await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'reason-missing' })
  expect(await entries()).toHaveLength(before)
})

test('a number is shown to nobody whose business it is not', async () => {
  const { case: filed } = await anExtract()
  const ask = (context: ReturnType<typeof as>, field = 'personalNumber') =>
    showNumber(context, filed.id, { field, why: 'identify', words: '' })

  await expect(ask(as('milica.jovin'))).rejects.toMatchObject({ kind: 'not-found' })
  await expect(ask(as('nikola.duvnjak'))).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(ask(as('ana.kovac', { roles: ['auditor'] }))).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(ask(as('ana.kovac', { roles: ['supervisor'] }))).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(ask(town.contextFor(jovana))).rejects.toMatchObject({ code: 'not-allowed' })
  // What is not a personal number is not shown by this way, nor is a field that is not there.
  await expect(ask(as('ana.kovac'), 'fatherName')).rejects.toMatchObject({ code: 'not-found' })
  await expect(ask(as('ana.kovac'), '__proto__')).rejects.toMatchObject({ code: 'not-found' })
})

test('once the case is closed its number is the records office’s alone', async () => {
  const { case: filed } = await anExtract()
  const at = new Date(town.clock.now())
  await town.contextFor(systemActor('test')).db.transaction((trx) => updateCase(trx, filed.id, { closedAt: at, changedAt: at }))
  const ask = (roles: Actor['roles']) =>
    showNumber(as('ana.kovac', { roles }), filed.id, { field: 'personalNumber', why: 'same-person', words: '' })

  await expect(ask(['case-clerk', 'registrar'])).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await ask(['records-officer'])).toBe(number)
})

test('nothing is told when it cannot be written down', async () => {
  const { case: filed } = await anExtract()
  const ana = as('ana.kovac')
  let transactions = 0
  const transaction: typeof ana.db.transaction = (work) =>
    (++transactions > 1 ? Promise.reject(new Error('disk full')) : ana.db.transaction(work))
  const broken = { ...ana, db: { ...ana.db, transaction } }

  await expect(showNumber(broken, filed.id, { field: 'personalNumber', why: 'identify', words: '' })).rejects.toThrow('disk full')
})

test('who of the town hall reads a case is written down once a day, however often the page asks', async () => {
  const { case: filed, task } = await anExtract()
  const ana = as('ana.kovac')

  await Promise.all(Array.from({ length: 8 }, () => readTask(ana, task.id)))
  await readCase(ana, filed.id)
  await readCase(as('vesna.radic'), filed.id)
  town.clock.advance(24 * 3_600_000)
  await readTask(ana, task.id)

  expect((await readsOf(filed.id)).map(({ actor }) => actor)).toEqual(['user-ana.kovac', 'user-vesna.radic', 'user-ana.kovac'])
  expect((await readsOf(filed.id))[0]).toMatchObject({ forWhom: jovana.personId, facts: {} })
})

test('a day is the town’s own: a look after midnight there is another day’s', async () => {
  const { case: filed } = await anExtract()
  const ana = as('ana.kovac')
  town.clock.advanceTo(Date.parse('2026-12-01T22:59:00Z'))
  await readCase(ana, filed.id)

  town.clock.advance(2 * 60_000)
  await readCase(ana, filed.id)

  expect(await readsOf(filed.id)).toHaveLength(2)
})

test('what a citizen reads of their own is nobody’s to note, and what was refused was not read', async () => {
  const { case: filed, task } = await anExtract()

  await readCase(town.contextFor(jovana), filed.id)
  await expect(readTask(as('milica.jovin'), task.id)).rejects.toMatchObject({ kind: 'not-found' })

  expect(await readsOf(filed.id)).toEqual([])
})

test('a paper that a clerk opens is noted with its case', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const system = town.contextFor(systemActor('make-act'))
  const act = await makeAct(system, { caseId: filed.id, letter: 'forwarding', jobKey: 'numbers 1' })
  await deliverAct(system, filed.id, 'numbers 2')

  await readDocument(as('milica.jovin'), filed.id, act.id)
  await readDocument(as('milica.jovin'), filed.id, act.id)

  const noted = await system.db.transaction((trx) => auditEntriesOf(trx, { subject: act.id, action: 'document.read' }, 10))
  expect(noted).toMatchObject([{ actor: 'user-milica.jovin', facts: { caseId: filed.id } }])
})

test('another body reads the case it was asked about without telephone, without history and without the number', async () => {
  const { case: filed, task } = await caseWithTask(town, town.contextFor(jovana), extract())
  const context = town.contextFor({ ...clerk(town, 'ana.kovac'), id: 'user-cadastre', roles: ['external-organisation'] })
  await expect(readCase(context, filed.id)).rejects.toMatchObject({ kind: 'not-found' })
  await context.db.transaction((trx) => trx('tasks').where({ id: task.id }).update({ role: 'external-organisation' }))

  const { file, numbersShowable } = await readTask(context, task.id)

  expect(file.applicant).toMatchObject({ familyName: 'Маринковић', email: null, phone: null, address: null })
  expect(file.timeline).toEqual([])
  expect(numbersShowable).toBe(false)
})

test('no entry of the audit has a number, a name or an address in it, and the chain is whole after all this', async () => {
  const told = (await entries()).map(({ actor, forWhom, action, subject, facts }) => [actor, forWhom, action, subject, facts])
  const all = JSON.stringify(told)

  for (const secret of [number, 'Маринковић', 'jovana@primer.example']) expect(all).not.toContain(secret)
  expect((await verifyAudit(as('nikola.duvnjak'))).brokenAt).toBeNull()
})

test('whether a look is noted already is one question of an index, however long the chain has become', async () => {
  await town.contextFor(systemActor('test')).db.transaction((trx) => trx.raw(
    `INSERT INTO audit_entries (tenant_id, sequence, at, actor, action, subject, previous_hash, hash)
     SELECT current_tenant(), 1000000 + n, now(), 'user-' || n % 40, 'case.read', 'case ' || n % 5000, '', ''
     FROM   generate_series(1, 50000) AS n`))
  const owner = openPool(town.database.ownerUrl, { max: 1 })
  await owner.raw('ANALYZE audit_entries')
  await owner.destroy()

  const plan = await town.contextFor(systemActor('test')).db.transaction(async (trx) => {
    const { sql, bindings } = entriesOf(trx, { subject: 'case 42', action: 'case.read', actor: 'user-2' }, 1).toSQL()
    const { rows } = await trx.raw(`EXPLAIN ${sql}`, bindings)
    return rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n')
  })

  expect(plan).toMatch(/Index Scan using audit_of_subject[\s\S]*Index Cond: .*subject = 'case 42'/)
})
