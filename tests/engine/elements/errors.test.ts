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

test.each([['near', 'repair'], ['beside', 'explain'], ['unnamed', 'close']])(
  'the error %s of a job is caught at its level and leads to "%s"', async (errorCode, way) => {
    const { engine, start, take, ready } = await trial('error-levels')
    await start('error-levels')

    await engine.throwError({ jobKey: (await take('work')).key, errorCode })

    expect(await ready('repair', 'explain', 'close')).toEqual([way])
  })

test.each([['near', 'repair'], ['beside', 'explain'], ['unnamed', 'close']])(
  'an end event may calculate its error code: %s leads to "%s"', async (code, way) => {
    const { start, complete, ready } = await trial('error-levels')
    await start('error-levels')

    await complete('work', { code })

    expect(await ready('repair', 'explain', 'close')).toEqual([way])
  })

test('an event sub-process hands out of an error only what it maps', async () => {
  const { engine, start, take } = await trial('error-levels')
  await start('error-levels', { caseId: 'a' })

  await engine.throwError({ jobKey: (await take('work')).key, errorCode: 'beside', variables: '{"reason":"age","noise":1}' })

  expect(variablesOf(await take('explain'))).toEqual({ caseId: 'a', why: 'age' })
})

test('an error of a called process is caught by an event sub-process of the caller, with its variables', async () => {
  const { engine, start, take, left } = await trial('called-process', 'error-call-activity')
  await start('error-call-activity', { caseId: 'a' })
  await engine.idle()

  await engine.throwError({ jobKey: (await take('inner')).key, errorCode: 'not-entitled', variables: '{"reason":"age"}' })

  expect(variablesOf(await take('explain'))).toEqual({ caseId: 'a', why: 'age' })
  expect(left()).toContain('call terminated')
})

test('an error nobody catches in the caller either is an incident where it was thrown', async () => {
  const { engine, start, take, incidents, ready } = await trial('called-process', 'error-call-activity')
  await start('error-call-activity')
  await engine.idle()

  await engine.throwError({ jobKey: (await take('inner')).key, errorCode: 'lost' })

  expect(incidents()).toMatchObject([{
    type: 'UNHANDLED_ERROR_EVENT', elementId: 'inner', message: `Expected to throw an error event with the code 'lost' with message '', but it was not caught.`,
  }])
  expect(await ready('explain')).toEqual([])
})

test('an end event whose error nobody catches cannot be mended', async () => {
  const { engine, start, incidents } = await trial('error-end-uncaught')
  await start('error-end-uncaught')

  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents().map((each) => each.type)).toEqual(['UNHANDLED_ERROR_EVENT', 'UNHANDLED_ERROR_EVENT'])
})
