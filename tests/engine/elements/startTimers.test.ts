import { expect, test } from 'vitest'
import { MovableClock } from '../../../server/base/clock.ts'
import { startEngine, type Resource } from '../../../server/engine/engine.ts'
import { memoryStore } from '../../../server/engine/store/memoryStore.ts'
import { DAY_MS, diagram, takeJobs, trial } from '../support.ts'

const HOUR_MS = 3_600_000

/** A process that begins in another cycle than the one drawn. */
async function beginningIn(cycle: string): Promise<Resource> {
  const { name, content } = await diagram('timer-start-cycle')
  return { name, content: content.replace('R3/PT1H', cycle) }
}

test('a process begins at its date, once', async () => {
  const { engine, advance, clock, complete } = await trial('timer-start-date')

  await advance(Date.parse('2026-12-01T08:00:00Z') - clock.now() - 1)
  const early = await takeJobs(engine, 'work')
  await advance(1)
  await complete('work')
  await advance(400 * DAY_MS)

  expect(early).toEqual([])
  expect(await takeJobs(engine, 'work')).toEqual([])
})

test('a date that has passed begins at once', async () => {
  const { engine } = await trial()
  const { name, content } = await diagram('timer-start-date')

  await engine.deploy([{ name, content: content.replace('2026-12-01', '2020-12-01') }])
  await engine.idle()

  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

// Hours at which it begins, of the three days after Tuesday 24 November 2026, 9:00 UTC.
test.each([
  ['R3/PT1H', [1, 2, 3]],
  ['R/PT20H', [20, 40, 60]],
  ['R2/2026-11-24T12:00:00+01:00/PT4H', [2, 6]],
  ['R/2026-11-25T10:00:00[Europe/Belgrade]/P1D', [24, 48, 72]],
  ['0 0 9,17 * * *', [8, 24, 32, 48, 56, 72]],
  ['0 0 8 * * THU', [47]],
  ['@daily', [15, 39, 63]],
  ['=cycle(2, duration("PT5H"))', [5, 10]],
])('%s begins after %j hours', async (cycle, hours) => {
  const { engine, advance } = await trial()
  await engine.deploy([await beginningIn(cycle)])
  const begun: number[] = []

  for (let hour = 1; hour <= 72; hour++) {
    await advance(HOUR_MS)
    for (const job of await takeJobs(engine, 'work')) {
      begun.push(hour)
      await engine.completeJob({ jobKey: job.key })
    }
  }

  expect(begun).toEqual(hours)
})

test('a new version ends the timers of the former and runs by its own', async () => {
  const { engine, advance, ready } = await trial('timer-start-cycle')
  const { name, content } = await diagram('timer-start-cycle')
  await engine.deploy([{ name, content: content.replace('R3/PT1H', 'R/P1D').replace('type="work"', 'type="new-work"') }])

  await advance(2 * HOUR_MS)
  const afterHours = await ready('work', 'new-work')
  await advance(DAY_MS)

  expect(afterHours).toEqual([])
  expect(await ready('work', 'new-work')).toEqual(['new-work'])
})

test('a new version without a timer begins by itself no more', async () => {
  const { engine, advance } = await trial('timer-start-cycle')
  const { name, content } = await diagram('timer-start-cycle')
  await engine.deploy([{ name, content: content.replace(/<bpmn:timerEventDefinition>.*<\/bpmn:timerEventDefinition>/, '') }])

  await advance(DAY_MS)

  expect(await takeJobs(engine, 'work')).toEqual([])
})

test('the same version deployed again does not begin its cycle anew', async () => {
  const { engine, advance } = await trial('timer-start-cycle')
  await advance(HOUR_MS / 2)

  await engine.deploy([await diagram('timer-start-cycle')])
  await advance(HOUR_MS / 2)

  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

test('start events of every kind stand in one process, each with its own way', async () => {
  const { engine, start, advance, ready } = await trial('many-starts')
  const types = ['by-hand', 'by-message', 'by-signal', 'by-day', 'by-date']
  const seen: string[][] = []

  await start('many-starts')
  seen.push(await ready(...types))
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'a' })
  seen.push(await ready(...types))
  await engine.broadcastSignal({ signalName: 'register-open' })
  await engine.idle()
  seen.push(await ready(...types))
  await advance(3 * HOUR_MS)
  for (const type of types) for (const job of await takeJobs(engine, type)) await engine.completeJob({ jobKey: job.key })
  await advance(12 * HOUR_MS)
  seen.push(await ready(...types))

  expect(seen).toEqual([['by-hand'], ['by-message'], ['by-signal'], ['by-day']])
})

test('after a downtime what was missed begins once, then the cycle goes on by its plan', async () => {
  const clock = new MovableClock()
  const store = memoryStore()
  const first = await startEngine({ store, clock })
  await first.deploy([await beginningIn('R/PT1H')])
  await first.close()
  clock.advance(5 * HOUR_MS + HOUR_MS / 2)

  const second = await startEngine({ store, clock })
  await second.idle()
  const [missed, ...others] = await takeJobs(second, 'work')
  await second.completeJob({ jobKey: missed!.key })
  clock.advance(HOUR_MS / 2)
  await second.idle()
  const planned = await takeJobs(second, 'work')
  await second.close()

  expect(others).toEqual([])
  expect(planned).toHaveLength(1)
})

test('a process that only begins by a timer cannot be created by hand', async () => {
  const { start } = await trial('timer-start-cycle')

  await expect(start('timer-start-cycle')).rejects.toMatchObject({ kind: 'wrong-state' })
})

test('a timer on the border goes by the calendar, too', async () => {
  const { engine, start, advance } = await trial('boundary-timer-cron')
  await start('boundary-timer-cron')
  const reminders: number[] = []

  for (let day = 0; day < 7; day++) {
    await advance(DAY_MS)
    const jobs = await takeJobs(engine, 'remind')
    reminders.push(jobs.length)
    for (const job of jobs) await engine.completeJob({ jobKey: job.key })
  }

  expect(reminders).toEqual([1, 1, 1, 0, 0, 1, 1]) // Wednesday to Tuesday
})
