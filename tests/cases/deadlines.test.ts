import { afterEach, expect, test } from 'vitest'
import { openCase } from '../../server/cases/openCase.ts'
import { dueOn } from '../../server/cases/deadlines/deadline.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { systemActor } from '../../server/identity/actor.ts'
import type { Answers } from '../../server/cases/case.ts'
import { extract, marko, petition } from '../support/filing.ts'
import { citizen, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown | undefined

afterEach(async () => {
  await town?.close()
  town = undefined
})

const bulgarian: Answers = {
  duplicateOf: 'birth',
  medium: 'electronic',
  relation: 'self',
  personalNumber: '8501011018',
  birthDate: '1985-01-01',
  registerArea: 'Стара Загора',
  fatherName: 'Петър',
  motherName: 'Мария',
  birthFamilyName: 'Иванова',
}

test('in Serbia an extract is due in eight days', async () => {
  // 24 November 2026 is a Tuesday; the eighth day is a Wednesday.
  expect(await dueOfExtract('sombor', '2026-11-24T09:00:00Z')).toBe('2026-12-02')
})

test('in Serbia a term that ends on a Sunday ends on Monday', async () => {
  expect(await dueOfExtract('sombor', '2026-11-21T09:00:00Z')).toBe('2026-11-30')
})

test('a request sent after midnight in Sombor is of the new day, whatever Greenwich says', async () => {
  expect(await dueOfExtract('sombor', '2026-11-23T23:30:00Z')).toBe('2026-12-02')
})

test.each([
  ['ordinary', 'normal', '2026-12-01'],
  ['fast', 'fast', '2026-11-27'],
  ['express', 'express', '2026-11-25'],
])('in Bulgaria the %s speed decides the term of a duplicate', async (_words, speed, due) => {
  expect(await dueOfExtract('stara-zagora', '2026-11-24T09:00:00Z', { ...bulgarian, speed })).toBe(due)
})

test.each([
  ['sombor', '2026-12-24'],
  ['stara-zagora', '2027-01-25'],
  // Thirty days end on 24 December, a working day in Romania.
  ['caras-severin', '2026-12-24'],
])('in %s a petition filed on 24 November 2026 is answered by %s', async (tenant, due) => {
  town = await testTown({ tenant, startsAt: '2026-11-24T09:00:00Z' })
  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: { ...marko, number: '' } }))

  const { deadline } = await readCase(town.contextFor(systemActor('test')), filed.id)

  expect(dueOn(deadline!, town.tenant)).toBe(due)
})

test('a county council that keeps no civil registers does not offer extracts', async () => {
  town = await testTown({ tenant: 'caras-severin' })

  expect(town.packages.offered().map((pack) => pack.procedure.id).toSorted()).toEqual(['citizen-registration', 'petition'])
})

async function dueOfExtract(tenant: string, startsAt: string, answers: Answers = extract().answers): Promise<string> {
  town = await testTown({ tenant, startsAt })
  const jovana = await citizen(town, { number: tenant === 'sombor' ? '2307990855035' : '8501011018' })
  const { case: filed } = await openCase(town.contextFor(jovana), extract({ answers }))
  const { deadline } = await readCase(town.contextFor(systemActor('test')), filed.id)
  return dueOn(deadline!, town.tenant)
}
