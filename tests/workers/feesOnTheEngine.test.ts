import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../server/cases/case.ts'
import type { Context } from '../../server/cases/context.ts'
import { foretellFee } from '../../server/cases/foretellFee.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { extract } from '../support/filing.ts'
import { heard, startOnEngine, type TownsOnEngine } from '../support/onTheEngine.ts'
import { citizen, testTown, type TestTown } from '../support/town.ts'

let sombor: TestTown
let engine: TownsOnEngine
let citizens: Record<string, { town: TestTown; context: Context; answers: Answers }>

beforeAll(async () => {
  sombor = await testTown({ tenant: 'sombor' })
  const staraZagora = await sombor.neighbor('stara-zagora')
  engine = await startOnEngine(sombor, staraZagora)
  citizens = {
    sombor: { town: sombor, context: engine.contextFor(sombor, await citizen(sombor)), answers: extract().answers },
    'stara-zagora': { town: staraZagora, context: engine.contextFor(staraZagora, await citizen(staraZagora)), answers: ofStaraZagora },
  }
})

afterAll(async () => {
  await engine.close()
  await sombor.close()
})

const ofStaraZagora: Answers = {
  duplicateOf: 'birth',
  relation: 'self',
  birthFamilyName: 'Колева',
  personalNumber: '8501011018',
  birthDate: '1985-01-01',
  registerArea: 'Стара Загора',
}
const paper = { medium: 'paper', purpose: 'general' }

test.each([
  ['sombor', { medium: 'electronic' }, 0],
  ['sombor', { ...paper, copies: 1 }, 52_000],
  ['sombor', { ...paper, copies: 3 }, 156_000],
  ['sombor', { ...paper, extractForm: 'international', copies: 2 }, 124_000],
  ['stara-zagora', { medium: 'electronic', speed: 'normal' }, 256],
  ['stara-zagora', { medium: 'electronic', speed: 'fast' }, 307],
  ['stara-zagora', { medium: 'electronic', speed: 'express' }, 460],
  ['stara-zagora', { medium: 'paper', speed: 'normal', copies: 2 }, 512],
  ['stara-zagora', { medium: 'paper', speed: 'fast', copies: 3 }, 921],
  ['stara-zagora', { medium: 'paper', speed: 'express', copies: 20 }, 9200],
] as [string, Answers, number][])('in %s, who asks for %j is foretold what the process then charges', async (tenant, asked, minor) => {
  const { town, context, answers: others } = citizens[tenant]!
  const answers = { ...others, ...asked }
  // The receipt, which keeps the fee, is sent before.
  const taskComes = heard(town, (event) => event.kind === 'task-created')

  const foretold = await foretellFee(context, { procedure: 'register-extract', answers, anonymous: false })
  const { case: filed } = await openCase(context, extract({ answers }))
  await taskComes

  const { case: charged } = await readCase(context, filed.id)
  expect(foretold?.amount).toEqual({ minor, currency: charged.currency })
  expect(charged.feeMinor).toBe(minor)
})
