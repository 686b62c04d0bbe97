import { afterEach, expect, test } from 'vitest'
import { openCase } from '../../server/cases/openCase.ts'
import { actNumber } from '../../server/cases/register/nextNumber.ts'
import { marko, petition } from '../support/filing.ts'
import { testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown

afterEach(() => town.close())

test.each([
  ['sombor', /^III-\d+-1\/2026$/, '/1'],
  ['stara-zagora', /^\d+-\d+-1\/24\.11\.2026$/, '-1'],
  ['caras-severin', /^1\/24\.11\.2026$/, '-1'],
])('%s numbers its cases and acts by its own template', async (tenant, form, act) => {
  town = await testTown({ tenant, startsAt: '2026-11-24T09:00:00Z' })

  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: { ...marko, number: '' } }))

  expect(filed.number).toMatch(form)
  expect(actNumber(town.tenant, filed.number, 1)).toBe(filed.number + act)
})

test('each year begins with number one, at midnight where the town is', async () => {
  town = await testTown({ tenant: 'sombor', startsAt: '2026-12-31T22:30:00Z' })
  const context = town.contextFor(visitor())
  const before = await openCase(context, petition())

  town.clock.advance(3_600_000)
  const after = await openCase(context, petition())

  expect(before.case.number).toMatch(/-1\/2026$/)
  expect(after.case.number).toMatch(/-1\/2027$/)
})
