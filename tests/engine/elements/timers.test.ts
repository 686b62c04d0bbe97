import { expect, test } from 'vitest'
import { DAY_MS, trial } from '../support.ts'

test('a timer waits for its duration and never less', async () => {
  const { start, advance, ready } = await trial('timer-catch')
  await start('timer-catch', { term: 'P8D' })

  await advance(8 * DAY_MS - 1)
  const early = await ready('after')
  await advance(1)

  expect(early).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('a timer takes a date with its zone', async () => {
  const { start, advance, ready } = await trial('timer-catch-date')
  await start('timer-catch-date', { dueAt: '2026-11-25T10:00:00+01:00' })

  await advance(DAY_MS)

  expect(await ready('after')).toEqual(['after'])
})

test('a date that has passed is due at once', async () => {
  const { engine, start, ready } = await trial('timer-catch-date')
  await start('timer-catch-date', { dueAt: '2020-01-01T00:00:00Z' })

  await engine.idle()

  expect(await ready('after')).toEqual(['after'])
})

test('a timer that is no time is an incident', async () => {
  const { start, incidents } = await trial('timer-catch')

  await start('timer-catch', { term: 'soon' })

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'wait' }])
})

test.each(['P99999999999Y', 'PT99999999999999999999S'])('a term of %s, beyond every calendar, is an incident', async (term) => {
  const { start, incidents } = await trial('timer-catch')

  await start('timer-catch', { term })

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'wait' }])
})

test('an interrupting timer takes the work away', async () => {
  const { engine, start, take, advance, ready } = await trial('boundary-timer-interrupting')
  await start('boundary-timer-interrupting')
  const work = await take('work')

  await advance(8 * DAY_MS)

  expect(await ready('remind')).toEqual(['remind'])
  await expect(engine.completeJob({ jobKey: work.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('a timer on the border dies with its activity', async () => {
  const { start, complete, advance, ready } = await trial('boundary-timer-interrupting')
  await start('boundary-timer-interrupting')

  await complete('work')
  await advance(9 * DAY_MS)

  expect(await ready('remind')).toEqual([])
})

test('a cycle reminds three times and leaves the work alone', async () => {
  const { engine, start, advance, complete } = await trial('boundary-timer-cycle')
  await start('boundary-timer-cycle')
  const reminders: number[] = []

  for (let day = 0; day < 5; day++) {
    await advance(DAY_MS)
    const jobs = await engine.activateJobs({ type: 'remind', worker: 'test', timeout: 100 * DAY_MS, maxJobsToActivate: 10, requestTimeout: -1 })
    reminders.push(jobs.length)
  }
  await complete('work')

  expect(reminders).toEqual([1, 1, 1, 0, 0])
})

test('on a task for a person a timer may remind on a date and another take it away', async () => {
  const { start, advance, ready } = await trial('boundary-waiting')
  await start('boundary-waiting', { caseId: 'a', dueAt: '2026-11-25T08:00:00Z' })

  await advance(DAY_MS)
  const first = await ready('remind', 'escalate')
  await advance(DAY_MS)

  expect(first).toEqual(['remind'])
  expect(await ready('escalate', 'io.camunda.zeebe:userTask')).toEqual(['escalate'])
})

test('what waits for a message waits no longer when its timer has come', async () => {
  const { engine, start, advance, ready } = await trial('boundary-waiting')
  await start('boundary-waiting', { caseId: 'a', dueAt: '2030-01-01T00:00:00Z' })

  await advance(DAY_MS)
  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a' })
  await engine.publishMessage({ name: 'question-asked', correlationKey: 'a' })

  expect(await ready('close', 'answer')).toEqual(['close'])
})
