/** What each call refuses, with the status and the words that clients look for. What signals, decisions, deletion, modification and migration refuse in particular is beside their own tests. */
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Outage } from '../../server/base/errors.ts'
import { Overload } from '../../server/engine/engine.ts'
import { toServiceError } from '../../server/engine/gateway/grpcStatus.ts'
import { givenAddress, openTarget, uniqueDiagram, type Target } from './target.ts'
import { call, connect, deployed, openStream, poll, start, take, type Wire, type WireJob } from './wire.ts'

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

const rejections: Partial<Record<status, string>> = {
  [status.INVALID_ARGUMENT]: 'INVALID_ARGUMENT',
  [status.NOT_FOUND]: 'NOT_FOUND',
  [status.ALREADY_EXISTS]: 'ALREADY_EXISTS',
  [status.FAILED_PRECONDITION]: 'INVALID_STATE',
}

/** A refusal as the engine words it: the command, the kind, and a sentence. */
function rejection(intent: string, code: status, says: RegExp): object {
  return { code, details: expect.stringMatching(new RegExp(`^Command '${intent}' rejected with code '${rejections[code]}': ${says.source}`)) }
}

const noJob = /Expected to .* with key '1', but no such job was found/
const notAnObject = /Expected the variables to be a valid JSON document where the root node is an object/

/** Refused whatever the state: the test's name, the call, and how it is refused. */
const refusals: [name: string, method: string, request: object, refused: object][] = [
  ['DeployProcess without a process is refused', 'DeployProcess', { processes: [] }, rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy at least one resource/)],
  ['DeployProcess with broken XML is refused', 'DeployProcess', { processes: [{ name: 'a.bpmn', definition: Buffer.from('<bpmn') }] }, rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy new resources, but encountered the following errors:\n'a.bpmn': /)],
  ['DeployResource without a resource is refused', 'DeployResource', { resources: [] }, rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy at least one resource/)],
  ['DeployResource with broken XML is refused', 'DeployResource', { resources: [{ name: 'a.bpmn', content: Buffer.from('<bpmn') }] }, rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy new resources/)],
  ['a resource of an unknown type is refused', 'DeployResource', { resources: [{ name: 'a.txt', content: Buffer.from('a') }] }, rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy new resources, but encountered the following errors:\n'a.txt': - Unknown resource type/)],
  ['resources for another tenant are refused', 'DeployResource', { resources: [], tenantId: 'sombor' }, { code: status.INVALID_ARGUMENT, details: expect.stringContaining('multi-tenancy is disabled') }],
  ['a process key that nobody knows starts nothing', 'CreateProcessInstance', { processDefinitionKey: '1' }, rejection('CREATE', status.NOT_FOUND, /Expected to find process definition with key '1', but none found/)],
  ['a process id that nobody knows starts nothing', 'CreateProcessInstance', { bpmnProcessId: 'no-such', version: -1 }, rejection('CREATE', status.NOT_FOUND, /Expected to find process definition with process ID 'no-such', but none found/)],
  ['a process version that nobody knows starts nothing', 'CreateProcessInstance', { bpmnProcessId: 'no-such', version: 7 }, rejection('CREATE', status.NOT_FOUND, /Expected to find process definition with process ID 'no-such' and version '7', but none found/)],
  ['an instance for another tenant is refused', 'CreateProcessInstance', { bpmnProcessId: 'x', version: -1, tenantId: 'sombor' }, { code: status.INVALID_ARGUMENT, details: expect.stringContaining('multi-tenancy is disabled') }],
  ['a result of an unknown process is refused', 'CreateProcessInstanceWithResult', { request: { bpmnProcessId: 'no-such', version: -1 } }, rejection('CREATE', status.NOT_FOUND, /Expected to find process definition/)],
  ['a result of a request that is not there is refused', 'CreateProcessInstanceWithResult', {}, rejection('CREATE', status.INVALID_ARGUMENT, /Expected at least a bpmnProcessId/)],
  ['an instance that nobody knows cannot be canceled', 'CancelProcessInstance', { processInstanceKey: '1' }, rejection('CANCEL', status.NOT_FOUND, /Expected to cancel a process instance with key '1', but no such process was found/)],
  ['an instance that nobody knows cannot be modified', 'ModifyProcessInstance', { processInstanceKey: '1' }, rejection('MODIFY', status.NOT_FOUND, /Expected/)],
  ['an instance that nobody knows cannot be migrated', 'MigrateProcessInstance', { processInstanceKey: '1' }, rejection('MIGRATE', status.NOT_FOUND, /Expected/)],
  ['a job that nobody knows cannot be completed', 'CompleteJob', { jobKey: '1' }, rejection('COMPLETE', status.NOT_FOUND, noJob)],
  ['a job that nobody knows cannot be failed', 'FailJob', { jobKey: '1', retries: 1 }, rejection('FAIL', status.NOT_FOUND, noJob)],
  ['no error can be thrown for a job that nobody knows', 'ThrowError', { jobKey: '1', errorCode: 'x' }, rejection('THROW_ERROR', status.NOT_FOUND, noJob)],
  ['a job that nobody knows cannot get retries', 'UpdateJobRetries', { jobKey: '1', retries: 1 }, rejection('UPDATE_RETRIES', status.NOT_FOUND, noJob)],
  ['a job that nobody knows cannot get more time', 'UpdateJobTimeout', { jobKey: '1', timeout: 1 }, rejection('UPDATE_TIMEOUT', status.NOT_FOUND, /Expected to update job deadline with key '1', but no such job was found/)],
  ['a message whose variables are no object is refused', 'PublishMessage', { name: 'a', correlationKey: 'a', variables: '[1]' }, rejection('PUBLISH', status.INVALID_ARGUMENT, notAnObject)],
  ['a correlation key with a control character is refused', 'PublishMessage', { name: 'a', correlationKey: 'a\0b' }, rejection('PUBLISH', status.INVALID_ARGUMENT, /Expected the correlation key to have no control characters/)],
  ['a message for another tenant is refused', 'PublishMessage', { name: 'a', correlationKey: 'a', tenantId: 'sombor' }, { code: status.NOT_FOUND, details: expect.stringContaining('multi-tenancy is disabled') }],
  ['a signal whose variables are no object is refused', 'BroadcastSignal', { signalName: 'a', variables: '[1]' }, rejection('BROADCAST', status.INVALID_ARGUMENT, notAnObject)],
  ['a resource that nobody knows cannot be deleted', 'DeleteResource', { resourceKey: '1' }, rejection('DELETE', status.NOT_FOUND, /Expected to delete the resource with key '1', but there is none/)],
  ['variables of an element that nobody knows cannot be set', 'SetVariables', { elementInstanceKey: '1', variables: '{}' }, rejection('UPDATE', status.NOT_FOUND, /Expected to update variables for element with key '1', but no such element was found/)],
  ['an incident that nobody knows cannot be resolved', 'ResolveIncident', { incidentKey: '1' }, rejection('RESOLVE', status.NOT_FOUND, /Expected to resolve incident with key '1', but no such incident was found/)],
]

/** An instance at its one service task. */
async function atWork() {
  const { processId, suffix } = await deployed(wire, 'service-task')
  const instance = await start(wire, processId)
  const [job] = await take(wire, `work-${suffix}`)
  return { processId, suffix, instance, job: job! }
}

/** The same, when its worker has given up. */
async function givenUp() {
  const found = await atWork()
  await call(wire, 'FailJob', { jobKey: found.job.key, retries: 0, errorMessage: 'no luck' })
  return found
}

describe('refused whatever the state', () => {
  test.each(refusals)('%s', async (_name, method, request, refused) => {
    await expect(call(wire, method, request)).rejects.toMatchObject(refused)
  })

  test.each([
    ['a poll without a job type is refused', { type: '' }],
    ['a poll without a worker is refused', { type: 'work', worker: '' }],
    ['a poll that gives a worker no time is refused', { type: 'work', timeout: 0 }],
    ['a poll for fewer than no jobs is refused', { type: 'work', maxJobsToActivate: -1 }],
  ])('%s', async (_name, request) => {
    await expect(poll(wire, request).ended).rejects.toMatchObject(rejection('ACTIVATE', status.INVALID_ARGUMENT, /Expected/))
  })

  test('a poll for another tenant is refused', async () => {
    await expect(poll(wire, { type: 'work', tenantIds: ['sombor'] }).ended).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test.each([
    ['a stream without a job type is refused', { type: '' }],
    ['a stream that gives a worker no time is refused', { type: 'work', timeout: 0 }],
    ['a stream for another tenant is refused', { type: 'work', tenantIds: ['sombor'] }],
  ])('%s', async (_name, request) => {
    expect(await openStream(wire, request).ended).toBe(status.INVALID_ARGUMENT)
  })
})

describe('refused as things stand', () => {
  test('of several resources none is deployed when one is refused', async () => {
    const { processId, name, definition } = await uniqueDiagram('service-task')

    await expect(call(wire, 'DeployResource', { resources: [{ name, content: definition }, { name: 'b.bpmn', content: Buffer.from('<bpmn') }] })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })

    await expect(start(wire, processId)).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('a diagram that cannot be executed is refused with its element named', async () => {
    const { name, definition } = await uniqueDiagram('refused-transaction')

    await expect(call(wire, 'DeployResource', { resources: [{ name, content: definition }] })).rejects.toMatchObject(rejection('CREATE', status.INVALID_ARGUMENT, /Expected to deploy new resources, but encountered the following errors:\n'refused-transaction.bpmn': /))
    await expect(call(wire, 'DeployProcess', { processes: [{ name, definition }] })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test('a process that only a message starts cannot be started by its id', async () => {
    const { processId } = await deployed(wire, 'message-start')

    await expect(start(wire, processId)).rejects.toMatchObject(rejection('CREATE', status.FAILED_PRECONDITION, /Expected to create instance of process with none start event, but there is no such event/))
  })

  test.each(['[1]', '"text"', '{', 'null'])('an instance whose variables are %s is refused', async (variables) => {
    const { processId } = await deployed(wire, 'service-task')

    await expect(call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables })).rejects.toMatchObject(rejection('CREATE', status.INVALID_ARGUMENT, notAnObject))
  })

  test('variables of more than 4 MB are refused in words and not as a passing state', async () => {
    const { processId } = await deployed(wire, 'service-task')

    const variables = JSON.stringify({ text: 'ш'.repeat(2_200_000) })

    await expect(call(wire, 'CreateProcessInstance', { bpmnProcessId: processId, version: -1, variables })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test('a result that does not come in time is DEADLINE_EXCEEDED', async () => {
    const { processId } = await deployed(wire, 'service-task')

    const asked = call(wire, 'CreateProcessInstanceWithResult', { request: { bpmnProcessId: processId, version: -1 }, requestTimeout: 50 })

    await expect(asked).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED, details: expect.stringMatching(/^Time out between gateway and broker/) })
  })

  test('an instance that has ended cannot be canceled', async () => {
    const { instance, job } = await atWork()
    await call(wire, 'CompleteJob', { jobKey: job.key })

    await expect(call(wire, 'CancelProcessInstance', { processInstanceKey: instance })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('the key of a task is not that of an instance to cancel', async () => {
    const { job } = await atWork()

    await expect(call(wire, 'CancelProcessInstance', { processInstanceKey: job.elementInstanceKey })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('a refusal that quotes a long text is cut to what headers can carry, and the connection stays', async () => {
    const long = call(wire, 'CreateProcessInstance', { bpmnProcessId: 'ш'.repeat(100_000), version: -1 })

    await expect(long).rejects.toMatchObject({ code: status.NOT_FOUND, details: expect.stringMatching(/with process ID 'ш{100,}…$/) })
    expect(await call(wire, 'Topology', {})).toMatchObject({ clusterSize: 1 })
  })

  test('an instance that another one has called cannot be canceled by itself', async () => {
    const called = await deployed(wire, 'called-process')
    const calling = await deployed(wire, 'call-activity')
    await start(wire, calling.processId, { kind: `process-${called.suffix}` })
    const [job] = await take(wire, `inner-${called.suffix}`) as (WireJob & { processInstanceKey: string })[]

    await expect(call(wire, 'CancelProcessInstance', { processInstanceKey: job!.processInstanceKey })).rejects.toMatchObject(rejection('CANCEL', status.FAILED_PRECONDITION, /.*Cancel the root process instance '\d+' instead/))
  })

  test('a job that is completed already cannot be completed again', async () => {
    const { job } = await atWork()
    await call(wire, 'CompleteJob', { jobKey: job.key })

    await expect(call(wire, 'CompleteJob', { jobKey: job.key })).rejects.toMatchObject({ code: status.NOT_FOUND })
  })

  test('a job whose worker has given up takes neither a result nor a failure nor an error', async () => {
    const { job } = await givenUp()

    await expect(call(wire, 'CompleteJob', { jobKey: job.key })).rejects.toMatchObject(rejection('COMPLETE', status.FAILED_PRECONDITION, /Expected to complete job with key '\d+', but it is in state 'FAILED'/))
    await expect(call(wire, 'FailJob', { jobKey: job.key, retries: 1 })).rejects.toMatchObject(rejection('FAIL', status.FAILED_PRECONDITION, /.*'FAILED'/))
    await expect(call(wire, 'ThrowError', { jobKey: job.key, errorCode: 'x' })).rejects.toMatchObject(rejection('THROW_ERROR', status.FAILED_PRECONDITION, /.*'FAILED'/))
  })

  test.each(['CompleteJob', 'FailJob', 'ThrowError'])('%s with variables that are no object is refused, and the job stays', async (method) => {
    const { job } = await atWork()

    await expect(call(wire, method, { jobKey: job.key, retries: 1, errorCode: 'x', variables: '[1]' })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
    await call(wire, 'CompleteJob', { jobKey: job.key })
  })

  test('a job can be given retries, but not none', async () => {
    const { job } = await atWork()

    await expect(call(wire, 'UpdateJobRetries', { jobKey: job.key, retries: 0 })).rejects.toMatchObject(rejection('UPDATE_RETRIES', status.INVALID_ARGUMENT, /Expected to update retries for job with key '\d+' with a positive amount of retries/))
    await call(wire, 'UpdateJobRetries', { jobKey: job.key, retries: 1 })
  })

  test('a job that no worker has cannot get more time', async () => {
    const { job } = await givenUp()

    await expect(call(wire, 'UpdateJobTimeout', { jobKey: job.key, timeout: 1000 })).rejects.toMatchObject(rejection('UPDATE_TIMEOUT', status.FAILED_PRECONDITION, /Expected to update job deadline with key '\d+'/))
  })

  test('a message is taken once while it lives', async () => {
    const { suffix } = await uniqueDiagram('service-task')
    const message = { name: `filed-${suffix}`, correlationKey: 'a', messageId: 'a', timeToLive: 60_000 }
    await call(wire, 'PublishMessage', message)

    await expect(call(wire, 'PublishMessage', message)).rejects.toMatchObject(rejection('PUBLISH', status.ALREADY_EXISTS, /Expected to publish a new message with id 'a', but a message with that id was already published/))
    await call(wire, 'PublishMessage', { ...message, correlationKey: 'b' })
  })

  test('variables are set when they are an object', async () => {
    const { instance } = await atWork()

    await expect(call(wire, 'SetVariables', { elementInstanceKey: instance, variables: '1' })).rejects.toMatchObject(rejection('UPDATE', status.INVALID_ARGUMENT, notAnObject))
    expect(await call(wire, 'SetVariables', { elementInstanceKey: instance, variables: '{"a":1}' })).toMatchObject({ key: expect.stringMatching(/^\d+$/) })
  })
})

describe.runIf(!givenAddress)('what only our gateway can be asked to show', () => {
  test('an incident stays while its job has no retries left, and goes when it has', async () => {
    const { instance, job, suffix } = await givenUp()
    const incidentKey = await target.incidentOf(instance)

    await expect(call(wire, 'ResolveIncident', { incidentKey })).rejects.toMatchObject(rejection('RESOLVE', status.FAILED_PRECONDITION, /Expected to resolve incident with key '\d+', but the job with key '\d+' has no retries left/))
    await call(wire, 'UpdateJobRetries', { jobKey: job.key, retries: 1 })
    await call(wire, 'ResolveIncident', { incidentKey })

    expect(await take(wire, `work-${suffix}`)).toMatchObject([{ key: job.key, retries: 1 }])
  })

  test('a job too large for any message becomes an incident that fewer variables mend', async () => {
    const { processId, suffix } = await deployed(wire, 'service-task')
    const half = 'x'.repeat(3_000_000)
    const instance = await start(wire, processId, { one: half })
    await call(wire, 'SetVariables', { elementInstanceKey: instance, variables: JSON.stringify({ two: half }) })

    const none = await take(wire, `work-${suffix}`, { requestTimeout: -1 })
    const incidentKey = await target.incidentOf(instance)
    await call(wire, 'ResolveIncident', { incidentKey })
    const jobs = await take(wire, `work-${suffix}`, { fetchVariable: ['one'] })

    expect(none).toEqual([])
    expect(jobs.map(({ variables }) => variables.length)).toEqual(['{"one":""}'.length + half.length])
  })

  test.each([
    ['too many calls at a time are RESOURCE_EXHAUSTED, which passes', new Overload('slow down'), status.RESOURCE_EXHAUSTED],
    ['an engine without its database is UNAVAILABLE, which passes', new Outage('engine'), status.UNAVAILABLE],
    ['a mistake of ours is INTERNAL and keeps its details to the log', new Error('secret'), status.INTERNAL],
  ])('%s', (_name, thrown, code) => {
    const shown = toServiceError(thrown)

    expect(shown.code).toBe(code)
    expect(shown.details).not.toContain('secret')
  })
})
