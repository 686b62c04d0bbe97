import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { startReadApi } from '../../server/engine/http/server.ts'
import { memoryReader } from '../../server/engine/read/memoryReader.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { restAddressBeside, zeebeReader, type EngineReader } from '../../server/zeebe/read.ts'
import { diagram, takeJobs, takeOne } from '../engine/support.ts'

interface ReadEngine {
  engine: Engine
  reader: EngineReader
  url: string
  deploy(name: string, processId: string): Promise<void>
  start(processId: string): Promise<string>
}

/** Our engine with its read API, which lets in whoever shows this token. */
async function readEngine(): Promise<ReadEngine> {
  const store = memoryStore()
  const engine = await startEngine({ store })
  const api = await startReadApi({
    reader: memoryReader(store), host: '127.0.0.1', port: 0, log: quietLog, isServing: () => true, isStoreFull: () => false, metrics: () => '',
    gateway: () => ({ host: '127.0.0.1', port: 26500 }), authorize: async (authorization) => authorization === 'Bearer good',
  })
  onTestFinished(async () => {
    await api.close()
    await engine.close()
  })
  const url = `http://127.0.0.1:${api.port}`
  return {
    engine, url, reader: zeebeReader({ url, token: () => 'good' }),
    async deploy(name, processId) {
      const { content } = await diagram(name)
      await engine.deploy([{ name: `${processId}.bpmn`, content: content.replace(`id="${name}"`, `id="${processId}"`) }])
    },
    start: async (bpmnProcessId) => (await engine.createInstance({ bpmnProcessId })).processInstanceKey,
  }
}

/** Something else that listens. */
async function listener(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an instance is shown where it stands in its diagram and where it has been', async () => {
  const { engine, reader, deploy, start } = await readEngine()
  await deploy('municipal-request', 'sombor--request')
  const key = await start('sombor--request')
  await engine.completeJob({ jobKey: (await takeOne(engine, 'check-request')).key, variables: '{"complete":true}' })

  const position = await reader.diagramPosition(key)

  expect(position).toEqual({
    processDefinitionKey: expect.stringMatching(/^\d{16}$/), processId: 'sombor--request', version: 1, state: 'active',
    activeElementIds: ['decide'], leftElementIds: ['filed', 'check', 'isComplete'], incidentElementIds: [],
  })
})

test('where an incident holds an instance, its diagram shows it', async () => {
  const { reader, deploy, start } = await readEngine()
  await deploy('exclusive-gateway-no-default', 'sombor--gate')
  const key = await start('sombor--gate')

  const position = await reader.diagramPosition(key)

  expect(position).toMatchObject({ activeElementIds: ['which'], incidentElementIds: ['which'] })
})

test('an instance that is over still shows its way; one that never was is unknown', async () => {
  const { engine, reader, deploy, start } = await readEngine()
  await deploy('service-task', 'sombor--request')
  const key = await start('sombor--request')
  await engine.completeJob({ jobKey: (await takeOne(engine, 'work')).key })

  expect(await reader.diagramPosition(key)).toMatchObject({ state: 'completed', activeElementIds: [], leftElementIds: ['start', 'work', 'end'] })
  expect(await reader.diagramPosition('17')).toBeUndefined()
})

test('a town sees its own incidents with all that is needed to mend them, stretch by stretch', async () => {
  const { engine, reader, deploy, start } = await readEngine()
  await deploy('service-task', 'sombor--request')
  await deploy('service-task', 'subotica--request')
  const mine = [await start('sombor--request'), await start('sombor--request')]
  await start('subotica--request')
  const jobs = await takeJobs(engine, 'work')
  for (const { key } of jobs) await engine.failJob({ jobKey: key, retries: 0, errorMessage: 'the register is away' })

  const first = await reader.incidents({ processIdPrefix: 'sombor--', limit: 1 })
  if (first === 'not-offered') throw new Error('Expected incidents')
  const second = await reader.incidents({ processIdPrefix: 'sombor--', limit: 1, after: first.next! })

  expect(first).toEqual({
    items: [{
      key: expect.stringMatching(/^\d{16}$/), type: 'JOB_NO_RETRIES', message: 'the register is away', createdAtMs: expect.any(Number),
      processId: 'sombor--request', processInstanceKey: mine[0], elementId: 'work', elementInstanceKey: expect.stringMatching(/^\d{16}$/),
      jobKey: jobs[0]!.key,
    }],
    total: 2, isMore: false, next: expect.any(String),
  })
  expect(second).toMatchObject({ items: [{ processInstanceKey: mine[1] }] })
  expect(await reader.incident(first.items[0]!.key)).toEqual(first.items[0])
  expect(await reader.incident('17')).toBeUndefined()
})

test('one failed job is found by its key, and a variable of its process by its name', async () => {
  const { engine, reader, deploy } = await readEngine()
  await deploy('service-task', 'sombor--request')
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'sombor--request', variables: '{"caseId":"c-1"}' })
  const job = await takeOne(engine, 'work')
  await engine.failJob({ jobKey: job.key, retries: 2, retryBackOff: 60_000, errorMessage: 'try later' })

  expect(await reader.failedJob(job.key)).toMatchObject({ key: job.key, retries: 2, message: 'try later' })
  expect(await reader.failedJob('17')).toBeUndefined()
  expect(await reader.variable(processInstanceKey, 'caseId')).toBe('c-1')
  expect(await reader.variable(processInstanceKey, 'nothing')).toBeUndefined()
})

test('failed jobs are told with their retries, and those that an error took out of turn too', async () => {
  const { engine, reader, deploy, start } = await readEngine()
  await deploy('service-task', 'sombor--request')
  const keys = [await start('sombor--request'), await start('sombor--request'), await start('sombor--request')]
  const [failed, thrown] = await takeJobs(engine, 'work')
  await engine.failJob({ jobKey: failed!.key, retries: 2, retryBackOff: 60_000, errorMessage: 'try later' })
  await engine.throwError({ jobKey: thrown!.key, errorCode: 'unknown', errorMessage: 'nobody catches this' })

  const found = await reader.failedJobs({ processIdPrefix: 'sombor--' })

  expect(found).toMatchObject({
    items: [
      { key: failed!.key, type: 'work', state: 'failed', retries: 2, message: 'try later', processInstanceKey: keys[0], elementId: 'work' },
      { key: thrown!.key, state: 'error-thrown', message: expect.stringContaining('nobody catches this'), processInstanceKey: keys[1] },
    ],
    total: 2, next: null,
  })
})

test('an address without such an API says so, whatever else listens there', async () => {
  const addresses = [
    'http://127.0.0.1:1',
    await listener((_, reply) => void reply.writeHead(404, { 'content-type': 'application/json' }).end('{}')),
    await listener((_, reply) => void reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>Operate</p>')),
    await listener((request) => void request.socket.destroy()),
  ]

  for (const url of addresses) {
    const reader = zeebeReader({ url })
    expect(await reader.incidents({ processIdPrefix: 'sombor--' })).toBe('not-offered')
    expect(await reader.failedJobs({ processIdPrefix: 'sombor--' })).toBe('not-offered')
    expect(await reader.diagramPosition('17')).toBe('not-offered')
  }
})

test('an engine that does not know us refuses, and one that is in trouble is away', async () => {
  const { url } = await readEngine()
  const broken = await listener((_, reply) => void reply.writeHead(503, { 'content-type': 'application/problem+json' }).end('{"detail":"later"}'))

  await expect(zeebeReader({ url }).incidents({ processIdPrefix: 'sombor--' })).rejects.toMatchObject({ kind: 'not-allowed', code: 'engine-does-not-know-us' })
  await expect(zeebeReader({ url: broken }).incidents({ processIdPrefix: 'sombor--' })).rejects.toMatchObject({ name: 'Outage', system: 'zeebe' })
})

test('the embedded engine is read beside its gRPC', () => {
  expect(restAddressBeside('127.0.0.1:26500')).toBe('http://127.0.0.1:26501')
})
