import { expect, test } from 'vitest'
import { trial, variablesOf } from '../support.ts'

test('work waits for a worker and the process ends when it is done', async () => {
  const { start, complete, left } = await trial('service-task')
  await start('service-task')

  await complete('work')

  expect(left()).toEqual(['start completed', 'work completed', 'end completed', 'service-task completed'])
})

test('type and retries may be expressions; headers go along', async () => {
  const { start, take } = await trial('service-task-expressions')
  await start('service-task-expressions', { country: 'rs', tries: 5 })

  const job = await take('work-rs')

  expect(job).toMatchObject({ retries: 5, customHeaders: '{"letter":"extract"}' })
})

test('a type that cannot be evaluated holds the task until it can', async () => {
  const { engine, start, take, incidents } = await trial('service-task-expressions')
  const processInstanceKey = await start('service-task-expressions', { tries: 1 })

  const [incident] = incidents()
  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"country":"bg"}' })
  await engine.resolveIncident({ incidentKey: incident!.key })

  expect(incident).toMatchObject({ type: 'EXTRACT_VALUE_ERROR', elementId: 'work' })
  expect((await take('work-bg')).elementId).toBe('work')
})

test('mappings feed a task and keep its result apart', async () => {
  const { start, take, engine } = await trial('mappings')
  await start('mappings', { applicant: { name: 'Ana' } })

  const job = await take('work')
  await engine.completeJob({ jobKey: job.key, variables: '{"result": 1.10, "noise": true}' })
  const after = await take('after')

  expect(variablesOf(job)).toEqual({ applicant: { name: 'Ana' }, who: 'Ana', loud: 'Ana!', box: { first: 1, second: 2 } })
  expect(variablesOf(after)).toEqual({ applicant: { name: 'Ana' }, outcome: { value: 1.1 }, nothing: null })
})

test('an event that sends a message is work for a worker, in the middle and at the end', async () => {
  const { start, complete, left } = await trial('message-throw')
  await start('message-throw')

  await complete('send')
  await complete('send-last')

  expect(left()).toEqual(['start completed', 'tell completed', 'told completed', 'message-throw completed'])
})

test('events map variables, too; those a process is created with are all its own', async () => {
  const { start, take } = await trial('mappings-on-events')

  await start('mappings-on-events', { caseId: 'a' })

  expect(variablesOf(await take('send'))).toEqual({ caseId: 'a', begun: 'a', shown: 'a!', body: 'b' })
})

test('a result that has the name of an input stays with the task', async () => {
  const { start, take, complete } = await trial('local-variable')
  await start('local-variable')

  await complete('work', { answer: 2, other: 3 })

  expect(variablesOf(await take('after'))).toEqual({ other: 3 })
})

test('a mapping that fails holds the task before its work and after it, until the variable is mended', async () => {
  const { engine, start, complete, incidents, ready } = await trial('mapping-fails')
  const elementInstanceKey = await start('mapping-fails')
  const mend = async (variables: string): Promise<void> => {
    await engine.setVariables({ elementInstanceKey, variables })
    await engine.resolveIncident({ incidentKey: incidents().at(-1)!.key })
  }

  const early = await ready('work')
  await mend('{"given":1}')
  await complete('work')
  const between = await ready('after')
  await mend('{"result":1}')

  expect([early, between]).toEqual([[], []])
  expect(incidents()).toMatchObject([{ type: 'IO_MAPPING_ERROR', elementId: 'work' }, { type: 'IO_MAPPING_ERROR', elementId: 'work' }])
  expect(await ready('work', 'after')).toEqual(['after'])
})
