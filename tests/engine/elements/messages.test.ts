import { expect, test } from 'vitest'
import { trial, variablesOf } from '../support.ts'

const DAY = 86_400_000

test.each(['message-catch', 'receive-task'])('%s goes on with the message for its key and takes its variables', async (name) => {
  const { engine, start, take, ready } = await trial(name)
  await start(name, { caseId: 'a' })

  await engine.publishMessage({ name: 'payment-received', correlationKey: 'b', variables: '{"amount":1}' })
  const forAnother = await ready('after')
  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a', variables: '{"amount":2}' })

  expect(forAnother).toEqual([])
  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', amount: 2 })
})

test('with an output mapping only its targets leave the event', async () => {
  const { engine, start, take } = await trial('message-catch-mapped')
  await start('message-catch-mapped', { caseId: 'a' })

  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a', variables: '{"amount":2}' })

  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', received: 2 })
})

test('a message that came before waits as long as it lives', async () => {
  const { engine, start, advance, complete, ready } = await trial('message-catch')
  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a', timeToLive: DAY })
  await engine.publishMessage({ name: 'payment-received', correlationKey: 'b', timeToLive: DAY })

  await start('message-catch', { caseId: 'a' })
  await engine.idle()
  await complete('after')
  await advance(DAY)
  await start('message-catch', { caseId: 'b' })
  await engine.idle()

  expect(await ready('after')).toEqual([])
})

test('the same message id is taken once while the message lives', async () => {
  const { engine, advance } = await trial('message-catch')
  const message = { name: 'payment-received', correlationKey: 'a', messageId: '1', timeToLive: DAY }
  await engine.publishMessage(message)

  await expect(engine.publishMessage(message)).rejects.toMatchObject({ kind: 'already-exists' })
  await advance(DAY)
  await expect(engine.publishMessage(message)).resolves.toBeDefined()
})

test('one message goes to one instance of a process only', async () => {
  const { engine, start } = await trial('message-catch')
  await start('message-catch', { caseId: 'a' })
  await start('message-catch', { caseId: 'a' })

  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a' })

  const jobs = await engine.activateJobs({ type: 'after', worker: 'test', timeout: 1000, maxJobsToActivate: 10, requestTimeout: -1 })
  expect(jobs).toHaveLength(1)
})

test('a correlation key that is missing is an incident', async () => {
  const { start, incidents } = await trial('message-catch')

  await start('message-catch', {})

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'wait' }])
})

test('a number is a correlation key by its decimal text', async () => {
  const { engine, start, ready } = await trial('message-catch')
  await start('message-catch', { caseId: 1000000 })

  await engine.publishMessage({ name: 'payment-received', correlationKey: '1000000' })

  expect(await ready('after')).toEqual(['after'])
})

test('a withdrawal interrupts the work', async () => {
  const { engine, start, ready } = await trial('boundary-message-interrupting')
  await start('boundary-message-interrupting', { caseId: 'a' })

  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(await ready('work', 'close')).toEqual(['close'])
})

test('supplements may come again and again', async () => {
  const { engine, start } = await trial('boundary-message-repeating')
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a', timeToLive: DAY })
  await start('boundary-message-repeating', { caseId: 'a' })
  await engine.idle()

  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })

  const jobs = await engine.activateJobs({ type: 'file', worker: 'test', timeout: 1000, maxJobsToActivate: 10, requestTimeout: -1 })
  expect(jobs).toHaveLength(3)
})

test('a message starts one case per key while that case runs', async () => {
  const { engine } = await trial('message-start')
  const message = { name: 'request-filed', correlationKey: 'case-1', variables: '{"caseId":"case-1"}' }
  const waiting = () => engine.activateJobs({ type: 'work', worker: 'test', timeout: DAY, maxJobsToActivate: 10, requestTimeout: -1 })

  await engine.publishMessage(message)
  await engine.publishMessage(message)
  const first = await waiting()
  await engine.completeJob({ jobKey: first[0]!.key })
  await engine.idle()
  await engine.publishMessage(message)
  const second = await waiting()

  expect(first).toHaveLength(1)
  expect(second).toHaveLength(1)
})

test('a buffered message starts the next case when the first is over', async () => {
  const { engine, complete, take } = await trial('message-start')
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'case-1', variables: '{"turn":1}' })
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'case-1', variables: '{"turn":2}', timeToLive: DAY })

  await complete('work')
  await engine.idle()

  expect(variablesOf(await take('work'))).toEqual({ turn: 2 })
})

test('without a key every message starts a case', async () => {
  const { engine } = await trial('message-start')

  await engine.publishMessage({ name: 'request-filed', correlationKey: '' })
  await engine.publishMessage({ name: 'request-filed', correlationKey: '' })

  const jobs = await engine.activateJobs({ type: 'work', worker: 'test', timeout: 1000, maxJobsToActivate: 10, requestTimeout: -1 })
  expect(jobs).toHaveLength(2)
})

test('a process with only a message start cannot be created by hand', async () => {
  const { start } = await trial('message-start')

  await expect(start('message-start')).rejects.toMatchObject({ kind: 'wrong-state' })
})

test('a none start and a message start lead their own ways', async () => {
  const { engine, start, ready } = await trial('two-starts')

  await start('two-starts')
  const byHand = await ready('work', 'other')
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'a' })

  expect(byHand).toEqual(['work'])
  expect(await ready('other')).toEqual(['other'])
})

test('what waits for one message can be asked by another in between, which brings only what is mapped', async () => {
  const { engine, start, take } = await trial('boundary-waiting')
  await start('boundary-waiting', { caseId: 'a', dueAt: '2030-01-01T00:00:00Z' })

  await engine.publishMessage({ name: 'question-asked', correlationKey: 'a', variables: '{"text":"when?","noise":1}' })

  expect(variablesOf(await take('answer'))).toEqual({ caseId: 'a', dueAt: '2030-01-01T00:00:00Z', question: 'when?' })
})

test('of a message that starts a process only what is mapped comes in', async () => {
  const { engine, take } = await trial('message-start-mapped')

  await engine.publishMessage({ name: 'request-filed', correlationKey: '', variables: '{"form":{"name":"Ana"}}' })

  expect(variablesOf(await take('work'))).toEqual({ applicant: 'Ana' })
})
