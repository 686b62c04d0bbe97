import { connect } from 'node:http2'
import { credentials, status, type Client, type ServiceError } from '@grpc/grpc-js'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine, type Standing } from '../../server/engine/engine.ts'
import { ReadingLag } from '../../server/engine/gateway/readingLag.ts'
import { startGateway } from '../../server/engine/gateway/server.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import { diagram } from './support.ts'

interface Served {
  address: string
  /** Standings for which the engine is full. */
  full: Set<Standing>
  turnedAway: string[]
  call(method: string, request: object): Promise<Record<string, unknown>>
}

/** An engine behind its gateway, as full as the test says. */
async function served(): Promise<Served> {
  const engine = await startEngine({ store: memoryStore() })
  onTestFinished(() => engine.close())
  await engine.deploy([await diagram('service-task')])
  const full = new Set<Standing>()
  const turnedAway: string[] = []
  const gateway = await startGateway({
    engine: { ...engine, isFullFor: (standing) => full.has(standing) } satisfies Engine,
    host: '127.0.0.1', port: 0, log: quietLog, onTurnedAway: (kind) => turnedAway.push(kind),
  })
  const address = `127.0.0.1:${gateway.port}`
  const client = new (gatewayProtocol())(address, credentials.createInsecure()) as unknown as Client
    & Record<string, (request: object, reply: (error: ServiceError | null, value: Record<string, unknown>) => void) => void>
  onTestFinished(async () => {
    client.close()
    await gateway.close()
  })
  return {
    address, full, turnedAway,
    call: (method, request) => new Promise((resolve, reject) =>
      client[method]!(request, (error, value) => (error ? reject(error) : resolve(value)))),
  }
}

const start = { bpmnProcessId: 'service-task', version: -1 }

test('an engine that is full turns away what begins and takes what brings work under way to its end', async () => {
  const { full, turnedAway, call } = await served()
  await call('CreateProcessInstance', start)
  full.add('begins')

  await expect(call('CreateProcessInstance', start)).rejects.toMatchObject({
    code: status.RESOURCE_EXHAUSTED, details: 'Expected fewer commands at a time, so slow down',
  })
  await expect(call('PublishMessage', { name: 'request-filed' })).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED })
  await expect(call('CompleteJob', { jobKey: '1' })).rejects.toMatchObject({ code: status.NOT_FOUND })
  await expect(call('Topology', {})).resolves.toMatchObject({ partitionsCount: 1 })
  full.clear()
  await expect(call('CreateProcessInstance', start)).resolves.toMatchObject({ bpmnProcessId: 'service-task' })
  expect(turnedAway).toEqual(['createInstance', 'publishMessage'])
})

test('a client that is turned away thousands of times keeps its connection', async () => {
  const { address, full, call } = await served()
  const session = connect(`http://${address}`)
  onTestFinished(() => session.destroy())
  full.add('begins')

  // Three megabytes: most of the messages are still to be sent when the first answers come.
  const answers = await Promise.all(Array.from({ length: 3000 }, () => new Promise<string>((resolve) => {
    const stream = session.request({
      ':method': 'POST', ':path': '/gateway_protocol.Gateway/CreateProcessInstance', 'content-type': 'application/grpc', te: 'trailers',
    })
    let code = 'none'
    stream.on('response', (headers) => (code = String(headers['grpc-status'])))
    stream.on('error', () => undefined)
    stream.on('close', () => resolve(code))
    stream.resume()
    stream.end(Buffer.alloc(1000))
  })))
  full.clear()
  await call('CreateProcessInstance', start)

  expect(new Set(answers)).toEqual(new Set([String(status.RESOURCE_EXHAUSTED)]))
  expect([session.closed, session.destroyed]).toEqual([false, false])
})

test('what came while the process was busy has waited as long as that, what came while it was idle has not', async () => {
  const time = { nowMs: 1000, idleMs: 300 }
  const lag = new ReadingLag({ now: () => time.nowMs, idle: () => time.idleMs })
  const turn = () => new Promise((resume) => setImmediate(resume))
  lag.ms()
  await turn()

  time.nowMs += 400 // busy
  const afterBusy = lag.ms()
  time.nowMs += 50 // and what is read last in this turn has waited longest
  const later = lag.ms()
  await turn()
  time.nowMs += 400
  time.idleMs += 390
  const afterIdle = lag.ms()
  await turn()

  expect([afterBusy, later, afterIdle]).toEqual([400, 450, 10])
})
