import { createServer } from 'node:http'
import { get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../../server/base/log.ts'
import { serveEngine, type ServedEngine } from '../../../server/engine/serve.ts'
import { freePort } from '../../../server/launch/postgres.ts'
import { testCertificate } from '../../support/certificate.ts'
import { testDatabase } from '../../support/postgres.ts'
import { diagram } from '../support.ts'
import { kinds, readable } from './readable.ts'

describe.each(kinds)('definitions of the store in %s', (kind) => {
  test('every version is listed with its name, and the latest alone when that is asked', async () => {
    const { engine, deploy, search } = await readable(kind)
    await deploy('service-task', 'sombor--request')
    const { content } = await diagram('service-task')
    const named = content.replace('<bpmn:process id="service-task"', '<bpmn:process name="Zahtev" id="sombor--request"')
    await engine.deploy([{ name: 'sombor--request.bpmn', content: named }])
    await deploy('service-task', 'subotica--request')

    const all = await search('process-definitions', { filter: { processDefinitionId: { $like: 'sombor--*' } }, sort: [{ field: 'version', order: 'DESC' }] })
    const latest = await search('process-definitions', { filter: { isLatestVersion: true } })

    expect(all.items).toMatchObject([
      { processDefinitionId: 'sombor--request', version: 2, name: 'Zahtev', resourceName: 'sombor--request.bpmn', versionTag: null, tenantId: '<default>' },
      { version: 1, name: null },
    ])
    expect(latest.items.map(({ processDefinitionId, version }) => [processDefinitionId, version])).toEqual([['sombor--request', 2], ['subotica--request', 1]])
    expect((await search('process-definitions', { filter: { version: 1, name: 'Zahtev' } })).items).toEqual([])
  })

  test('a deleted version is in no list any more, but is still known by its key, because the past tells of it', async () => {
    const { engine, ask, search } = await readable(kind)
    const { content } = await diagram('service-task')
    const versions = ['one.bpmn', 'two.bpmn'].map((name) => ({ name, content }))
    const keys: string[] = []
    for (const each of versions) keys.push((await engine.deploy([each])).processes[0]!.processDefinitionKey)
    await engine.deleteResource({ resourceKey: keys[1]! })

    const latest = await search('process-definitions', { filter: { isLatestVersion: true } })

    expect(latest.items).toMatchObject([{ processDefinitionKey: keys[0], version: 1 }])
    expect(await ask(`/v2/process-definitions/${keys[1]}`)).toMatchObject({ status: 200, body: { version: 2 } })
  })

  test('one is read by its key, and so is its diagram', async () => {
    const { ask, deploy, search } = await readable(kind)
    await deploy('service-task')
    const key = String((await search('process-definitions')).items[0]!.processDefinitionKey)

    expect((await ask(`/v2/process-definitions/${key}`)).body).toMatchObject({ processDefinitionKey: key, version: 1 })
    expect(await ask(`/v2/process-definitions/${key}/xml`)).toEqual({
      status: 200, type: 'text/xml', body: { text: (await diagram('service-task')).content },
    })
    expect(await ask('/v2/process-definitions/17/xml')).toMatchObject({ status: 404 })
    expect(await ask('/v2/process-definitions/nonsense')).toMatchObject({ status: 400, body: { detail: 'Expected a key of digits' } })
  })

  test('the topology names one broker with one partition', async () => {
    const { ask } = await readable(kind)

    expect((await ask('/v2/topology')).body).toMatchObject({
      brokers: [{ host: '127.0.0.1', port: 26500, partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }] }], clusterSize: 1, gatewayVersion: '8.5.0',
    })
  })

  test('an address that is not part of it, a command and a body of another kind are problems', async () => {
    const { ask, url } = await readable(kind)

    expect(await ask('/v2/user-tasks/search', {})).toMatchObject({ status: 404, type: 'application/problem+json', body: { instance: '/v2/user-tasks/search' } })
    expect(await ask('/v2/topology', {})).toMatchObject({ status: 405, body: { detail: 'This API only reads: commands go over gRPC' } })
    expect((await fetch(`${url}/v2/jobs/search`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).status).toBe(415)
    expect(await ask('/v2/jobs/search', { filter: { type: 'x'.repeat(200_000) } })).toMatchObject({ status: 413 })
    expect((await fetch(`${url}/v2/jobs/search`, { method: 'POST' })).status).toBe(200)
  })

  test('with a token asked for, nobody reads without it, but the health is open', async () => {
    const { ask } = await readable(kind, { authorize: async (authorization) => authorization === 'Bearer good' })

    expect(await ask('/v2/topology')).toMatchObject({ status: 401, body: { title: 'Unauthorized' } })
    expect(await ask('/v2/topology', undefined, { authorization: 'Bearer bad' })).toMatchObject({ status: 401 })
    expect(await ask('/v2/topology', undefined, { authorization: 'Bearer good' })).toMatchObject({ status: 200 })
    expect(await ask('/health')).toMatchObject({ status: 200 })
  })
})

test('with a certificate it is read over TLS, and no other way', async () => {
  const tls = testCertificate()
  const { url } = await readable('memory', { tls })
  const port = Number(new URL(url).port)

  const status = await new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/v2/topology', ca: tls.certificate, servername: 'localhost', agent: false },
      (reply) => resolve(reply.resume().statusCode))
    request.once('error', reject)
  })

  expect(status).toBe(200)
  await expect(fetch(`${url}/v2/topology`)).rejects.toThrow('fetch failed')
})

test('an engine is ready when it takes commands', async () => {
  const { ask, engine } = await readable('memory')

  const before = await ask('/ready')
  await engine.close()

  expect(before).toMatchObject({ status: 200, body: { status: 'ok' } })
  expect(await ask('/ready')).toMatchObject({ status: 503, body: { status: 'waiting' } })
  expect(await ask('/health')).toMatchObject({ status: 200 })
})

test('a database that is away is said to be so', async () => {
  const database = await testDatabase()
  const served = await serveEngine({ databaseUrl: database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog })
  onTestFinished(() => served.close())
  await database.close()

  const reply = await fetch(`http://127.0.0.1:${served.readPort}/v2/incidents/search`, { method: 'POST' })

  expect(reply.status).toBe(503)
  expect(reply.headers.get('retry-after')).toBe('5')
})

test('the engine as a process serves gRPC and, on a port of its own, what can be read, under the same token', async () => {
  const tokens = { issuer: 'http://127.0.0.1:9', audience: 'salter-service' }
  const open = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog })
  const guarded = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog, tokens })
  onTestFinished(async () => {
    await open.close()
    await guarded.close()
  })
  const topology = ({ readPort }: ServedEngine, headers = {}) => fetch(`http://127.0.0.1:${readPort}/v2/topology`, { headers })

  expect(await (await topology(open)).json()).toMatchObject({ brokers: [{ port: open.port }] })
  expect((await topology(guarded)).status).toBe(401)
  // Whose token it is could only be said by the issuer, who is away.
  expect((await topology(guarded, { authorization: 'Bearer somebody' })).status).toBe(503)
})

test('an engine that waits for another to give way can be read, and says that it is not ready', async () => {
  const database = await testDatabase()
  const where = { databaseUrl: database.ownerUrl, host: '127.0.0.1', log: quietLog }
  const first = await serveEngine({ ...where, port: 0 })
  const readPort = await freePort()
  const giveUp = new AbortController()
  const standby = serveEngine({ ...where, port: 0, readPort, signal: giveUp.signal })
  const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${readPort}${path}`, { method })
  onTestFinished(async () => {
    await first.close()
    await database.close()
  })
  await expect.poll(() => ask('/health').catch(() => undefined)).toMatchObject({ status: 200 })

  const replies = [await ask('/ready'), await ask('/v2/incidents/search', 'POST'), await ask('/v2/topology')]
  giveUp.abort(new Error('no longer needed'))

  expect(replies.map(({ status }) => status)).toEqual([503, 200, 200])
  expect(await replies[2]!.json()).toMatchObject({ brokers: [{ partitions: [{ role: 'follower' }] }] })
  await expect(standby).rejects.toThrow('no longer needed')
  await expect(ask('/health')).rejects.toThrow('fetch failed')
})

test('a port that is taken is told in a sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo

  await expect(serveEngine({ host: '127.0.0.1', port: 0, readPort: port, log: quietLog }))
    .rejects.toThrow(`Expected port ${port} to be free for the engine's read API`)
})
