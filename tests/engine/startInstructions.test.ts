import { expect, test } from 'vitest'
import { takeJobs, trial, variablesOf } from './support.ts'

test('a process begins before the element it was told to', async () => {
  const { engine, ready, left } = await trial('nested-scopes')

  await engine.createInstance({ bpmnProcessId: 'nested-scopes', startInstructions: [{ elementId: 'after' }] })

  expect(await ready('work', 'after')).toEqual(['after'])
  expect(left()).toEqual([])
})

test('inside sub-processes the scopes are there, with their events and without their input mappings', async () => {
  const { engine, take, ready } = await trial('nested-scopes')

  await engine.createInstance({
    bpmnProcessId: 'nested-scopes', variables: '{"caseId":"a","copies":1}', startInstructions: [{ elementId: 'second' }],
  })
  await engine.idle()
  const second = await take('second')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(variablesOf(second)).toEqual({ caseId: 'a', copies: 2 })
  expect(await ready('close')).toEqual(['close'])
})

test('several tokens begin, of one element twice if it is named twice, in the same scope', async () => {
  const { engine, events } = await trial('nested-scopes')

  await engine.createInstance({
    bpmnProcessId: 'nested-scopes', variables: '{"caseId":"a"}',
    startInstructions: [{ elementId: 'first' }, { elementId: 'first' }, { elementId: 'work' }],
  })

  expect(await takeJobs(engine, 'first')).toHaveLength(2)
  expect(await takeJobs(engine, 'work')).toHaveLength(1)
  expect(events.filter((event) => event.type === 'element-activating' && event.node.id === 'outer')).toHaveLength(1)
})

test('a process that only a message starts can be begun in its midst', async () => {
  const { engine, ready } = await trial('message-start')

  await engine.createInstance({ bpmnProcessId: 'message-start', startInstructions: [{ elementId: 'work' }] })

  expect(await ready('work')).toEqual(['work'])
})

test('its result is awaited all the same', async () => {
  const { engine, complete } = await trial('nested-scopes')
  const awaited = engine.createInstanceWithResult({ bpmnProcessId: 'nested-scopes', startInstructions: [{ elementId: 'after' }] })
  await engine.idle()

  await complete('after', { answer: 'yes' })

  expect((await awaited).variables).toBe('{"answer":"yes"}')
})

test.each([
  ['nested-scopes', 'nothing', `no element found with id 'nothing'`],
  ['nested-scopes', 'start', `no element of type 'START_EVENT' is begun by itself`],
  ['nested-scopes', 'withdrawn', `no element of type 'BOUNDARY_EVENT' is begun by itself`],
  ['nested-scopes', 'f1', `no element of type 'SEQUENCE_FLOW' is begun by itself`],
  ['nested-scopes', 'first', `'outer' cannot be created: Failed to extract the correlation key`],
  ['event-sub-process-withdrawal', 'work', `'event-sub-process-withdrawal' cannot be created: Failed to extract the correlation key`],
  ['event-gateway', 'tooLate', 'begins by its gateway only'],
  ['multi-instance-sub-process', 'ask', `'ask' is inside a multi-instance, which has no turns before it has begun.`],
])('in %s starting at %s is refused', async (bpmnProcessId, elementId, message) => {
  const { engine, events } = await trial(bpmnProcessId)
  const before = events.length

  const created = engine.createInstance({ bpmnProcessId, startInstructions: [{ elementId }] })

  await expect(created).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) })
  await expect(created).rejects.toThrow(/^Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to create instance of process with start instructions/)
  expect(events).toHaveLength(before)
})
