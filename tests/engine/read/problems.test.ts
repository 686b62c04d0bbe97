import { describe, expect, test } from 'vitest'
import { takeOne } from '../support.ts'
import { kinds, readable } from './readable.ts'

describe.each(kinds)('incidents and jobs of the store in %s', (kind) => {
  test('an incident tells what went wrong, where, since when, and of which job', async () => {
    const { engine, clock, ask, deploy, start, search } = await readable(kind)
    await deploy('service-task', 'sombor--request')
    const processInstanceKey = await start('sombor--request')
    const job = await takeOne(engine, 'work')
    clock.advance(60_000)
    await engine.failJob({ jobKey: job.key, retries: 0, errorMessage: 'the register is away' })

    const { items } = await search('incidents')

    expect(items).toEqual([{
      incidentKey: expect.stringMatching(/^\d{16}$/), errorType: 'JOB_NO_RETRIES', errorMessage: 'the register is away', state: 'ACTIVE',
      creationTime: '2026-11-24T09:01:00.000Z', elementId: 'work', elementInstanceKey: job.elementInstanceKey, jobKey: job.key,
      processInstanceKey, processDefinitionId: 'sombor--request', processDefinitionKey: job.processDefinitionKey,
      rootProcessInstanceKey: null, tenantId: '<default>',
    }])
    expect((await ask(`/v2/incidents/${String(items[0]!.incidentKey)}`)).body).toEqual(items[0])
  })

  test('an incident that is resolved is not told any more', async () => {
    const { engine, ask, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    await start('service-task')
    const { key } = await takeOne(engine, 'work')
    await engine.failJob({ jobKey: key, retries: 0 })
    const incidentKey = String((await search('incidents')).items[0]!.incidentKey)

    await engine.updateJobRetries({ jobKey: key, retries: 1 })
    await engine.resolveIncident({ incidentKey })

    expect((await search('incidents')).items).toEqual([])
    expect(await ask(`/v2/incidents/${incidentKey}`)).toMatchObject({ status: 404 })
    expect((await ask('/v2/incidents/search', { filter: { state: 'RESOLVED' } })).body.detail).toContain('resolved incidents are not kept')
  })

  test('a town finds its own incidents and failed jobs by what its process ids begin with', async () => {
    const { engine, deploy, start, search } = await readable(kind)
    await deploy('service-task', 'sombor--request')
    await deploy('service-task', 'subotica--request')
    const mine = await start('sombor--request')
    const other = await start('subotica--request')
    for (let number = 0; number < 2; number++) {
      const [job] = await engine.activateJobs({ type: 'work', worker: 'test', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 })
      await engine.failJob({ jobKey: job!.key, retries: 0 })
    }
    const ofTown = (town: string) => ({ processDefinitionId: { $like: `${town}--*` } })

    expect((await search('incidents', { filter: ofTown('sombor') })).items).toMatchObject([{ processInstanceKey: mine }])
    expect((await search('jobs', { filter: { ...ofTown('subotica'), state: 'FAILED' } })).items).toMatchObject([{ processInstanceKey: other }])
    expect((await search('incidents', { filter: ofTown('nowhere') })).page.totalItems).toBe(0)
    expect((await search('incidents', { filter: { processInstanceKey: other } })).items).toMatchObject([{ processInstanceKey: other }])
  })

  test('a failed job tells its task, its retries and its error, and whether it comes back by itself', async () => {
    const { engine, clock, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    await start('service-task')
    await start('service-task')
    const [first, second] = await engine.activateJobs({ type: 'work', worker: 'test', timeout: 60_000, maxJobsToActivate: 2, requestTimeout: -1 })
    clock.advance(30_000)
    await engine.failJob({ jobKey: first!.key, retries: 0, errorMessage: 'no such person' })
    await engine.failJob({ jobKey: second!.key, retries: 2, retryBackOff: 90_000, errorMessage: 'try later' })

    const { items } = await search('jobs', { filter: { state: 'FAILED', type: 'work' } })

    expect(items).toMatchObject([
      {
        jobKey: first!.key, state: 'FAILED', retries: 0, hasFailedWithRetriesLeft: false, errorMessage: 'no such person', type: 'work',
        elementId: 'work', elementInstanceKey: first!.elementInstanceKey, processDefinitionId: 'service-task', worker: 'test',
        kind: 'BPMN_ELEMENT', creationTime: '2026-11-24T09:00:00.000Z', deadline: null, customHeaders: {},
      },
      { jobKey: second!.key, retries: 2, hasFailedWithRetriesLeft: true, deadline: '2026-11-24T09:02:00.000Z' },
    ])
  })

  test('jobs are found by state, by key and by instance', async () => {
    const { engine, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    await deploy('error-end-uncaught')
    const waiting = await start('service-task')
    const thrown = await start('service-task')
    const [, job] = await engine.activateJobs({ type: 'work', worker: 'test', timeout: 60_000, maxJobsToActivate: 2, requestTimeout: -1 })
    await engine.throwError({ jobKey: job!.key, errorCode: 'unknown', errorMessage: 'nobody catches this' })
    const instancesOf = async (filter: object) => (await search('jobs', { filter })).items.map((each) => each.processInstanceKey)

    expect(await instancesOf({ state: 'ERROR_THROWN' })).toEqual([thrown])
    expect(await instancesOf({ state: 'CREATED' })).toEqual([waiting])
    expect(await instancesOf({ processInstanceKey: waiting, type: 'work' })).toEqual([waiting])
    expect(await instancesOf({ jobKey: job!.key })).toEqual([thrown])
    expect(await instancesOf({})).toEqual([waiting, thrown])
  })

  test('jobs by type alone are refused: the many that wait have no index for it', async () => {
    const { ask } = await readable(kind)

    const { status, body } = await ask('/v2/jobs/search', { filter: { type: 'work' } })

    expect([status, body.detail]).toEqual([400, expect.stringContaining('together with the states FAILED and ERROR_THROWN')])
  })
})
