import { describe, expect, test } from 'vitest'
import { takeJobs } from '../support.ts'
import { kinds, readable } from './readable.ts'

describe.each(kinds)('what is inside an instance, in %s', (kind) => {
  test('the elements it has left and those it stands in are told, as they are drawn', async () => {
    const { clock, deploy, start, complete, search } = await readable(kind)
    await deploy('municipal-request')
    const processInstanceKey = await start('municipal-request')
    clock.advance(60_000)
    await complete('check-request', { complete: true })

    const { items } = await search('element-instances', { filter: { processInstanceKey } })

    expect(items.map(({ elementId, type, state }) => [elementId, type, state])).toEqual([
      ['municipal-request', 'PROCESS', 'ACTIVE'],
      ['filed', 'START_EVENT', 'COMPLETED'],
      ['check', 'SERVICE_TASK', 'COMPLETED'],
      ['isComplete', 'EXCLUSIVE_GATEWAY', 'COMPLETED'],
      ['decide', 'USER_TASK', 'ACTIVE'],
    ])
    expect(items[2]).toMatchObject({
      startDate: '2026-11-24T09:00:00.000Z', endDate: '2026-11-24T09:01:00.000Z', elementName: 'check', processInstanceKey,
      processDefinitionId: 'municipal-request', hasIncident: false, incidentKey: null,
    })
    expect(items[4]).toMatchObject({ endDate: null })
  })

  test('they are found by state, by id and by type, and sorted by what is asked', async () => {
    const { deploy, start, search } = await readable(kind)
    await deploy('multi-instance-parallel')
    const processInstanceKey = await start('multi-instance-parallel', { offices: ['registry', 'taxes'] })
    const typesOf = async (filter: object, sort: object[] = []) =>
      (await search('element-instances', { filter: { processInstanceKey, ...filter }, sort })).items.map(({ type, state }) => `${String(type)} ${String(state)}`)

    expect(await typesOf({ elementId: 'ask', state: 'ACTIVE' })).toEqual(['MULTI_INSTANCE_BODY ACTIVE', 'SERVICE_TASK ACTIVE', 'SERVICE_TASK ACTIVE'])
    expect(await typesOf({ type: 'START_EVENT' })).toEqual(['START_EVENT COMPLETED'])
    expect(await typesOf({ state: 'ACTIVE' }, [{ field: 'type', order: 'DESC' }, { field: 'elementInstanceKey', order: 'ASC' }]))
      .toEqual(['SERVICE_TASK ACTIVE', 'SERVICE_TASK ACTIVE', 'PROCESS ACTIVE', 'MULTI_INSTANCE_BODY ACTIVE'])
  })

  test('an instance that is over tells where it was, and where it was taken away', async () => {
    const { engine, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    const processInstanceKey = await start('service-task')
    await engine.cancelInstance({ processInstanceKey })

    const { items } = await search('element-instances', { filter: { processInstanceKey } })

    expect(items.map(({ elementId, state }) => [elementId, state])).toEqual([
      ['service-task', 'TERMINATED'], ['start', 'COMPLETED'], ['work', 'TERMINATED'],
    ])
  })

  test('an element that an incident holds names it', async () => {
    const { deploy, start, search } = await readable(kind)
    await deploy('exclusive-gateway-no-default')
    const processInstanceKey = await start('exclusive-gateway-no-default')
    const [incident] = (await search('incidents')).items

    const { items } = await search('element-instances', { filter: { processInstanceKey, hasIncident: true } })

    expect(items).toMatchObject([{ hasIncident: true, incidentKey: incident!.incidentKey, elementInstanceKey: incident!.elementInstanceKey }])
  })

  test('an instance that has been through more than a hundred elements tells them all, page by page', async () => {
    const { engine, deploy, start, search } = await readable(kind)
    await deploy('multi-instance-parallel')
    const processInstanceKey = await start('multi-instance-parallel', { offices: Array.from({ length: 120 }, (_, number) => number) })
    await Promise.all((await takeJobs(engine, 'ask', 120)).map(({ key }) => engine.completeJob({ jobKey: key })))
    const body = { filter: { processInstanceKey }, sort: [{ field: 'state', order: 'DESC' }] }

    const first = await search('element-instances', { ...body, page: { limit: 100 } })
    const rest = await search('element-instances', { ...body, page: { limit: 100, after: first.page.endCursor } })

    const all = [...first.items, ...rest.items]
    expect(first.page).toMatchObject({ totalItems: 124, hasMoreTotalItems: false })
    expect(new Set(all.map((each) => each.elementInstanceKey)).size).toBe(124)
    expect(all.filter(({ state }) => state === 'ACTIVE').map(({ elementId }) => elementId)).toEqual(['multi-instance-parallel', 'after'])
  })

  test('elements and variables are asked for with their instance', async () => {
    const { ask } = await readable(kind)

    for (const resource of ['element-instances', 'variables']) {
      const { status, body } = await ask(`/v2/${resource}/search`, {})
      expect([status, body.detail]).toEqual([400, expect.stringContaining('filter.processInstanceKey: Expected the key of one process instance')])
      expect((await ask(`/v2/${resource}/search`, { filter: { processInstanceKey: '17' } })).body).toMatchObject({ items: [], page: { totalItems: 0 } })
    }
  })

  test('variables of every scope are told as the text they are', async () => {
    const { deploy, start, search } = await readable(kind)
    await deploy('multi-instance-sequential')
    const processInstanceKey = await start('multi-instance-sequential', { offices: ['registry'], amount: 1.10 })
    const [body, each] = (await search('element-instances', { filter: { processInstanceKey, elementId: 'ask' } })).items

    const { items } = await search('variables', { filter: { processInstanceKey }, sort: [{ field: 'scopeKey', order: 'ASC' }] })

    expect(items).toMatchObject([
      { name: 'offices', value: '["registry"]', scopeKey: processInstanceKey, isTruncated: false, processInstanceKey, tenantId: '<default>' },
      { name: 'amount', value: '1.1', scopeKey: processInstanceKey },
      { name: 'opinions', scopeKey: body!.elementInstanceKey },
      { name: 'loopCounter', value: '1', scopeKey: each!.elementInstanceKey },
      { name: 'office', value: '"registry"', scopeKey: each!.elementInstanceKey },
      { name: 'opinion', value: 'null', scopeKey: each!.elementInstanceKey },
    ])
    expect(new Set(items.map(({ variableKey }) => variableKey)).size).toBe(items.length)
    expect((await search('variables', { filter: { processInstanceKey, variableKey: items[1]!.variableKey } })).items).toEqual([items[1]])
  })

  test('the variables of the process are kept as they were at its end', async () => {
    const { deploy, start, complete, search } = await readable(kind)
    await deploy('service-task')
    const processInstanceKey = await start('service-task', { copies: 2 })
    await complete('work', { fee: 52000 })

    const { items } = await search('variables', { filter: { processInstanceKey } })

    expect(items.map(({ name, value }) => [name, value])).toEqual([['copies', '2'], ['fee', '52000']])
  })

  test('a long value is cut unless it is asked for whole', async () => {
    const { ask, deploy, start, search } = await readable(kind)
    await deploy('service-task')
    const processInstanceKey = await start('service-task', { remark: 'x'.repeat(9000) })
    const body = { filter: { processInstanceKey, name: 'remark' } }

    const cut = await search('variables', body)
    const whole = await ask('/v2/variables/search?truncateValues=false', body)

    expect(cut.items).toMatchObject([{ isTruncated: true }])
    expect(String(cut.items[0]!.value)).toHaveLength(8191)
    expect(whole.body).toMatchObject({ items: [{ isTruncated: false, value: JSON.stringify('x'.repeat(9000)) }] })
  })
})
