import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../../server/cases/audit.ts'
import type { Context } from '../../../server/cases/context.ts'
import { openCase } from '../../../server/cases/openCase.ts'
import { emptyCopy, findFill, type TrainingFill } from '../../../server/cases/store/trainingRows.ts'
import { askToFill } from '../../../server/cases/towns/practice/askToFill.ts'
import { fillRound } from '../../../server/cases/towns/practice/fillRound.ts'
import { madeUpPeopleCount, madeUpPerson } from '../../../server/cases/towns/practice/madeUpPerson.ts'
import { planRequests } from '../../../server/cases/towns/practice/planRequests.ts'
import { readTraining } from '../../../server/cases/towns/practice/readTraining.ts'
import { copyOf, trainingCopy } from '../../../server/cases/towns/trainingCopy.ts'
import { trainingChannels } from '../../../server/channels/training.ts'
import { systemActor } from '../../../server/identity/actor.ts'
import { checkPersonalNumber } from '../../../server/rules/identifiers/index.ts'
import { readMunicipalities } from '../../../server/zeebe/municipality.ts'
import { readPackages } from '../../../server/zeebe/packages.ts'
import { readPractice } from '../../../server/zeebe/practice.ts'
import { isOffered } from '../../../server/cases/shelf.ts'
import { extract, petition } from '../../support/filing.ts'
import { startOnEngine, type TownsOnEngine } from '../../support/onTheEngine.ts'
import { citizen, clerk, testTown, type TestTown } from '../../support/town.ts'

let town: TestTown
let copy: TestTown
let engine: TownsOnEngine

beforeAll(async () => {
  town = await testTown()
  copy = await town.neighbor(copyOf(town.tenant))
  engine = await startOnEngine(town, copy)
}, 120_000)

afterAll(async () => {
  await engine.close()
  await town.close()
})

const administrator = (there: TestTown): Context => ({
  ...engine.contextFor(there, { ...clerk(town, 'nikola.duvnjak'), roles: ['administrator'] }), channels: trainingChannels(),
})
const loop = (): Context => engine.contextFor(copy, systemActor('fill-training'))

/** Rounds until the copy is full, each after all that the last one set in motion. */
async function fill(): Promise<TrainingFill> {
  for (;;) {
    const now = await fillRound(loop())
    if (now?.phase === 'done') return now
    await engine.outbox.idle()
  }
}

interface Kept {
  people: { given_name: string; family_name: string; identifier_hash: Buffer | null; email: string | null }[]
  cases: { id: string; number: string; subject: string; status: string; channel: string; procedure: string; filed_at: Date; closed_at: Date | null; answers: unknown; client_key: string }[]
}

async function rowsOf(there: TestTown): Promise<Kept> {
  return loopOf(there).db.transaction(async (trx) => ({ people: await trx('people').select(), cases: await trx('cases').select().orderBy('client_key') }))
}
const loopOf = (there: TestTown): Context => engine.contextFor(there, systemActor('test'))

describe('a copy for practice', () => {
  test('is filled with invented requests over all procedures, channels and states, and none of the town is in it', async () => {
    const jovana = engine.contextFor(town, await citizen(town))
    await openCase(jovana, extract())
    await openCase(jovana, petition({ answers: { petitionKind: 'question', subject: 'Стварни предмет', petitionText: 'Нешто што је стварна особа написала.', answerChannel: 'inbox' } }))

    await askToFill(administrator(copy))
    const full = await fill()

    expect(full).toMatchObject({ phase: 'done', planned: 60, filed: 60, settled: 60 })
    const [real, made] = [await rowsOf(town), await rowsOf(copy)]
    const all = (key: 'status' | 'channel' | 'procedure'): string[] => [...new Set(made.cases.map((each) => each[key]))].sort()
    expect(made.cases).toHaveLength(60)
    expect(new Set(made.people.map(({ given_name, family_name }) => `${given_name} ${family_name}`)).size).toBeGreaterThanOrEqual(35)
    expect(all('procedure')).toEqual(town.packages.offered().filter(({ procedure }) => !procedure.account).map(({ procedure }) => procedure.id).sort())
    expect(all('channel')).toEqual(['chat', 'counter', 'email', 'phone', 'portal', 'post', 'sms', 'viber', 'voicemail'])
    expect(all('status')).toEqual(expect.arrayContaining(['received', 'waiting-for-you', 'withdrawn']))
    expect(made.cases.filter(({ closed_at }) => closed_at).length).toBeGreaterThanOrEqual(18)

    const { acts, late, taken, sent } = await loopOf(copy).db.transaction(async (trx) => ({
      acts: await trx('documents').where({ kind: 'act' }),
      late: await trx('deadlines').join('cases', 'cases.id', 'deadlines.case_id').whereNull('cases.closed_at').where('due_at', '<', new Date()).select('cases.procedure'),
      taken: await trx('tasks').where({ status: 'open' }).whereNotNull('holder'),
      sent: await trx('outbox').whereNotNull('stalled_at'),
    }))
    expect(acts.length).toBeGreaterThanOrEqual(9)
    // Late ones of every procedure, by days as the law counts them.
    expect(late.length).toBeGreaterThanOrEqual(6)
    expect([...new Set(late.map(({ procedure }: { procedure: string }) => procedure))].sort()).toEqual(all('procedure'))
    expect(taken.length).toBeGreaterThanOrEqual(6)
    expect(sent).toEqual([])

    // Row by row: no name, number, address, text or id of the real town.
    const of = (kept: Kept): Set<string> => new Set([
      ...kept.people.flatMap(({ given_name, family_name, identifier_hash, email }) =>
        [`${given_name} ${family_name}`, identifier_hash?.toString('hex') ?? '', email ?? '']),
      ...kept.cases.flatMap(({ id, number, answers }) => [id, number, JSON.stringify(answers)]),
    ].filter(Boolean))
    expect([...of(made)].filter((each) => of(real).has(each))).toEqual([])
    expect(real.cases).toHaveLength(2)
    expect(made.people.every(({ email }) => email?.endsWith('@training.example'))).toBe(true)
    expect(await verifyAudit(loopOf(copy))).toMatchObject({ brokenAt: null })
  }, 300_000)

  test('is not filled twice, and a round that comes again changes nothing', async () => {
    const before = await rowsOf(copy)

    expect(await askToFill(administrator(copy))).toMatchObject({ generation: 1, phase: 'done' })
    await fillRound(loop())

    expect(await rowsOf(copy)).toEqual(before)
  })

  test('tells an administrator how to sign in, with an account for each role but the one above all towns', async () => {
    const training = await readTraining(administrator(copy))

    expect(training).toMatchObject({ id: 'sombor-training', password: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/) })
    expect(training?.fill?.accounts.map(({ role }) => role)).toEqual([
      'counter-clerk', 'village-office-clerk', 'case-clerk', 'registrar', 'head', 'supervisor', 'quality-manager', 'process-designer',
      'records-officer', 'external-organisation', 'auditor', 'administrator',
    ])
    await expect(readTraining(engine.contextFor(copy, clerk(town, 'ana.kovac')))).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('is emptied and filled anew with other requests; the audit stays and the town is as it was', async () => {
    const [real, made] = [await rowsOf(town), await rowsOf(copy)]
    const audited = (await verifyAudit(loopOf(copy))).entries

    await askToFill(administrator(copy), { again: true })
    const full = await fill()

    expect(full).toMatchObject({ generation: 2, phase: 'done', filed: 60 })
    const anew = await rowsOf(copy)
    expect(anew.cases).toHaveLength(60)
    expect(anew.cases.map(({ id }) => id).filter((id) => made.cases.some((each) => each.id === id))).toEqual([])
    expect(await rowsOf(town)).toEqual(real)
    const audit = await verifyAudit(loopOf(copy))
    expect(audit.brokenAt).toBeNull()
    expect(audit.entries).toBeGreaterThan(audited)
  }, 300_000)
})

describe('a real town', () => {
  test('is neither filled nor emptied, whoever asks', async () => {
    const before = await rowsOf(town)

    await expect(askToFill(administrator(town), { again: true })).rejects.toMatchObject({ code: 'not-training' })
    await expect(fillRound(engine.contextFor(town, systemActor('fill-training')))).rejects.toMatchObject({ code: 'not-training' })
    // Not even by a mistake of ours: the database looks for itself.
    await expect(loopOf(town).db.transaction(emptyCopy)).rejects.toMatchObject({ code: '23001' })

    expect(await rowsOf(town)).toEqual(before)
    expect(before.cases.length).toBeGreaterThan(0)
  })

  test('a clerk asks for no filling of a copy', async () => {
    await expect(askToFill(engine.contextFor(copy, clerk(town, 'ana.kovac')))).rejects.toMatchObject({ code: 'not-allowed' })
  })
})

test('making a copy asks for its filling', async () => {
  const context = town.contextFor(clerk(town, 'nikola.duvnjak'))

  const { id } = await trainingCopy(context)

  expect(await context.installation.contextFor(id, context.actor).db.transaction(findFill)).toBeDefined()
})

describe.each(['rs', 'ba', 'bg', 'ro'] as const)('invented people of %s', (country) => {
  test('are forty, each with a number that checks out and belongs to nobody', async () => {
    const practice = await readPractice('processes', country)

    const people = Array.from({ length: madeUpPeopleCount }, (_, at) => madeUpPerson(practice, country, 'X', at))

    expect(new Set(people.map(({ number }) => number)).size).toBe(madeUpPeopleCount)
    expect(new Set(people.map(({ givenName, familyName }) => `${givenName} ${familyName}`)).size).toBe(madeUpPeopleCount)
    for (const { number, birthDate } of people) expect(checkPersonalNumber(country, number), number).toMatchObject({ ok: true, birthDate })
    // The places of registration that were never given out.
    if (country === 'rs' || country === 'ba') expect(people.every(({ number }) => number.slice(7, 9) === '99')).toBe(true)
    if (country === 'ro') expect(people.every(({ number }) => number.slice(7, 9) === '60')).toBe(true)
  })

  test('file over everything that such a town offers', async () => {
    const practice = await readPractice('processes', country)
    const [sample] = (await readMunicipalities('processes')).filter((each) => each.country === (country === 'ba' ? 'rs' : country))
    const tenant = { ...sample!, country }
    const offered = (await readPackages('processes')).filter((pack) => isOffered(pack, tenant) && !pack.procedure.account).map(({ procedure }) => procedure.id)

    const planned = planRequests(practice, tenant, { generation: 1, offered })

    expect(planned).toHaveLength(60)
    expect(new Set(planned.map(({ clientKey }) => clientKey)).size).toBe(60)
    expect([...new Set(planned.map(({ procedure }) => procedure))].sort()).toEqual([...offered].sort())
  })
})
