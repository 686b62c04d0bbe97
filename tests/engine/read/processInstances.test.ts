import { describe, expect, test } from 'vitest'
import { takeJobs } from '../support.ts'
import { kinds, readable } from './readable.ts'

describe.each(kinds)('process instances of the store in %s', (kind) => {
  test('running, completed and canceled instances are one list in the order in which they began', async () => {
    const { engine, clock, deploy, start, complete, search } = await readable(kind)
    await deploy('service-task')
    const done = await start('service-task')
    clock.advance(1000)
    await complete('work')
    const canceled = await start('service-task')
    const running = await start('service-task')
    await engine.cancelInstance({ processInstanceKey: canceled })

    const { items, page } = await search('process-instances')

    expect(items).toMatchObject([
      { processInstanceKey: done, state: 'COMPLETED', startDate: '2026-11-24T09:00:00.000Z', endDate: '2026-11-24T09:00:01.000Z' },
      { processInstanceKey: canceled, state: 'TERMINATED', endDate: '2026-11-24T09:00:01.000Z' },
      {
        processInstanceKey: running, state: 'ACTIVE', endDate: null, processDefinitionId: 'service-task', processDefinitionName: 'service-task',
        processDefinitionVersion: 1, hasIncident: false, parentProcessInstanceKey: null, tenantId: '<default>',
      },
    ])
    expect(page).toMatchObject({ totalItems: 3, hasMoreTotalItems: false })
  })

  test('they are found by state, by definition, by process id and by what a process id begins with', async () => {
    const { deploy, start, complete, search } = await readable(kind)
    await deploy('service-task', 'sombor--request')
    await deploy('service-task', 'subotica--request')
    const done = await start('sombor--request')
    await complete('work')
    const mine = await start('sombor--request')
    const theirs = await start('subotica--request')
    const keysOf = async (filter: object): Promise<unknown[]> => (await search('process-instances', { filter })).items.map((each) => each.processInstanceKey)
    const { processDefinitionKey } = (await search('process-instances', { filter: { processInstanceKey: theirs } })).items[0]!

    expect(await keysOf({ state: 'ACTIVE' })).toEqual([mine, theirs])
    expect(await keysOf({ state: { $in: ['COMPLETED', 'TERMINATED'] } })).toEqual([done])
    expect(await keysOf({ processDefinitionKey })).toEqual([theirs])
    expect(await keysOf({ processDefinitionId: 'sombor--request' })).toEqual([done, mine])
    expect(await keysOf({ processDefinitionId: { $like: 'sombor--*' }, state: 'ACTIVE' })).toEqual([mine])
    expect(await keysOf({ processDefinitionId: { $in: ['sombor--request', 'subotica--request'] } })).toEqual([done, mine, theirs])
    expect(await keysOf({ processDefinitionId: 'nowhere' })).toEqual([])
    expect(await keysOf({ processInstanceKey: { $in: [mine, done] }, processDefinitionId: 'subotica--request' })).toEqual([])
  })

  test('those that an incident holds are found, and say so', async () => {
    const { deploy, start, search } = await readable(kind)
    await deploy('exclusive-gateway-no-default', 'sombor--gate')
    await deploy('service-task', 'sombor--request')
    await start('sombor--request')
    const held = await start('sombor--gate')

    const { items, page } = await search('process-instances', { filter: { hasIncident: true, processDefinitionId: { $like: 'sombor--*' } } })

    expect(items).toMatchObject([{ processInstanceKey: held, hasIncident: true, state: 'ACTIVE' }])
    expect(page.totalItems).toBe(1)
    expect((await search('process-instances', { filter: { hasIncident: true, state: 'COMPLETED' } })).items).toEqual([])
  })

  test('a called process names its caller, also when it is over', async () => {
    const { engine, deploy, start, complete, search } = await readable(kind)
    await deploy('called-process')
    await deploy('call-activity')
    const caller = await start('call-activity', { kind: 'process' })
    await engine.idle()
    const called = async () => (await search('process-instances', { filter: { processDefinitionId: 'called-process' } })).items[0]

    const before = await called()
    await complete('inner')

    expect(before).toMatchObject({ state: 'ACTIVE', parentProcessInstanceKey: caller })
    expect(await called()).toMatchObject({ state: 'COMPLETED', parentProcessInstanceKey: caller })
  })

  test('pages follow one another by their cursor, forward in either order, and by offset', async () => {
    const { engine, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    const all: string[] = []
    for (let number = 0; number < 7; number++) all.push(await start('service-task'))
    for (const { key } of (await takeJobs(engine, 'work')).slice(2, 5)) await engine.completeJob({ jobKey: key })
    const keysBy = async (page: object, order: 'ASC' | 'DESC') => {
      const found = await search('process-instances', { page, sort: [{ field: 'startDate', order }] })
      return { keys: found.items.map((each) => each.processInstanceKey), end: found.page.endCursor }
    }

    const first = await keysBy({ limit: 3 }, 'DESC')
    const second = await keysBy({ limit: 3, after: first.end }, 'DESC')
    const third = await keysBy({ limit: 3, after: second.end }, 'DESC')

    expect([...first.keys, ...second.keys, ...third.keys]).toEqual([...all].reverse())
    expect((await keysBy({ limit: 3, after: third.end }, 'DESC')).keys).toEqual([])
    expect((await keysBy({ from: 5, limit: 10 }, 'ASC')).keys).toEqual(all.slice(5))
  })

  test('one is read by its key, running or over, and an unknown one is a problem', async () => {
    const { ask, deploy, start, complete } = await readable(kind)
    await deploy('service-task')
    const done = await start('service-task')
    await complete('work')

    expect((await ask(`/v2/process-instances/${done}`)).body).toMatchObject({ processInstanceKey: done, state: 'COMPLETED' })
    expect(await ask('/v2/process-instances/17')).toMatchObject({ status: 404, type: 'application/problem+json', body: { title: 'Not Found', status: 404 } })
  })

  test('what no index serves is refused with its reason', async () => {
    const { ask } = await readable(kind)
    const detailOf = async (body: unknown): Promise<unknown> => {
      const { status, body: problem } = await ask('/v2/process-instances/search', body)
      return [status, problem.detail]
    }

    expect(await detailOf({ filter: { endDate: '2026-11-24T09:00:00Z' } })).toEqual([400, expect.stringContaining('found one on endDate, which no index serves')])
    expect(await detailOf({ sort: [{ field: 'endDate' }] })).toEqual([400, expect.stringContaining('Expected to sort by processInstanceKey or startDate')])
    expect(await detailOf({ filter: { processDefinitionId: { $like: '*task' } } })).toEqual([400, expect.stringContaining('"$like": "beginning*"')])
    expect(await detailOf({ filter: { state: { $neq: 'ACTIVE' } } })).toEqual([400, expect.stringContaining('filter.state: Expected ACTIVE or COMPLETED')])
    expect(await detailOf({ filter: { hasIncident: false } })).toEqual([400, expect.stringContaining('no index serves those without')])
    expect(await detailOf({ page: { limit: 1001 } })).toEqual([400, expect.stringContaining('page.limit')])
    expect(await detailOf({ page: { from: 9950, limit: 100 } })).toEqual([400, expect.stringContaining('use after to go further')])
    expect(await detailOf({ page: { before: 'MQ==' } })).toEqual([400, expect.stringContaining('pages go forward')])
    expect(await detailOf({ page: { after: 'nonsense' } })).toEqual([400, expect.stringContaining('page.after')])
    expect(await detailOf('{"filter":')).toEqual([400, expect.stringContaining('cannot be read')])
    expect(await detailOf([])).toEqual([400, expect.anything()])
  })
})
