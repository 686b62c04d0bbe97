import { expect, test } from 'vitest'
import { DAY_MS, takeJobs, trial, variablesOf } from '../support.ts'

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
