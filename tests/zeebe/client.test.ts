import { status } from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { Outage, Refusal } from '../../server/base/errors.ts'
import { quietLog } from '../../server/base/log.ts'
import { connectZeebe } from '../../server/zeebe/client.ts'
import type { ConnectOptions, Job, ZeebeClient } from '../../server/zeebe/client.ts'
import { done, forwarded, openWorkers } from '../../server/zeebe/jobWorker.ts'
import type { JobOutcome, JobWorker } from '../../server/zeebe/jobWorker.ts'
import { recordingGateway } from './recordingGateway.ts'
import type { Answer, RecordingGateway } from './recordingGateway.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function connected(
  answers: Record<string, Answer> = {},
  options: Partial<ConnectOptions> = {},
): Promise<{ gateway: RecordingGateway; zeebe: ZeebeClient }> {
  const gateway = await recordingGateway(answers)
  const zeebe = connectZeebe({ address: gateway.address, log: quietLog, ...options })
  closing.push(() => gateway.close(), () => zeebe.close())
  return { gateway, zeebe }
}

const refusing = (code: number, details = 'no'): Answer => () => ({ refuse: code, details })

describe('what the product says reaches the gateway as the protocol wants it', () => {
  test.each<[string, (zeebe: ZeebeClient) => Promise<unknown>, object]>([
    [
      'PublishMessage',
      (zeebe) =>
        zeebe.publishMessage({ name: 'start', correlationKey: 'c', messageId: 'c', timeToLiveMs: 86_400_000, variables: { caseId: 'c' } }),
      { name: 'start', correlationKey: 'c', messageId: 'c', timeToLive: '86400000', variables: '{"caseId":"c"}' },
    ],
    [
      'CompleteJob',
      (zeebe) => zeebe.completeJob('9223372036854775807', { answer: 'да' }),
      { jobKey: '9223372036854775807', variables: '{"answer":"да"}' },
    ],
    [
      'FailJob',
      (zeebe) => zeebe.failJob('1', { retries: 2, message: 'mail is away', backOffMs: 60_000, variables: { tried: 1 } }),
      { jobKey: '1', retries: 2, errorMessage: 'mail is away', retryBackOff: '60000', variables: '{"tried":1}' },
    ],
    [
      'ThrowError',
      (zeebe) => zeebe.throwError('1', { code: 'not-ours', variables: { to: 'police' } }),
      { jobKey: '1', errorCode: 'not-ours', variables: '{"to":"police"}' },
    ],
    ['UpdateJobRetries', (zeebe) => zeebe.updateJobRetries('1', 3), { jobKey: '1', retries: 3 }],
    ['UpdateJobTimeout', (zeebe) => zeebe.updateJobTimeout('1', 5000), { jobKey: '1', timeout: '5000' }],
    [
      'SetVariables',
      (zeebe) => zeebe.setVariables('7', { dueAt: null }, { local: true }),
      { elementInstanceKey: '7', variables: '{"dueAt":null}', local: true },
    ],
    ['CancelProcessInstance', (zeebe) => zeebe.cancelInstance('7'), { processInstanceKey: '7' }],
    ['ResolveIncident', (zeebe) => zeebe.resolveIncident('8'), { incidentKey: '8' }],
    ['DeleteResource', (zeebe) => zeebe.deleteResource('9'), { resourceKey: '9' }],
    [
      'MigrateProcessInstance',
      (zeebe) => zeebe.migrateInstance('7', '11', { triage: 'triage', draft: 'draft-answer' }),
      {
        processInstanceKey: '7',
        migrationPlan: {
          targetProcessDefinitionKey: '11',
          mappingInstructions: [
            { sourceElementId: 'triage', targetElementId: 'triage' },
            { sourceElementId: 'draft', targetElementId: 'draft-answer' },
          ],
        },
      },
    ],
  ])('%s', async (method, say, request) => {
    const { gateway, zeebe } = await connected()

    await say(zeebe)

    expect(gateway.heard.filter((each) => each.method === method).map((each) => each.request)).toEqual([expect.objectContaining(request)])
  })

  test('several files are deployed at once, and what came of it is told', async () => {
    const { gateway, zeebe } = await connected({
      DeployResource: () => ({
        key: '1',
        deployments: [
          { process: { bpmnProcessId: 'sombor--petition', version: 2, processDefinitionKey: '2251799813685300', resourceName: 'p' } },
          { form: { formId: 'f', version: 1, formKey: '2251799813685301', resourceName: 'f' } },
        ],
      }),
    })

    const deployment = await zeebe.deploy([{ name: 'p.bpmn', content: '<ж/>' }, { name: 'f.form', content: '{}' }])

    expect(deployment.processes).toMatchObject([{ bpmnProcessId: 'sombor--petition', version: 2 }])
    expect(deployment.processes).toMatchObject([{ processDefinitionKey: '2251799813685300' }])
    expect(deployment.forms).toMatchObject([{ formId: 'f', formKey: '2251799813685301' }])
    expect((await gateway.next('DeployResource')).request['resources']).toEqual([
      { name: 'p.bpmn', content: Buffer.from('<ж/>') },
      { name: 'f.form', content: Buffer.from('{}') },
    ])
  })

  test('topology tells the version that answers', async () => {
    const brokers = [{ nodeId: 0, host: 'h', port: 1 }]
    const { zeebe } = await connected({ Topology: () => ({ gatewayVersion: '8.5.0', partitionsCount: 1, brokers }) })

    expect(await zeebe.topology()).toEqual({ gatewayVersion: '8.5.0', partitions: 1, brokers: 1 })
  })

  test('a token is shown with each call, of workers and of our own stub too, asked for anew', async () => {
    let asked = 0
    const { gateway, zeebe } = await connected({}, { token: async () => `token-${++asked}` })

    await zeebe.updateJobRetries('1', 1)
    await zeebe.updateJobTimeout('1', 1)
    zeebe.openWorker({ type: 'send-receipt', timeoutMs: 1000, maxJobs: 1, handle: async () => undefined })
    const poll = await gateway.next('ActivateJobs')

    expect(poll.metadata.get('authorization')[0]).toMatch(/^Bearer token-\d+$/)
    expect(gateway.heard.every(({ metadata }) => /^Bearer token-\d+$/.test(String(metadata.get('authorization')[0])))).toBe(true)
    expect(asked).toBeGreaterThanOrEqual(3)
  })
})

describe('what the gateway refuses', () => {
  test.each([
    [status.NOT_FOUND, 'not-found'],
    [status.ALREADY_EXISTS, 'already-exists'],
    [status.FAILED_PRECONDITION, 'wrong-state'],
    [status.INVALID_ARGUMENT, 'invalid'],
    [status.PERMISSION_DENIED, 'not-allowed'],
    [status.UNAUTHENTICATED, 'not-allowed'],
  ])('code %i is a refusal of the kind %s, from zeebe-node and from our stub', async (code, kind) => {
    const { zeebe } = await connected({ UpdateJobRetries: refusing(code, 'job 1'), UpdateJobTimeout: refusing(code, 'job 1') })

    for (const call of [() => zeebe.updateJobRetries('1', 1), () => zeebe.updateJobTimeout('1', 1)]) {
      const error = await call().catch((thrown: unknown) => thrown)

      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ kind })
    }
  })

  test('a mistake is no outage and no refusal', async () => {
    const { zeebe } = await connected({ UpdateJobRetries: refusing(status.INTERNAL, 'broken') })

    const error = await zeebe.updateJobRetries('1', 1).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(Refusal)
    expect(error).not.toBeInstanceOf(Outage)
  })
})

describe('when the gateway is away', () => {
  test('a call is an outage after a bounded time', async () => {
    const { zeebe } = await connected({ CompleteJob: refusing(status.UNAVAILABLE) }, { giveUpMs: 120 })

    await expect(zeebe.completeJob('1')).rejects.toBeInstanceOf(Outage)
  })

  test('so is one that gets no answer at all', async () => {
    const { zeebe } = await connected({ CompleteJob: () => 'silence', UpdateJobTimeout: () => 'silence' }, { giveUpMs: 80 })

    await expect(zeebe.completeJob('1')).rejects.toBeInstanceOf(Outage)
    await expect(zeebe.updateJobTimeout('1', 1)).rejects.toBeInstanceOf(Outage)
  })

  test('nobody listens at the address', async () => {
    const gateway = await recordingGateway()
    await gateway.close()
    const zeebe = connectZeebe({ address: gateway.address, log: quietLog, giveUpMs: 150 })
    closing.push(() => zeebe.close())

    await expect(zeebe.topology()).rejects.toBeInstanceOf(Outage)
  })

  test('it is asked again, and a call that comes back in time has been made', async () => {
    let calls = 0
    const { zeebe } = await connected({ UpdateJobRetries: () => (++calls < 3 ? { refuse: status.UNAVAILABLE, details: '' } : {}) })

    await zeebe.updateJobRetries('1', 1)

    expect(calls).toBe(3)
  })

  test.each<[string, number, (zeebe: ZeebeClient) => Promise<void>]>([
    ['CompleteJob', status.NOT_FOUND, (zeebe) => zeebe.completeJob('1')],
    [
      'PublishMessage',
      status.ALREADY_EXISTS,
      (zeebe) => zeebe.publishMessage({ name: 'm', correlationKey: 'k', messageId: 'i', timeToLiveMs: 1 }),
    ],
  ])('%s that was heard although no answer came counts as done', async (method, code, say) => {
    let calls = 0
    const { zeebe } = await connected({ [method]: () => ({ refuse: ++calls === 1 ? status.UNAVAILABLE : code, details: '' }) })

    await expect(say(zeebe)).resolves.toBeUndefined()
    expect(calls).toBe(2)
  })
})

describe('when the gateway has too much to do', () => {
  const tooMuch = { refuse: status.RESOURCE_EXHAUSTED, details: 'slow down' }

  test('a call that is turned away is made again, and is done when there is room', async () => {
    let calls = 0
    const { zeebe } = await connected({ PublishMessage: () => (++calls < 3 ? tooMuch : {}) })

    await zeebe.publishMessage({ name: 'm', correlationKey: 'k', messageId: 'i', timeToLiveMs: 1 })

    expect(calls).toBe(3)
  })

  test('it is an outage after a bounded time: whoever asked tries later', async () => {
    const { zeebe } = await connected({ CompleteJob: () => tooMuch, UpdateJobTimeout: () => tooMuch }, { giveUpMs: 120 })

    await expect(zeebe.completeJob('1')).rejects.toBeInstanceOf(Outage)
    await expect(zeebe.updateJobTimeout('1', 1)).rejects.toBeInstanceOf(Outage)
  })

  test('a job that is gone after its completion was turned away was not completed by us', async () => {
    let calls = 0
    const { zeebe } = await connected({ CompleteJob: () => (++calls === 1 ? tooMuch : { refuse: status.NOT_FOUND, details: '' }) })

    await expect(zeebe.completeJob('1')).rejects.toMatchObject({ name: 'Refusal', kind: 'not-found' })
  })

  test('a worker whose completion is turned away completes its job all the same, once', async () => {
    let calls = 0
    let settled = (): void => undefined
    const completed = new Promise<void>((resolve) => (settled = resolve))
    const { gateway, zeebe } = await connected({
      CompleteJob() {
        if (++calls < 3) return tooMuch
        settled()
        return {}
      },
    })
    openWorkers(zeebe, { 'send-receipt': { work: async () => done() } }, { contextOf: () => undefined, outcomeOf: () => forwarded, log: quietLog })

    gateway.giveJobs('send-receipt', {})
    await completed

    expect(gateway.heard.some(({ method }) => method === 'FailJob')).toBe(false)
    expect(calls).toBe(3)
  })
})

describe('workers', () => {
  function opened(zeebe: ZeebeClient, work: JobWorker<string>['work'], outcomeOf: (error: unknown) => JobOutcome = () => forwarded): void {
    const contextOf = (job: Job): string => `context of ${job.bpmnProcessId}`
    openWorkers(zeebe, { 'send-receipt': { work, fetch: ['caseId'] } }, { contextOf, outcomeOf, log: quietLog })
  }

  test('a job arrives with its headers and variables, and is completed by its key', async () => {
    const { gateway, zeebe } = await connected()
    const seen: [string, Job][] = []
    opened(zeebe, async (context, job) => {
      seen.push([context, job])
      return done({ receipt: 'sent' })
    })

    gateway.giveJobs('send-receipt', { key: '9007199254740993', customHeaders: '{"letter":"receipt"}', variables: '{"caseId":"case-1"}' })
    const { request } = await gateway.next('CompleteJob')

    expect(request).toMatchObject({ jobKey: '9007199254740993', variables: '{"receipt":"sent"}' })
    const [context, job] = seen[0] ?? []
    expect(context).toBe('context of sombor--petition')
    expect(job).toMatchObject({ key: '9007199254740993', headers: { letter: 'receipt' }, variables: { caseId: 'case-1' } })
    expect(job).toMatchObject({ retries: 3, deadlineMs: 1800000000000 })
    expect((await gateway.next('ActivateJobs')).request).toMatchObject({ type: 'send-receipt', fetchVariable: ['caseId'] })
  })

  test.each<[string, JobOutcome, object]>([
    ['ThrowError', { kind: 'error', code: 'not-ours' }, { errorCode: 'not-ours' }],
    [
      'FailJob',
      { kind: 'fail', message: 'mail is away', retries: 2, backOffMs: 1000 },
      { retries: 2, errorMessage: 'mail is away', retryBackOff: '1000' },
    ],
  ])('an outcome becomes %s', async (method, outcome, request) => {
    const { gateway, zeebe } = await connected()
    opened(zeebe, async () => outcome)

    gateway.giveJobs('send-receipt', {})

    expect((await gateway.next(method)).request).toMatchObject(request)
  })

  test('a thrown error becomes what the table of outcomes says', async () => {
    const { gateway, zeebe } = await connected()
    opened(zeebe, () => Promise.reject(new Outage('mail')), (error) => ({ kind: 'fail', message: String(error), retries: 1 }))

    gateway.giveJobs('send-receipt', {})

    expect((await gateway.next('FailJob')).request).toMatchObject({ errorMessage: 'Outage: mail did not answer', retries: 1 })
  })

  test('a job that is left is neither completed nor failed, and the worker goes on', async () => {
    const { gateway, zeebe } = await connected()
    opened(zeebe, async (_, job) => (job.key === '1' ? forwarded : done()))

    gateway.giveJobs('send-receipt', { key: '1' })
    gateway.giveJobs('send-receipt', { key: '2' })
    const { request } = await gateway.next('CompleteJob')

    expect(request).toMatchObject({ jobKey: '2' })
    expect(gateway.heard.some((each) => each.method === 'FailJob')).toBe(false)
  })

  test('a job that is gone when it is settled does not stop the worker', async () => {
    let calls = 0
    const { gateway, zeebe } = await connected({ CompleteJob: () => (++calls === 1 ? { refuse: status.NOT_FOUND, details: '' } : {}) })
    const settled = new Promise<void>((resolve) => opened(zeebe, async (_, job) => {
      if (job.key === '2') resolve()
      return done()
    }))

    gateway.giveJobs('send-receipt', { key: '1' })
    await gateway.next('CompleteJob')
    gateway.giveJobs('send-receipt', { key: '2' })

    await settled
    expect(gateway.heard.filter(({ method }) => method === 'CompleteJob')[0]?.request).toMatchObject({ jobKey: '1' })
  })

  test('closing waits for the job in hand', async () => {
    const { gateway, zeebe } = await connected()
    let finish = (): void => undefined
    const started = new Promise<void>((resolve) => opened(zeebe, () => {
      resolve()
      return new Promise((settle) => (finish = () => settle(done())))
    }))
    gateway.giveJobs('send-receipt', {})
    await started

    const closed = zeebe.close()
    finish()
    await closed

    expect(gateway.heard.some((each) => each.method === 'CompleteJob')).toBe(true)
  })
})
