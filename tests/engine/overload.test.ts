import { status } from '@grpc/grpc-js'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from '../../bench/soak/database.ts'
import { StartFlood } from '../../bench/soak/startFlood.ts'
import { SupervisedEngine } from '../../bench/soak/supervisedEngine.ts'
import { TimeSpread } from '../../bench/soak/timeSpread.ts'
import { overGrpc } from '../../bench/engine/callers.ts'
import { variables, workloadDiagram } from '../../bench/engine/workload.ts'
import { testDatabase } from '../support/postgres.ts'

const STARTS = 6000

/** An engine as a process of its own, with the reference workload deployed. */
async function servedEngine() {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const engine = await SupervisedEngine.start(database.ownerUrl)
  onTestFinished(() => engine.stop())
  await engine.untilServing()
  const caller = overGrpc(engine.address)
  onTestFinished(() => caller.close())
  await caller.deploy(await workloadDiagram())
  return { database, engine, caller }
}

/** Asks again until it is not turned away, as workers do. */
async function untilTaken(ask: () => Promise<void>): Promise<void> {
  for (;;) {
    const error = await ask().then(() => undefined, (thrown: unknown) => thrown as { code: number })
    if (!error) return
    if (error.code !== status.RESOURCE_EXHAUSTED) throw error as unknown as Error
  }
}

test('thousands of starts at once are each done or turned away, none is lost, and a clerk is served among them', async () => {
  const { database, engine, caller } = await servedEngine()
  await caller.create(variables)
  const [job] = await caller.take('check-request', 'clerk')
  const flood = await StartFlood.connect(engine.address, 4)
  onTestFinished(() => flood.close())

  const codes: number[] = []
  const answered = new Promise<void>((resolve) => {
    for (let count = 0; count < STARTS; count++) flood.start(performance.now(), (code) => codes.push(code) === STARTS && resolve())
  })
  await untilTaken(() => caller.complete(job!.key, '{"complete":true}'))
  const nextTask = await caller.take('io.camunda.zeebe:userTask', 'clerk')
  await answered
  await caller.create(variables)

  const accepted = codes.filter((code) => code === status.OK).length
  const turnedAway = codes.filter((code) => code === status.RESOURCE_EXHAUSTED).length
  const [kept] = await ask<{ count: number }>(database.superUrl, 'SELECT count(*)::int AS count FROM engine.instances')
  expect(accepted + turnedAway).toBe(STARTS)
  expect(kept!.count).toBe(accepted + 2)
  expect(nextTask).toHaveLength(1)
}, 120_000)

test('a flood is told when the engine it asks has gone', async () => {
  const { engine } = await servedEngine()
  const flood = await StartFlood.connect(engine.address, 2)
  await engine.stop()

  const codes = await Promise.all(Array.from({ length: 10 }, () =>
    new Promise<number>((resolve) => flood.start(performance.now(), resolve))))

  expect(new Set(codes)).toEqual(new Set([status.UNAVAILABLE]))
}, 120_000)

test('times are told apart by milliseconds, however many there are', () => {
  const spread = new TimeSpread()
  const empty = spread.within(0.95)
  for (let ms = 1; ms <= 100; ms++) spread.add(ms)

  expect([empty, spread.count, spread.within(0.5), spread.within(0.95), spread.within(1), spread.later(90)]).toEqual([0, 100, 50, 95, 100, 10])
})
