import { expect, test } from 'vitest'
import { DAY_MS, diagram, takeJobs, trial, variablesOf } from '../support.ts'

test('the called process sees the variables and gives its own back', async () => {
  const { engine, start, take, left } = await trial('called-process', 'call-activity')
  const processInstanceKey = await start('call-activity', { kind: 'process', caseId: 'a' })
  await engine.idle()

  const inner = await take('inner')
  await engine.completeJob({ jobKey: inner.key, variables: '{"answer":"yes"}' })

  expect(inner).toMatchObject({ bpmnProcessId: 'called-process' })
  expect(inner.processInstanceKey).not.toBe(processInstanceKey)
  expect(variablesOf(inner)).toEqual({ kind: 'process', caseId: 'a' })
  expect(variablesOf(await take('after'))).toEqual({ kind: 'process', caseId: 'a', answer: 'yes' })
  expect(left()).toEqual(['start completed', 'start completed', 'inner completed', 'end completed', 'called-process completed', 'call completed'])
})

test('only what is mapped goes in and comes out', async () => {
  const { engine, start, take } = await trial('called-process', 'call-activity-mapped')
  await start('call-activity-mapped', { caseId: 'a', secret: 1 })
  await engine.idle()

  const inner = await take('inner')
  await engine.completeJob({ jobKey: inner.key, variables: '{"answer":"yes","noise":2}' })

  expect(variablesOf(inner)).toEqual({ id: 'a' })
  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', secret: 1, result: 'yes' })
})

test('a process that is not there is an incident until it is deployed', async () => {
  const { engine, start, incidents, ready } = await trial('call-activity')
  await start('call-activity', { kind: 'process' })
  await engine.idle()

  await engine.deploy([await diagram('called-process')])
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await engine.idle()

  expect(incidents()).toMatchObject([{ type: 'CALLED_ELEMENT_ERROR', elementId: 'call' }])
  expect(await ready('inner')).toEqual(['inner'])
})

test('a process that only a message can start cannot be called until it has another start', async () => {
  const { engine, start, incidents, ready } = await trial('call-activity')
  const { name, content } = await diagram('message-start')
  await engine.deploy([{ name, content: content.replace('id="message-start"', 'id="called-process"') }])
  await start('call-activity', { kind: 'process' })
  await engine.idle()

  await engine.deploy([await diagram('called-process')])
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await engine.idle()

  expect(incidents()).toMatchObject([{
    type: 'CALLED_ELEMENT_ERROR', elementId: 'call',
    message: `Expected process with BPMN process id 'called-process' to have a none start event, but it has none.`,
  }])
  expect(await ready('inner')).toEqual(['inner'])
})

test('an error nobody catches inside goes out to the caller', async () => {
  const { engine, start, take, ready, left } = await trial('called-process', 'call-activity')
  await start('call-activity', { kind: 'process' })
  await engine.idle()

  await engine.throwError({ jobKey: (await take('inner')).key, errorCode: 'not-entitled' })

  expect(await ready('explain', 'after')).toEqual(['explain'])
  expect(left()).toContain('called-process terminated')
})

test('a timer on the border ends the called process', async () => {
  const { engine, start, advance, ready } = await trial('called-process', 'call-activity')
  await start('call-activity', { kind: 'process' })
  await engine.idle()

  await advance(15 * DAY_MS)

  expect(await ready('inner', 'close')).toEqual(['close'])
})

test('a called process is canceled with its caller, never alone', async () => {
  const { engine, start, take } = await trial('called-process', 'call-activity')
  const processInstanceKey = await start('call-activity', { kind: 'process' })
  await engine.idle()
  const inner = await take('inner')

  await expect(engine.cancelInstance({ processInstanceKey: inner.processInstanceKey })).rejects.toMatchObject({
    kind: 'wrong-state', message: expect.stringContaining(`created by a parent process instance. Cancel the root process instance '${processInstanceKey}' instead.`),
  })
  await engine.cancelInstance({ processInstanceKey })

  await expect(engine.completeJob({ jobKey: inner.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('nothing comes back when nothing is to', async () => {
  const { engine, start, take, complete } = await trial('called-process', 'called-nothing-back')
  await start('called-nothing-back', { caseId: 'a' })
  await engine.idle()

  await complete('inner', { answer: 'yes', caseId: 'b' })

  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a' })
})

test('a process is called for each item, and each call gives its own result', async () => {
  const { engine, start, take } = await trial('called-process', 'multi-instance-call-activity')
  await start('multi-instance-call-activity', { offices: ['water', 'roads'] })
  await engine.idle()

  const jobs = await takeJobs(engine, 'inner')
  for (const job of [...jobs].reverse()) {
    await engine.completeJob({ jobKey: job.key, variables: `{"result":"of ${(variablesOf(job) as { office: string }).office}"}` })
  }

  expect(variablesOf(await take('after'))).toEqual({ offices: ['water', 'roads'], answers: ['of water', 'of roads'] })
})
