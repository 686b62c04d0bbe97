import { credentials, loadPackageDefinition, status, type ServiceError } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { protoPath } from 'grpc-health-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { givenAddress, openTarget, uniqueDiagram, type Target } from './target.ts'
import { call, connect, deployed, poll, take, type Wire, type WireJob } from './wire.ts'

/** The one job of the type that there is or will be. */
async function onlyOne(type: string): Promise<WireJob> {
  const jobs = await take(wire, type)
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

describe('the gateway as any client sees it', () => {
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
    const { suffix } = await deployed(wire, 'message-start')
    const message = { name: `request-filed-${suffix}`, correlationKey: 'a', messageId: 'a', timeToLive: 60_000, variables: '{"a":1}' }

    await call(wire, 'PublishMessage', message)
    const { ended } = poll(wire, { type: `work-${suffix}`, requestTimeout: 20_000 })

    await expect(call(wire, 'PublishMessage', message)).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    expect((await ended).flatMap((each) => each.jobs)).toMatchObject([{ variables: '{"a":1}' }])
  })

  test('an instance begins where it is told to and is moved to elsewhere', async () => {
    const { processId, suffix } = await deployed(wire, 'nested-scopes')
    const request = { bpmnProcessId: processId, version: -1, variables: '{"caseId":"a","copies":1}', startInstructions: [{ elementId: 'first' }] }
    const { processInstanceKey } = await call(wire, 'CreateProcessInstance', request)
    const first = await onlyOne(`first-${suffix}`)

    const variableInstructions = [{ variables: '{"copies":5}', scopeId: 'inner' }]
    await call(wire, 'ModifyProcessInstance', {
      processInstanceKey,
      activateInstructions: [{ elementId: 'second', variableInstructions }],
      terminateInstructions: [{ elementInstanceKey: first.elementInstanceKey }],
    })

    const second = await onlyOne(`second-${suffix}`)
    expect(second).toMatchObject({ processInstanceKey, elementId: 'second' })
    expect(JSON.parse(second.variables)).toEqual({ caseId: 'a', copies: 6 })
    await expect(call(wire, 'CompleteJob', { jobKey: first.key })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('an instance follows another definition, and so says its job', async () => {
    const { processId, suffix } = await deployed(wire, 'service-task')
    const { processInstanceKey } = await call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables: '{"caseId":"a"}' })
    const target = await deployed(wire, 'boundary-message-interrupting')
    const { processDefinitionKey } = await call(wire, 'CreateProcessInstance', { bpmnProcessId: target.processId, version: -1, variables: '{"caseId":"b"}' })
    const migrate = (...mappingInstructions: object[]): Promise<unknown> =>
      call(wire, 'MigrateProcessInstance', { processInstanceKey, migrationPlan: { targetProcessDefinitionKey: processDefinitionKey, mappingInstructions } })

    await expect(migrate()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION })
    await expect(migrate({ sourceElementId: 'work', targetElementId: 'nothing' })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
    await migrate({ sourceElementId: 'work', targetElementId: 'work' })

    expect(await onlyOne(`work-${suffix}`)).toMatchObject({ processInstanceKey, bpmnProcessId: target.processId, processDefinitionKey, elementId: 'work' })
  })

  test('a signal goes on with who waits for it and starts a case', async () => {
    const waiting = await deployed(wire, 'signal-catch')
    const starting = await deployed(wire, 'signal-start')
    await call(wire, 'CreateProcessInstance', { bpmnProcessId: waiting.processId, version: -1 })

    for (const { suffix } of [waiting, starting]) await call(wire, 'BroadcastSignal', { signalName: `register-open-${suffix}`, variables: '{"a":1}' })

    expect(await onlyOne(`after-${waiting.suffix}`)).toMatchObject({ variables: '{"a":1}' })
    expect(await onlyOne(`work-${starting.suffix}`)).toMatchObject({ variables: '{"a":1}' })
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

  test('it says that it is healthy', async () => {
    const health = loadPackageDefinition(loadSync(protoPath)) as never as { grpc: { health: { v1: { Health: new (address: string, from: unknown) => Wire } } } }
    const client = new health.grpc.health.v1.Health(target.address, credentials.createInsecure())
    onTestFinished(() => client.close())

    const reply = await call(client, 'check', { service: 'gateway_protocol.Gateway' })

    expect(reply.status).toBe(1) // SERVING
  })
})

describe.runIf(!givenAddress)('what only our gateway can be asked', () => {
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
