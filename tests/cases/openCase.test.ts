import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { verifyAudit } from '../../server/cases/audit.ts'
import { FormRefusal } from '../../server/cases/formRefusal.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { extract, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
})

afterAll(() => town.close())

test('a petition without a name is filed with a number, a code and a term', async () => {
  const { case: filed, accessCode, alreadyThere } = await openCase(town.contextFor(visitor()), petition())

  expect(filed.number).toMatch(/^III-.+-\d+\/2026$/)
  expect(filed.status).toBe('received')
  expect(filed.applicantId).toBeNull()
  expect(accessCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  expect(alreadyThere).toBe(false)
})

test('fifty people who file at once get fifty numbers in a row', async () => {
  const before = await lastNumber()

  const filed = await Promise.all(Array.from({ length: 50 }, () => openCase(town.contextFor(visitor()), petition())))

  const numbers = filed.map((each) => Number(/-(\d+)\/2026$/.exec(each.case.number)![1])).sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, at) => before + 1 + at))
})

test('a filing that fails gives its number back', async () => {
  const before = await lastNumber()
  const broken = { ...town.contextFor(visitor()), country: { ...town.contextFor(visitor()).country, deadlines: {} } }

  await expect(openCase(broken, petition())).rejects.toThrow(/Expected a deadline petition/)

  const next = await openCase(town.contextFor(visitor()), petition())
  expect(next.case.number).toMatch(new RegExp(`-${before + 1}/2026$`))
})

test('a double click files once and answers the same number and code', async () => {
  const filing = petition()
  const context = town.contextFor(visitor())

  const [first, second] = await Promise.all([openCase(context, filing), openCase(context, filing)])

  expect(second.case.id).toBe(first.case.id)
  expect(second.accessCode).toBe(first.accessCode)
  expect([first.alreadyThere, second.alreadyThere].sort()).toEqual([false, true])
})

test('a client key that another account has used opens nothing', async () => {
  const jovana = await citizen(town)
  const filing = petition({ applicant: marko })
  await openCase(town.contextFor(jovana), filing)

  const other = await citizen(town, { name: 'Erzsébet Tóth', number: '3112985899995' })

  await expect(openCase(town.contextFor(other), filing)).rejects.toMatchObject({ kind: 'not-found' })
})

test('an extract is not filed without signing in', async () => {
  await expect(openCase(town.contextFor(visitor()), extract())).rejects.toMatchObject({ kind: 'not-allowed', code: 'level-too-low' })
})

test('an extract may not be asked for anonymously', async () => {
  const refused = openCase(
    town.contextFor(await citizen(town, { number: '0101000805018' })),
    extract({ applicant: { ...marko, kind: 'anonymous' } }),
  )

  await expect(refused).rejects.toMatchObject({
    faults: expect.arrayContaining([expect.objectContaining({ key: 'applicant.kind', code: 'not-an-option' })]),
  })
})

test('a wrong check digit stops filing online and only warns at the counter', async () => {
  const filing = (): ReturnType<typeof petition> => petition({ applicant: { ...marko, number: '0101001890123' } })

  await expect(openCase(town.contextFor(visitor()), filing())).rejects.toBeInstanceOf(FormRefusal)
  const { warnings } = await openCase(town.contextFor(clerk(town, 'djordje.stancic')), { ...filing(), channel: 'counter' })

  expect(warnings).toMatchObject([{ key: 'applicant.number', code: 'check-digit', warning: true }])
})

test('a clerk who files on the portal is a visitor like any other', async () => {
  const filing = petition({ channel: 'portal', applicant: { ...marko, number: '0101001890123' } })

  await expect(openCase(town.contextFor(clerk(town, 'djordje.stancic')), filing)).rejects.toBeInstanceOf(FormRefusal)
})

test('every missing field is told at once', async () => {
  const refused = openCase(town.contextFor(visitor()), petition({ answers: {}, applicant: { ...marko, familyName: '', email: '' } }))

  const error = await refused.catch((each: unknown) => each)
  expect(error).toBeInstanceOf(FormRefusal)
  expect((error as FormRefusal).faults.map((fault) => fault.key)).toEqual(
    expect.arrayContaining(['subject', 'petitionText', 'applicant.familyName', 'applicant.email']),
  )
})

test('a procedure the town does not offer is not found', async () => {
  await expect(
    openCase(town.contextFor(visitor()), petition({ procedure: 'social-aid' })),
  ).rejects.toMatchObject({ kind: 'not-found', code: 'procedure-not-offered' })
})

test('what a visitor types does not tie the case to a known person', async () => {
  const jovana = await citizen(town, { number: '0505985155121' })

  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: { ...marko, number: '0505985155121' } }))

  expect(filed.applicantId).not.toBe(jovana.personId)
})

test('the message that starts the process carries ids and listed answers only', async () => {
  const filing = petition({ clientKey: uuidv7(), applicant: marko })
  const context = town.contextFor(visitor())

  const { case: filed } = await openCase(context, filing)

  const { payload } = await context.db.transaction((trx) => trx('outbox').whereRaw(`payload ->> 'messageId' = ?`, [filed.id]).first())
  expect(payload).toMatchObject({ name: 'sombor--petition--start', correlationKey: filed.id, timeToLiveMs: 86_400_000 })
  expect(payload.variables).toMatchObject({
    caseId: filed.id,
    packageVersion: 1,
    country: 'rs',
    channel: 'portal',
    anonymous: false,
  })
  expect(JSON.stringify(payload)).not.toContain('Илић')
  expect(JSON.stringify(payload)).not.toContain('Lenke')
})

test('filing does not need the engine', async () => {
  town.engine.isDown = true

  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  expect(filed.number).toBeTruthy()
  town.engine.isDown = false
})

test('the audit chain holds from its first entry to its last', async () => {
  const context = town.contextFor(visitor())
  await openCase(context, petition())

  const { entries, brokenAt } = await verifyAudit(context)

  expect(entries).toBeGreaterThan(1)
  expect(brokenAt).toBeNull()
})

test('an audit entry changed behind the product’s back breaks the chain where it was changed', async () => {
  const context = town.contextFor(visitor())
  const { case: filed } = await openCase(context, petition())
  await openCase(context, petition())
  const operator = new pg.Client({ connectionString: town.database.superUrl })
  await operator.connect()
  // Past the trigger and the wall, as only who owns the machine can.
  await operator.query('SET session_replication_role = replica')
  const { rows } = await operator.query(`UPDATE audit_entries SET actor = 'nobody' WHERE subject = $1 RETURNING sequence`, [filed.id])
  await operator.end()

  expect(await verifyAudit(context)).toMatchObject({ brokenAt: BigInt(rows[0].sequence) })
})

async function lastNumber(): Promise<number> {
  const bookClass = town.packages.newest('petition')!.procedure.class.rs
  const book = await town.contextFor(visitor()).db.transaction((trx) => trx('register_books').where({ class: bookClass }).first())
  return book?.last_number ?? 0
}
