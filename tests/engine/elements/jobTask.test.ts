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
