import { expect, test } from 'vitest'
import { DAY_MS, takeJobs, trial, variablesOf } from '../support.ts'

/** Ten days after the clock begins. */
const dueAt = '2026-12-04T08:00:00Z'

test('a withdrawal ends everything else in the process and takes it over', async () => {
  const { engine, start, ready, complete, left } = await trial('event-sub-process-withdrawal')
  await start('event-sub-process-withdrawal', { caseId: 'a' })

  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a', variables: '{"reason":"moved"}' })

  expect(await ready('work', 'more')).toEqual([])
  await complete('close')
  expect(left().slice(-2)).toEqual(['withdrawal completed', 'event-sub-process-withdrawal completed'])
})

test('after the withdrawal no month brings a report any more', async () => {
  const { engine, start, advance, ready } = await trial('event-sub-process-withdrawal')
  await start('event-sub-process-withdrawal', { caseId: 'a' })

  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })
  await advance(40 * DAY_MS)

  expect(await ready('report')).toEqual([])
})

test('a report is made each month while the work goes on', async () => {
  const { engine, start, advance, ready } = await trial('event-sub-process-withdrawal')
  await start('event-sub-process-withdrawal', { caseId: 'a' })

  await advance(31 * DAY_MS)
  await advance(31 * DAY_MS)

  expect(await takeJobs(engine, 'report')).toHaveLength(2)
  expect(await ready('work', 'more')).toEqual(['work', 'more'])
})

test('the process ends when the work is done, whatever else could still begin', async () => {
  const { start, complete, left } = await trial('event-sub-process-withdrawal')
  await start('event-sub-process-withdrawal', { caseId: 'a' })

  await complete('work')
  await complete('more')

  expect(left().at(-1)).toBe('event-sub-process-withdrawal completed')
})

test('a correlation key that is missing holds only the withdrawal, and can be mended', async () => {
  const { engine, start, incidents, ready } = await trial('event-sub-process-withdrawal')
  const processInstanceKey = await start('event-sub-process-withdrawal')

  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"caseId":"a"}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(await ready('work', 'close')).toEqual(['close'])
})

test('an error inside a sub-process is caught inside', async () => {
  const { engine, start, take, complete, ready } = await trial('event-sub-process-error')
  await start('event-sub-process-error')

  await engine.throwError({ jobKey: (await take('first')).key, errorCode: 'not-entitled', variables: '{"reason":"age"}' })
  await complete('explain')

  expect(await ready('after')).toEqual(['after'])
})

test('an event-based gateway takes the first that happens and gives up the rest', async () => {
  const { engine, start, take, advance, ready } = await trial('event-gateway')
  await start('event-gateway', { caseId: 'a' })

  await engine.publishMessage({ name: 'answer-arrived', correlationKey: 'a', variables: '{"answer":"yes"}' })
  const read = await take('read')
  await advance(15 * DAY_MS)

  expect(variablesOf(read)).toEqual({ caseId: 'a', answer: 'yes' })
  expect(await ready('close')).toEqual([])
})

test('an event-based gateway goes the way of the timer when nothing comes', async () => {
  const { engine, start, advance, ready } = await trial('event-gateway')
  await start('event-gateway', { caseId: 'a' })

  await advance(15 * DAY_MS)
  await engine.publishMessage({ name: 'answer-arrived', correlationKey: 'a' })

  expect(await ready('read', 'close')).toEqual(['close'])
})

test('a message that came before is the first to happen', async () => {
  const { engine, start, ready } = await trial('event-gateway')
  await engine.publishMessage({ name: 'answer-arrived', correlationKey: 'a', timeToLive: DAY_MS })

  await start('event-gateway', { caseId: 'a' })
  await engine.idle()

  expect(await ready('read')).toEqual(['read'])
})

test('a link leads on where it comes out', async () => {
  const { start, ready, left } = await trial('link')

  await start('link')

  expect(await ready('after')).toEqual(['after'])
  expect(left()).toEqual(['start completed', 'away completed', 'here completed'])
})

test('a message that does not interrupt begins beside the work each time it comes, and brings its variables', async () => {
  const { engine, start, ready } = await trial('event-sub-process-kinds')
  await start('event-sub-process-kinds', { caseId: 'a', dueAt })

  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a', variables: '{"text":"first","noise":1}' })
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a', variables: '{"text":"second"}' })

  const jobs = await takeJobs(engine, 'file')
  expect(jobs.map(variablesOf)).toEqual([
    { caseId: 'a', dueAt, note: 'second', mine: 'own' }, { caseId: 'a', dueAt, note: 'second', mine: 'own' },
  ])
  expect(await ready('work')).toEqual(['work'])
})

test('an event sub-process hands out what it maps and keeps the rest', async () => {
  const { engine, start, take, complete, advance } = await trial('event-sub-process-kinds')
  await start('event-sub-process-kinds', { caseId: 'a', dueAt })
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a', variables: '{"text":"first"}' })

  await complete('file', { page: 3 })
  await advance(DAY_MS)

  expect(variablesOf(await take('remind'))).toEqual({ caseId: 'a', dueAt, note: 'first', page: 3, pages: 3 })
})

test('timers of a duration and of a date begin beside the work, once', async () => {
  const { start, advance, ready } = await trial('event-sub-process-kinds')
  await start('event-sub-process-kinds', { caseId: 'a', dueAt })

  await advance(DAY_MS)
  const first = await ready('remind', 'ask', 'close')
  await advance(7 * DAY_MS)

  expect(first).toEqual(['remind'])
  expect(await ready('ask', 'close', 'work')).toEqual(['ask', 'work'])
})

test('a timer of a date that interrupts ends everything else, other event sub-processes too', async () => {
  const { engine, start, advance, ready } = await trial('event-sub-process-kinds')
  await start('event-sub-process-kinds', { caseId: 'a', dueAt })
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })

  await advance(10 * DAY_MS)

  expect(await ready('work', 'file', 'remind', 'ask', 'close')).toEqual(['close'])
})

test('an event sub-process takes over only its own scope, and who stands around goes on after it', async () => {
  const { start, advance, complete, ready } = await trial('event-sub-process-interrupting-timer')
  await start('event-sub-process-interrupting-timer')

  await advance(DAY_MS)
  const inside = await ready('hear')
  await complete('close')

  expect(inside).toEqual([])
  expect(await ready('after')).toEqual(['after'])
})

test('three scopes deep it sees the variables of all of them, and each scope goes its way', async () => {
  const { engine, start, take, complete, ready } = await trial('event-sub-process-deep')
  await start('event-sub-process-deep', { caseId: 'a' })

  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a', variables: '{"mine":"changed"}' })
  const close = await take('close')
  await engine.completeJob({ jobKey: close.key })
  const gone = await ready('work')
  await complete('more')

  expect(variablesOf(close)).toEqual({ caseId: 'a', mine: 'changed' })
  expect(gone).toEqual([])
  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a' })
})

test.each([[true], [false]])('in a sub-process, too, a link leads on, and several may lead to one place (short: %s)', async (short) => {
  const { start, complete, ready } = await trial('link-sub-process')
  await start('link-sub-process', { short })

  await complete('hear')

  expect(await ready('after')).toEqual(['after'])
})
