import { credentials, loadPackageDefinition, Metadata, status, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { protoPath } from 'grpc-health-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import { openTarget, uniqueDiagram, type Target } from './target.ts'

type Wire = Client & Record<string, (request: object, ...rest: unknown[]) => unknown>

function connect(address: string): Wire {
  return new (gatewayProtocol())(address, credentials.createInsecure()) as unknown as Wire
}

function call(wire: Wire, method: string, request: object, metadata = new Metadata()): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) =>
    wire[method]!(request, metadata, (error: ServiceError | null, value: Record<string, unknown>) => (error ? reject(error) : resolve(value))))
}

type Jobs = { jobs: { key: string; elementInstanceKey: string; variables: string; deadline: string }[] }

function poll(wire: Wire, request: object): { stream: ClientReadableStream<Jobs>; ended: Promise<Jobs[]> } {
  const stream = wire.ActivateJobs!({ worker: 'suite', timeout: 60_000, maxJobsToActivate: 10, ...request }) as ClientReadableStream<Jobs>
  const answers: Jobs[] = []
  const ended = new Promise<Jobs[]>((resolve, reject) => stream.on('data', (answer: Jobs) => answers.push(answer)).on('error', reject).on('end', () => resolve(answers)))
  ended.catch(() => undefined)
  return { stream, ended }
}

/** The one job of the type that there is or will be. */
async function takeOne(type: string): Promise<Jobs['jobs'][number]> {
  const jobs = (await poll(wire, { type, requestTimeout: 20_000 }).ended).flatMap((each) => each.jobs)
  expect(jobs).toHaveLength(1)
  return jobs[0]!
}

let target: Target
let wire: Wire

beforeAll(async () => {
  target = await openTarget()
  wire = connect(target.address)
})

afterAll(async () => {
  wire?.close()
  await target?.close()
})

async function deployed(name: string) {
  const diagram = await uniqueDiagram(name)
  await call(wire, 'DeployResource', { resources: [{ name: diagram.name, content: diagram.definition }] })
  return diagram
}

describe('the gateway as any client sees it', () => {
  test('a poll without jobs ends with nothing and without an error', async () => {
    const { ended } = poll(wire, { type: 'nothing-of-this-type', requestTimeout: 50 })

    expect(await ended).toEqual([])
  })

  test('a poll that does not want to wait is answered at once', async () => {
    const { ended } = poll(wire, { type: 'nothing-of-this-type', requestTimeout: -1 })

    expect(await ended).toEqual([])
  })

  test('a client that leaves its poll leaves the job to the next', async () => {
    const { processId, suffix } = await deployed('service-task')
    const left = poll(wire, { type: `work-${suffix}`, requestTimeout: 20_000 })
    await call(wire, 'Topology', {}) // by now the gateway has the poll
    left.stream.cancel()
    await left.ended.catch(() => undefined)
    await call(wire, 'Topology', {}) // and by now it has heard of its end

    await call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables: '{"a":1}' })
    const { ended } = poll(wire, { type: `work-${suffix}`, requestTimeout: 20_000 })

    expect((await ended).flatMap((each) => each.jobs)).toMatchObject([{ variables: '{"a":1}' }])
  })

  test('a stream is handed jobs as they come up, until its client leaves', async () => {
    const { processId, suffix } = await deployed('service-task')
    const stream = wire.StreamActivatedJobs!({ type: `work-${suffix}`, worker: 'suite', timeout: 60_000 }) as ClientReadableStream<{ variables: string }>
    stream.on('error', () => undefined) // its own cancellation
    const jobs: string[] = []
    const two = new Promise<void>((resolve) => stream.on('data', (job: { variables: string }) => jobs.push(job.variables) === 2 && resolve()))
    await call(wire, 'Topology', {}) // by now the gateway has the stream

    for (const number of [1, 2]) await call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables: `{"number":${number}}` })
    await two
    stream.cancel()

    expect(jobs).toEqual(['{"number":1}', '{"number":2}'])
  })

  test.each([
    ['ActivateJobs without a type', { type: '' }],
    ['without a worker', { type: 'work', worker: '' }],
    ['without a time', { type: 'work', timeout: 0 }],
    ['for no job', { type: 'work', maxJobsToActivate: 0 }],
  ])('%s is INVALID_ARGUMENT', async (_name, request) => {
    await expect(poll(wire, request).ended).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test.each([
    ['CreateProcessInstance', { bpmnProcessId: 'no-such-process', version: -1 }, status.NOT_FOUND],
    ['CreateProcessInstance', { bpmnProcessId: 'no-such-process', version: 1 }, status.NOT_FOUND],
    ['CreateProcessInstance', { processDefinitionKey: '1' }, status.NOT_FOUND],
    ['CancelProcessInstance', { processInstanceKey: '1' }, status.NOT_FOUND],
    ['CompleteJob', { jobKey: '1' }, status.NOT_FOUND],
    ['FailJob', { jobKey: '1', retries: 1 }, status.NOT_FOUND],
    ['ThrowError', { jobKey: '1', errorCode: 'x' }, status.NOT_FOUND],
    ['UpdateJobRetries', { jobKey: '1', retries: 1 }, status.NOT_FOUND],
    ['UpdateJobTimeout', { jobKey: '1', timeout: 1 }, status.NOT_FOUND],
    ['SetVariables', { elementInstanceKey: '1', variables: '{}' }, status.NOT_FOUND],
    ['ResolveIncident', { incidentKey: '1' }, status.NOT_FOUND],
    ['ModifyProcessInstance', { processInstanceKey: '1' }, status.NOT_FOUND],
    ['MigrateProcessInstance', { processInstanceKey: '1' }, status.NOT_FOUND],
    ['DeleteResource', { resourceKey: '1' }, status.NOT_FOUND],
    ['DeployResource', { resources: [] }, status.INVALID_ARGUMENT],
    ['DeployProcess', { processes: [] }, status.INVALID_ARGUMENT],
  ])('%s %j is refused with the status clients know', async (method, request, code) => {
    await expect(call(wire, method, request)).rejects.toMatchObject({ code, details: expect.stringMatching(/^Command '\w+' rejected with code '\w+': /) })
  })

  test('a key below zero or beyond 64 bits names nothing', async () => {
    await expect(call(wire, 'CompleteJob', { jobKey: '-5' })).rejects.toMatchObject({ code: status.NOT_FOUND })
    await expect(call(wire, 'CompleteJob', { jobKey: '9223372036854775807' })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('DeployProcess, which is older, works as well', async () => {
    const { processId, name, definition } = await uniqueDiagram('service-task')

    const reply = await call(wire, 'DeployProcess', { processes: [{ name, definition }] })

    expect(reply.processes).toMatchObject([{ bpmnProcessId: processId, version: 1, resourceName: 'service-task.bpmn' }])
  })

  test('a message starts a case and a second with the same id is ALREADY_EXISTS', async () => {
    const { suffix } = await deployed('message-start')
    const message = { name: `request-filed-${suffix}`, correlationKey: 'a', messageId: 'a', timeToLive: 60_000, variables: '{"a":1}' }

    await call(wire, 'PublishMessage', message)
    const { ended } = poll(wire, { type: `work-${suffix}`, requestTimeout: 20_000 })

    await expect(call(wire, 'PublishMessage', message)).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    expect((await ended).flatMap((each) => each.jobs)).toMatchObject([{ variables: '{"a":1}' }])
  })

  test('an instance begins where it is told to and is moved to elsewhere', async () => {
    const { processId, suffix } = await deployed('nested-scopes')
    const request = { bpmnProcessId: processId, version: -1, variables: '{"caseId":"a","copies":1}', startInstructions: [{ elementId: 'first' }] }
    const { processInstanceKey } = await call(wire, 'CreateProcessInstance', request)
    const first = await takeOne(`first-${suffix}`)

    const variableInstructions = [{ variables: '{"copies":5}', scopeId: 'inner' }]
    await call(wire, 'ModifyProcessInstance', {
      processInstanceKey,
      activateInstructions: [{ elementId: 'second', variableInstructions }],
      terminateInstructions: [{ elementInstanceKey: first.elementInstanceKey }],
    })

    const second = await takeOne(`second-${suffix}`)
    expect(second).toMatchObject({ processInstanceKey, elementId: 'second' })
    expect(JSON.parse(second.variables)).toEqual({ caseId: 'a', copies: 6 })
    await expect(call(wire, 'CompleteJob', { jobKey: first.key })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('an instance follows another definition, and so says its job', async () => {
    const { processId, suffix } = await deployed('service-task')
    const { processInstanceKey } = await call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables: '{"caseId":"a"}' })
    const target = await deployed('boundary-message-interrupting')
    const { processDefinitionKey } = await call(wire, 'CreateProcessInstance', { bpmnProcessId: target.processId, version: -1, variables: '{"caseId":"b"}' })
    const migrate = (...mappingInstructions: object[]): Promise<unknown> =>
      call(wire, 'MigrateProcessInstance', { processInstanceKey, migrationPlan: { targetProcessDefinitionKey: processDefinitionKey, mappingInstructions } })

    await expect(migrate()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    await expect(migrate({ sourceElementId: 'work', targetElementId: 'nothing' })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
    await migrate({ sourceElementId: 'work', targetElementId: 'work' })

    expect(await takeOne(`work-${suffix}`)).toMatchObject({ processInstanceKey, bpmnProcessId: target.processId, processDefinitionKey, elementId: 'work' })
  })

  test('a signal goes on with who waits for it and starts a case', async () => {
    const waiting = await deployed('signal-catch')
    const starting = await deployed('signal-start')
    await call(wire, 'CreateProcessInstance', { bpmnProcessId: waiting.processId, version: -1 })

    for (const { suffix } of [waiting, starting]) await call(wire, 'BroadcastSignal', { signalName: `register-open-${suffix}`, variables: '{"a":1}' })
    const after = poll(wire, { type: `after-${waiting.suffix}`, requestTimeout: 20_000 })
    const work = poll(wire, { type: `work-${starting.suffix}`, requestTimeout: 20_000 })

    for (const { ended } of [after, work]) expect((await ended).flatMap((each) => each.jobs)).toMatchObject([{ variables: '{"a":1}' }])
  })

  test('a version is deleted when no case of it runs any more', async () => {
    const { processId, name, definition } = await uniqueDiagram('service-task')
    const reply = await call(wire, 'DeployResource', { resources: [{ name, content: definition }] })
    const resourceKey = (reply.deployments as { process: { processDefinitionKey: string } }[])[0]!.process.processDefinitionKey
    const instance = await call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1 })

    await expect(call(wire, 'DeleteResource', { resourceKey })).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    await call(wire, 'CancelProcessInstance', { processInstanceKey: instance.processInstanceKey })
    await call(wire, 'DeleteResource', { resourceKey })

    await expect(call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1 })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('a result that does not come in time is DEADLINE_EXCEEDED', async () => {
    const { processId } = await deployed('service-task')

    const request = { request: { bpmnProcessId: processId, version: -1 }, requestTimeout: 50 }

    await expect(call(wire, 'CreateProcessInstanceWithResult', request)).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED, details: expect.stringContaining('Time out between gateway and broker') })
  })

  test('it says that it is healthy', async () => {
    const health = loadPackageDefinition(loadSync(protoPath)) as never as { grpc: { health: { v1: { Health: new (address: string, from: unknown) => Wire } } } }
    const client = new health.grpc.health.v1.Health(target.address, credentials.createInsecure())
    onTestFinished(() => client.close())

    const reply = await call(client, 'check', { service: 'gateway_protocol.Gateway' })

    expect(reply.status).toBe(1) // SERVING
  })
})

describe.runIf(!process.env.ZEEBE_TEST_ADDRESS)('what only our gateway can be asked', () => {
  test('EvaluateDecision says that it is not there yet', async () => {
    await expect(call(wire, 'EvaluateDecision', {})).rejects.toMatchObject({
      code: status.UNIMPLEMENTED, details: 'EvaluateDecision is not available on this engine yet',
    })
  })

  test('without the right token nothing is served', async () => {
    const served = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog, authorize: (metadata) => metadata.get('authorization')[0] === 'Bearer good' })
    onTestFinished(() => served.close())
    const client = connect(`127.0.0.1:${served.port}`)
    onTestFinished(() => client.close())
    const good = new Metadata()
    good.set('authorization', 'Bearer good')

    await expect(call(client, 'Topology', {})).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
    await expect(poll(client, { type: 'work', requestTimeout: -1 }).ended).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
    expect(await call(client, 'Topology', {}, good)).toMatchObject({ clusterSize: 1, gatewayVersion: '8.5.0' })
  })

  test('another tenant than the default is refused', async () => {
    await expect(call(wire, 'CreateProcessInstance', { bpmnProcessId: 'x', version: -1, tenantId: 'sombor' })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test('three hundred parked polls end when the engine closes', async () => {
    const served = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog })
    const client = connect(`127.0.0.1:${served.port}`)
    onTestFinished(() => client.close())
    const polls = Array.from({ length: 300 }, (_, index) => poll(client, { type: `type-${index}`, requestTimeout: 60_000 }).ended.catch((error: ServiceError) => error.code))
    await call(client, 'Topology', {})

    await served.close()

    expect(new Set(await Promise.all(polls))).toEqual(new Set([status.UNAVAILABLE]))
  })
})
