import { expect, onTestFinished, test } from 'vitest'
import { Chance } from '../../bench/soak/chance.ts'
import { checkLedger } from '../../bench/soak/checkLedger.ts'
import { soakDatabase } from '../../bench/soak/database.ts'
import { EnginePair } from '../../bench/soak/enginePair.ts'
import { faults, type FaultName } from '../../bench/soak/faults.ts'
import { finishedSince, untilFinished } from '../../bench/soak/settle.ts'
import { SupervisedEngine } from '../../bench/soak/supervisedEngine.ts'
import { Traffic } from '../../bench/soak/traffic.ts'
import { testDatabase } from '../support/postgres.ts'

const JOB_MS = 1500

interface Outcome {
  unfinished: number
  findings: string[]
  /** Whether as many instances finished as were acknowledged, or more: of some the answer was lost. */
  isEveryOneThere: boolean
}

/** Clients and workers go on until all faults have been done and overcome, then everything is finished and compared. */
async function outcomeOf(superUrl: string, addresses: string[], blows: (() => Promise<void>)[]): Promise<Outcome> {
  const traffic = await Traffic.open({ addresses, clients: 3, workers: 2, jobMs: JOB_MS, pauseMs: 5 })
  traffic.file()
  for (const blow of blows) {
    for (let count = 0; count < 10; count++) await traffic.nextAcknowledged()
    await blow()
  }
  await traffic.nextAcknowledged()
  await traffic.pauseFiling()
  const unfinished = await untilFinished(superUrl, 60_000)
  await traffic.close()
  const rows = await finishedSince(superUrl, '0')
  return { unfinished, findings: checkLedger(traffic.ledger, rows, JOB_MS), isEveryOneThere: rows.length >= traffic.ledger.created.size }
}

const nothingLost: Outcome = { unfinished: 0, findings: [], isEveryOneThere: true }

test('an engine killed under load loses nothing it has acknowledged, and every request is finished once', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const engine = await SupervisedEngine.start(database.ownerUrl)
  onTestFinished(() => engine.stop())
  await engine.untilServing()

  const outcome = await outcomeOf(database.superUrl, [engine.address], [() => engine.kill(), () => engine.kill()])

  expect(outcome).toEqual(nothingLost)
}, 120_000)

test('a database killed under load, and an engine that stood still while another took over, lose nothing either', async () => {
  const database = await soakDatabase()
  onTestFinished(() => database.close())
  const pair = await EnginePair.start(database.ownerUrl)
  onTestFinished(() => pair.stop())
  const chance = new Chance(1)
  const blows: FaultName[] = ['engine paused', 'database killed', 'backends ended', 'database line half open', 'client lines cut']

  const outcome = await outcomeOf(database.superUrl, pair.addresses, blows.map((name) => () => faults[name].strike({ database, pair, chance })))

  expect(outcome).toEqual(nothingLost)
}, 120_000)

test('an engine that stood still while another took over is fenced when it goes on', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const pair = await EnginePair.start(database.ownerUrl)
  onTestFinished(() => pair.stop())
  const [first, second] = pair.engines

  first.pause()
  await second.untilServing()
  first.resume()

  await expect.poll(() => first.isServing(), { timeout: 20_000 }).toBe(false)
  expect(await second.isServing()).toBe(true)
}, 60_000)

test('when the engine that serves is killed, the other goes on where it was, and the first stands by when it is back', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const pair = await EnginePair.start(database.ownerUrl)
  onTestFinished(() => pair.stop())
  const [first, second] = pair.engines as [SupervisedEngine, SupervisedEngine]

  await first.kill()
  await second.untilServing()
  await expect.poll(() => first.metric('salter_engine_serving').catch(() => undefined), { timeout: 60_000 }).toBe(0)

  expect(await second.isServing()).toBe(true)
}, 120_000)
