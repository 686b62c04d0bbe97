import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '../../../server/base/errors.ts'
import { verifyAudit } from '../../../server/cases/audit.ts'
import type { Context } from '../../../server/cases/context.ts'
import { myCases } from '../../../server/cases/myCases.ts'
import { openCase } from '../../../server/cases/openCase.ts'
import { compareForMerge } from '../../../server/cases/people/compareForMerge.ts'
import { findPeople } from '../../../server/cases/people/findPeople.ts'
import { mergePeople } from '../../../server/cases/people/mergePeople.ts'
import { myMerges } from '../../../server/cases/people/myMerges.ts'
import { mergeFields } from '../../../server/cases/people/personMerge.ts'
import { readPerson } from '../../../server/cases/people/readPerson.ts'
import { undoMerge } from '../../../server/cases/people/undoMerge.ts'
import { auditEntriesOf } from '../../../server/cases/store/auditRows.ts'
import { personReferences } from '../../../server/cases/store/personReferences.ts'
import type { Transaction } from '../../../server/db/transaction.ts'
import { systemActor } from '../../../server/identity/actor.ts'
import { findSession, openLoginSession } from '../../../server/identity/sessions.ts'
import { extract, marko, petition } from '../../support/filing.ts'
import { clerk, testTown, type TestTown } from '../../support/town.ts'
import { account, allRows, person } from '../../support/people.ts'

let town: TestTown
let supervisor: Context

const reason = 'Иста особа, проверено у личној карти'
const merge = (keptId: string, otherId: string, take: readonly (typeof mergeFields)[number][] = []): Promise<string> =>
  mergePeople(supervisor, keptId, { otherId, take, reason })
const undo = (mergeId: string, caseIds: string[] = []): Promise<string> => undoMerge(supervisor, mergeId, { reason: 'Ипак су две', caseIds })
const system = (): Context => town.contextFor(systemActor('test'))
const row = (id: string): Promise<Record<string, unknown>> => system().db.transaction((trx) => trx('people').where({ id }).first())

beforeAll(async () => {
  town = await testTown()
  supervisor = town.contextFor({ ...clerk(town, 'ana.kovac'), roles: ['supervisor', 'case-clerk'] })
})

afterAll(() => town.close())

test('the list of what points to a person is that of the database', async () => {
  const { rows } = await system().db.transaction((trx) => trx.raw(`
    SELECT conrelid::regclass::text || '.' || column_.attname AS reference
    FROM   pg_constraint
    CROSS JOIN LATERAL unnest(conkey) WITH ORDINALITY AS referring (number, place)
    JOIN   unnest(confkey) WITH ORDINALITY AS referred (number, place) USING (place)
    JOIN   pg_attribute AS column_ ON column_.attrelid = conrelid AND column_.attnum = referring.number
    JOIN   pg_attribute AS target  ON target.attrelid = confrelid AND target.attnum = referred.number
    WHERE  contype = 'f' AND confrelid = 'people'::regclass AND target.attname = 'id' ORDER BY 1`))
  // The record of merges names both rows, whatever becomes of them.
  const record = ['person_merges.kept_id', 'person_merges.merged_id']

  expect(rows.map(({ reference }: { reference: string }) => reference).filter((each: string) => !record.includes(each)))
    .toEqual(personReferences.map(({ table, column }) => `${table}.${column}`).toSorted())
})

test('two rows become one: cases, parties, accounts and notes are with the kept one, and the other leads there', async () => {
  const [kept, other] = [await person(town, { name: 'Јелена Марковић', email: 'stara@primer.example' }), await person(town, { name: 'Jelena Marković', phone: '064 123 4567' })]
  const jelena = await account(town, other)
  const { case: filed } = await openCase(town.contextFor(jelena), extract())

  await merge(kept, other, ['phone'])

  const file = await readPerson(supervisor, kept)
  expect(file.cases.map((each) => each.case.id)).toEqual([filed.id])
  expect(file.accounts.map(({ id }) => id)).toEqual([jelena.accountId])
  expect(file.stored.person).toMatchObject({ givenName: 'Јелена', email: 'stara@primer.example', phone: '064 123 4567' })
  expect(await readPerson(supervisor, other)).toMatchObject({ mergedInto: { id: kept }, cases: [], accounts: [] })
  expect((await findPeople(supervisor, 'Јелена Марковић')).people.map((each) => each.person.id)).toEqual([kept])
  expect((await myCases(town.contextFor({ ...jelena, personId: kept }))).map((each) => each.case.id)).toEqual([filed.id])
})

test('who may merge is in the table, and an auditor is not among them', async () => {
  const [kept, other] = [await person(town), await person(town)]
  for (const role of ['case-clerk', 'auditor', 'administrator'] as const) {
    const context = town.contextFor({ ...clerk(town, 'ana.kovac'), roles: [role] })
    await expect(mergePeople(context, kept, { otherId: other, take: [], reason })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(compareForMerge(context, kept, other)).rejects.toMatchObject({ code: 'not-allowed' })
  }
})

test('two different proven numbers are two people', async () => {
  const [one, other] = [await person(town, { number: '0101990800010' }), await person(town, { number: '0101990800029' })]

  await expect(merge(one, other)).rejects.toMatchObject({ code: 'numbers-differ' })
  expect((await compareForMerge(supervisor, one, other)).refusal).toBe('numbers-differ')
})

test('a company is no person, and who acts for another is not that other', async () => {
  const [anna, firm, mother] = [await person(town), await person(town, { kind: 'company', name: 'Пекара Илић' }), await person(town)]
  await system().db.transaction((trx) => trx('mandates').insert({
    tenant_id: town.tenant.id, id: uuidv7(), person_id: mother, for_person_id: anna, kind: 'guardian', valid_from: '2026-01-01', state: 'confirmed', proof: 'seen', decided_at: new Date(0),
  }))

  await expect(merge(anna, firm)).rejects.toMatchObject({ code: 'kinds-differ' })
  await expect(merge(anna, mother)).rejects.toMatchObject({ code: 'act-for-each-other' })
})

test('the proven number stays, at whichever row it was, and is found there', async () => {
  const number = '1503985810120'
  const [kept, other] = [await person(town, { name: 'Петар Петровић' }), await person(town, { name: 'Petar Petrović', number })]

  const id = await merge(kept, other)

  expect((await findPeople(supervisor, number)).people.map((each) => each.person.id)).toEqual([kept])
  expect(await row(other)).toMatchObject({ identifier_hash: null, merged_into: kept })
  await undo(id)
  expect((await findPeople(supervisor, number)).people.map((each) => each.person.id)).toEqual([other])
})

test('an open sign-in goes on as the kept person, and as the other again when they are parted', async () => {
  const [kept, other] = [await person(town), await person(town)]
  const actor = await account(town, other)
  const cookie = await openLoginSession(system(), { actor, grant: '{}', keycloakSession: uuidv7() })
  const acts = async (): Promise<string | undefined> => (await findSession(system(), cookie, 'login'))?.actor.personId

  const id = await merge(kept, other)
  expect(await acts()).toBe(kept)

  await undo(id)
  expect(await acts()).toBe(other)
})

test('two merges of the same rows at once: one is done, the other finds it done', async () => {
  const [one, other] = [await person(town), await person(town)]

  const results = await Promise.allSettled([merge(one, other), merge(other, one)])

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(results.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'merged-already' } })
})

test('what is filed while two rows become one is with the kept one, whichever came first', async () => {
  for (let round = 0; round < 5; round++) {
    const [kept, other] = [await person(town), await person(town)]
    const citizen = town.contextFor(await account(town, other))

    const [, { case: filed }] = await Promise.all([merge(kept, other), openCase(citizen, extract())])

    const { rows } = await system().db.transaction((trx) =>
      trx.raw('SELECT applicant_id AS applicant, person_id AS party FROM cases JOIN case_parties ON case_id = id WHERE id = ?', [filed.id]))
    expect(rows).toEqual([{ applicant: kept, party: kept }])
  }
})

test('a case that came since stays with the kept one unless it is named', async () => {
  const [kept, other] = [await person(town), await person(town)]
  const actor = await account(town, other)
  const { case: before } = await openCase(town.contextFor(actor), extract())
  const id = await merge(kept, other)
  town.clock.advance(60_000)
  const merged = town.contextFor({ ...actor, personId: kept })
  const [{ case: stays }, { case: goes }] = [await openCase(merged, extract()), await openCase(merged, extract())]
  const [standing] = (await readPerson(supervisor, kept)).merges
  expect(standing).toMatchObject({ isUndoable: true })
  expect(standing!.since.map((each) => each.case.id)).toEqual([stays.id, goes.id])
  await expect(undo(id, [before.id])).rejects.toMatchObject({ code: 'not-found' })

  expect(await undo(id, [goes.id])).toBe(other)

  const casesOf = async (personId: string): Promise<string[]> => (await readPerson(supervisor, personId)).cases.map((each) => each.case.id)
  expect(await casesOf(kept)).toEqual([stays.id])
  expect((await casesOf(other)).toSorted()).toEqual([before.id, goes.id].toSorted())
  await expect(undo(id)).rejects.toMatchObject({ code: 'wrong-state' })
})

test('merges are undone in reverse order', async () => {
  const [one, two, three] = [await person(town), await person(town), await person(town)]
  const first = await merge(one, two)
  const second = await merge(three, one)

  await expect(undo(first)).rejects.toMatchObject({ code: 'newer-merge-first' })
  expect(await row(two)).toMatchObject({ merged_into: three })
  await undo(second)
  expect(await row(two)).toMatchObject({ merged_into: one })
  await undo(first)
  expect(await row(two)).toMatchObject({ merged_into: null })
})

test('what was changed since stays as it is now', async () => {
  const [kept, other] = [await person(town, { email: 'a@primer.example', phone: '024 111 111' }), await person(town, { email: 'b@primer.example', phone: '024 222 222' })]
  const id = await merge(kept, other, ['email', 'phone'])
  await system().db.transaction((trx) => trx('people').where({ id: kept }).update({ email: 'c@primer.example' }))

  await undo(id)

  expect(await row(kept)).toMatchObject({ email: 'c@primer.example', phone: '024 111 111' })
})

test('the citizen reads which office did it and why, the audit has both deeds and no name', async () => {
  const [kept, other] = [await person(town), await person(town)]
  const actor = await account(town, other)
  const id = await merge(kept, other)
  await undo(id)

  const told = await myMerges(town.contextFor(actor))

  expect(told.map(({ kind }) => kind).toSorted()).toEqual(['merged', 'parted'])
  expect(told.find(({ kind }) => kind === 'merged')).toMatchObject({ reason, units: clerk(town, 'ana.kovac').units, roles: ['supervisor'] })
  const [entry] = await system().db.transaction((trx) => auditEntriesOf(trx, { subject: kept, action: 'person.merge' }, 1))
  expect(entry).toMatchObject({ forWhom: kept, facts: { mergeId: id, mergedId: other, moved: { 'accounts.person_id': 1 } } })
  expect(JSON.stringify(entry!.facts)).not.toContain('Илић')
  expect((await verifyAudit(system())).brokenAt).toBeNull()
})

test('parting is the opposite of merging: after any merges undone in reverse, every row of every table is as it was', async () => {
  const own = await testTown()
  const context = own.contextFor({ ...clerk(own, 'ana.kovac'), roles: ['supervisor'] })
  const ids = await manyWithEverything(own)
  const step = fc.record({ kept: fc.constantFrom(...ids), other: fc.constantFrom(...ids), take: fc.subarray([...mergeFields]) })
  let done = 0
  try {
    const before = await allRows(own)
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const merges: string[] = []
      for (const { kept, other, take } of steps) {
        try {
          merges.push(await mergePeople(context, kept, { otherId: other, take, reason }))
        } catch (error) {
          // Some pairs are refused, as they should be.
          if (!(error instanceof Refusal)) throw error
        }
      }
      done += merges.length
      if (merges.length > 0) expect(await allRows(own)).not.toEqual(before)
      for (const id of merges.toReversed()) await undoMerge(context, id, { reason, caseIds: [] })

      expect(await allRows(own)).toEqual(before)
    }), { numRuns: 25 })
    expect(done).toBeGreaterThan(25)
  } finally {
    await own.close()
  }
})

/** Seven people among whom everything occurs that points to a person, also twice to the same case. */
async function manyWithEverything(own: TestTown): Promise<string[]> {
  const counter = own.contextFor({ ...clerk(own, 'ana.kovac'), roles: ['counter-clerk'] })
  const at = (trx: Transaction) => ({
    mandate: (from: string, to: string) => trx('mandates').insert({
      tenant_id: own.tenant.id, id: uuidv7(), person_id: from, for_person_id: to, kind: 'guardian', valid_from: '2026-01-01', state: 'confirmed', proof: 'seen', decided_at: new Date(0),
    }),
    party: (caseId: string, personId: string, role: string) => trx('case_parties').insert({ tenant_id: own.tenant.id, case_id: caseId, person_id: personId, role }),
    note: (personId: string) => trx('person_notes').insert({
      tenant_id: own.tenant.id, id: uuidv7(), person_id: personId, note: 'Зове петком', written_at: new Date(own.clock.now()), written_by: 'a', by_name: 'Ана',
    }),
  })
  const people = [
    await person(own, { name: 'Марко Илић', number: '1503985810120', bornOn: '1985-03-15', email: 'marko@primer.example', address: 'Венац 1' }),
    await person(own, { name: 'Marko Ilić', phone: '+381 64 123 45 67', language: 'sr-Latn' }),
    await person(own, { name: 'Marko Ilic', email: 'MARKO@primer.example', bornOn: '1985-03-15' }),
    await person(own, { name: 'Јована Маринковић', number: '2307990855035', address: 'Главна 2' }),
    await person(own, { name: 'Јована Марковић', language: 'hu' }),
    await person(own, {}),
  ]
  const [a, b, c, d, e, f] = people as [string, string, string, string, string, string]
  const accounts = [await account(own, b), await account(own, d), await account(own, e)]
  for (const actor of accounts) {
    await openLoginSession(own.contextFor(systemActor('test')), { actor, grant: '{}', keycloakSession: actor.id })
    await openCase(own.contextFor(actor), extract())
  }
  const { case: shared } = await openCase(counter, petition({ channel: 'counter', applicant: { ...marko, number: '1503985810120' } }))
  const { case: unproven } = await openCase(own.contextFor(accounts[0]!), petition({ applicant: { ...marko, kind: 'person' } }))
  await own.contextFor(systemActor('test')).db.transaction(async (trx) => {
    const { mandate, party, note } = at(trx)
    await mandate(a, d)
    await mandate(e, b)
    for (const each of [b, c, f]) await party(shared.id, each, 'cosigner')
    await party(unproven.id, c, 'representative')
    for (const each of people) await note(each)
  })
  return people
}
