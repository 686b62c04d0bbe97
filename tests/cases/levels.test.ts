import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { procedureOf } from '../../server/cases/catalogue.ts'
import { deliverAct } from '../../server/cases/deliverAct.ts'
import { makeAct } from '../../server/cases/letters/makeAct.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { readDocument } from '../../server/cases/readDocument.ts'
import { anonymous, systemActor, type Actor } from '../../server/identity/actor.ts'
import { petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown()
  town.packages.newest('petition')!.procedure.levels = [
    { answer: 'petitionKind', is: ['proposal'], level: 'password' },
    { answer: 'petitionKind', is: ['complaint'], level: 'e-signature' },
    { action: 'read-act', level: 'password' },
  ]
})

afterAll(() => town.close())

const file = (actor: Actor, petitionKind: string) =>
  openCase(town.contextFor(actor), petition({ answers: { ...petition().answers, petitionKind } }))

test('the same procedure asks nothing of one answer, a password for another and an e-signature for a third', async () => {
  const jovana = await citizen(town)
  const refused = (needed: string, has: string) => ({ kind: 'not-allowed', code: 'level-too-low', facts: { needed, has } })

  await expect(file(visitor(), 'question')).resolves.toMatchObject({ alreadyThere: false })
  await expect(file(visitor(), 'proposal')).rejects.toMatchObject(refused('password', 'anonymous'))
  await expect(file(jovana, 'proposal')).resolves.toMatchObject({ alreadyThere: false })
  await expect(file(jovana, 'complaint')).rejects.toMatchObject(refused('e-signature', 'password'))
  await expect(file({ ...jovana, level: 'e-signature' }, 'complaint')).resolves.toMatchObject({ alreadyThere: false })
})

test('the portal is told which answers need more', () => {
  expect(procedureOf(town.contextFor(visitor()), 'petition', 'en').levels).toContainEqual({ answer: 'petitionKind', is: ['complaint'], level: 'e-signature' })
  expect(procedureOf(town.contextFor(visitor()), 'register-extract', 'en').levels).toEqual([{ action: 'read-act', level: 'password' }])
})

test('a procedure may ask for more before its act is read: number and code are not enough, a login is, and the office reads as ever', async () => {
  const jovana = await citizen(town, { number: '0505985155121' })
  const { case: filed } = await openCase(town.contextFor(jovana), petition())
  const system = town.contextFor(systemActor('make-act'))
  const act = await makeAct(system, { caseId: filed.id, letter: 'forwarding', jobKey: uuidv7() })
  await deliverAct(system, filed.id, uuidv7())
  const byCode: Actor = { ...anonymous, level: 'code', openedCaseId: filed.id }
  const read = (actor: Actor) => readDocument(town.contextFor(actor), filed.id, act.id)

  expect((await readCase(town.contextFor(byCode), filed.id)).documents).toHaveLength(1)
  await expect(read(byCode)).rejects.toMatchObject({ code: 'level-too-low', facts: { needed: 'password', has: 'code' } })
  await expect(read({ ...jovana, accountId: uuidv7(), personId: uuidv7() })).rejects.toMatchObject({ code: 'not-found' })
  const delivery = () => system.db.transaction((trx) => trx('deliveries').where({ document_id: act.id }).first('received_at'))
  expect(await delivery()).toEqual({ received_at: null })

  await expect(read(clerk(town, 'milica.jovin'))).resolves.toMatchObject({ mediaType: 'application/pdf' })
  await expect(read({ ...byCode, ...jovana })).resolves.toMatchObject({ mediaType: 'application/pdf' })
  expect(await delivery()).not.toEqual({ received_at: null })
})
