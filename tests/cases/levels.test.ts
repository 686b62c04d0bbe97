import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedureOf } from '../../server/cases/catalogue.ts'
import { openCase } from '../../server/cases/openCase.ts'
import type { Actor } from '../../server/identity/actor.ts'
import { petition } from '../support/filing.ts'
import { citizen, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

beforeAll(async () => {
  town = await testTown()
  town.packages.newest('petition')!.procedure.levels = [
    { answer: 'petitionKind', is: ['proposal'], level: 'password' },
    { answer: 'petitionKind', is: ['complaint'], level: 'e-signature' },
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
  expect(procedureOf(town.contextFor(visitor()), 'register-extract', 'en').levels).toEqual([])
})
