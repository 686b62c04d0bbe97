import { expect, test } from 'vitest'
import { trial, variablesOf } from '../support.ts'

test.each([['not-entitled', 'explain'], ['anything-else', 'repair']])('the error %s is caught and leads to "%s"', async (errorCode, way) => {
  const { engine, start, take, ready } = await trial('boundary-error')
  await start('boundary-error')
  const job = await take('work')

  await engine.throwError({ jobKey: job.key, errorCode })

  expect(await ready('explain', 'repair')).toEqual([way])
  await expect(engine.completeJob({ jobKey: job.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('what an error brings stays with the event unless it is mapped', async () => {
  const { engine, start, take } = await trial('boundary-error', 'boundary-error-mapped')
  for (const processId of ['boundary-error', 'boundary-error-mapped']) {
    await start(processId)
    await engine.throwError({ jobKey: (await take('work')).key, errorCode: 'not-entitled', variables: '{"reason":"age"}' })
  }

  const jobs = await engine.activateJobs({ type: 'explain', worker: 'test', timeout: 1000, maxJobsToActivate: 10, requestTimeout: -1 })

  expect(jobs.map(variablesOf)).toEqual([{}, { why: 'age' }])
})

test('an error nobody catches is an incident, and the job can be tried again after it', async () => {
  const { engine, start, take, incidents, complete } = await trial('service-task')
  await start('service-task')
  const job = await take('work')

  await engine.throwError({ jobKey: job.key, errorCode: 'lost' })
  await expect(engine.completeJob({ jobKey: job.key })).rejects.toMatchObject({ kind: 'wrong-state' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents()).toMatchObject([{ type: 'UNHANDLED_ERROR_EVENT', elementId: 'work' }])
  await complete('work')
})

test('an error end event is caught on the border of its sub-process', async () => {
  const { start, complete, ready, left } = await trial('error-end')
  await start('error-end')

  await complete('first')

  expect(await ready('explain')).toEqual(['explain'])
  expect(left()).toContain('check terminated')
})

test('an error end event without a catcher is an incident', async () => {
  const { start, incidents } = await trial('error-end-uncaught')

  await start('error-end-uncaught')

  expect(incidents()).toMatchObject([{ type: 'UNHANDLED_ERROR_EVENT', elementId: 'notEntitled' }])
})
