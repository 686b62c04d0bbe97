import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../server/cases/case.ts'
import { foretellFee } from '../../server/cases/foretellFee.ts'
import { extract } from '../support/filing.ts'
import { testTown, visitor, type TestTown } from '../support/town.ts'

let sombor: TestTown
let staraZagora: TestTown

beforeAll(async () => {
  sombor = await testTown({ tenant: 'sombor' })
  staraZagora = await sombor.neighbor('stara-zagora')
})

afterAll(() => sombor.close())

const foretold = (town: TestTown, answers: Answers) =>
  foretellFee(town.contextFor(visitor()), { procedure: 'register-extract', answers, anonymous: false })
const onPaper: Answers = { ...extract().answers, medium: 'paper', purpose: 'general', copies: 1 }
const duplicate: Answers = { duplicateOf: 'birth', medium: 'paper', relation: 'self' }

describe('what a request costs is told before it is filed', () => {
  test('with the law it is charged by', async () => {
    const fee = await foretold(sombor, onPaper)

    expect(fee).toEqual({ amount: { minor: 52_000, currency: 'RSD' }, legalBasis: expect.stringContaining('административним таксама') })
  })

  test.each([
    ['into the electronic mailbox', { medium: 'electronic' }, 0],
    ['three copies on paper', { copies: 3 }, 156_000],
    ['on the international form', { extractForm: 'international' }, 62_000],
    ['for a pension', { purpose: 'pension', copies: 2 }, 0],
    // Copies were asked for before the person chose the mailbox: what is hidden does not count.
    ['into the mailbox, with copies typed before', { medium: 'electronic', copies: 5 }, 0],
  ] as [string, Answers, number][])('in Sombor %s', async (_how, answers, minor) => {
    expect(await foretold(sombor, { ...onPaper, ...answers })).toMatchObject({ amount: { minor, currency: 'RSD' } })
  })

  test.each([
    ['normal', 1, 256], ['fast', 1, 307], ['express', 1, 460],
    ['normal', 2, 512], ['fast', 2, 614], ['express', 2, 920],
  ])('in Stara Zagora, %s, %i on paper', async (speed, copies, minor) => {
    expect(await foretold(staraZagora, { ...duplicate, speed, copies })).toMatchObject({ amount: { minor, currency: 'EUR' } })
  })
})

describe('nothing is claimed', () => {
  test.each([
    ['before anything is answered', {}],
    ['while the speed is open', { ...duplicate, copies: 1 }],
    ['while the number of copies is open', { ...duplicate, speed: 'fast' }],
    ['of a number of copies that nobody gets', { ...duplicate, speed: 'fast', copies: 21 }],
    ['of a speed that does not exist', { ...duplicate, speed: 'at once', copies: 1 }],
  ] as [string, Answers][])('%s', async (_when, answers) => {
    expect(await foretold(staraZagora, answers)).toBeNull()
  })

  test('of a procedure without a fee', async () => {
    const fee = await foretellFee(sombor.contextFor(visitor()), { procedure: 'petition', answers: {}, anonymous: true })

    expect(fee).toBeNull()
  })
})

test('names and numbers that are still missing do not keep the fee back', async () => {
  const { kind, extractForm, medium, purpose, copies } = onPaper

  const fee = await foretold(sombor, { kind, extractForm, medium, purpose, copies, relation: 'self' } as Answers)

  expect(fee).toMatchObject({ amount: { minor: 52_000 } })
})

test('a procedure the town does not offer costs nothing that could be told', async () => {
  await expect(foretellFee(sombor.contextFor(visitor()), { procedure: 'social-aid', answers: {}, anonymous: false }))
    .rejects.toMatchObject({ code: 'procedure-not-offered' })
})
