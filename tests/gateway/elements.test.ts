/** What each element does, as far as any client can see it. Terms of days and what only memory shows are in tests/engine, where time is moved by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTarget, uniqueDiagram, type Target } from './target.ts'
import { call, connect, deployed, start, take, type Wire, type WireJob } from './wire.ts'

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

/** An instance of a diagram on its way. Job types and messages are named as in the diagram. */
async function travel(name: string, variables: object = {}) {
  const { processId, suffix } = await deployed(wire, name)
  const instance = await start(wire, processId, variables)
  const one = async (type: string): Promise<WireJob> => {
    const jobs = await take(wire, `${type}-${suffix}`)
    expect(jobs).toHaveLength(1)
    return jobs[0]!
  }
  return {
    instance,
    suffix,
    one,
    /** Whether no job of the type is ready. To be asked when something that comes after it has been seen. */
    has: async (type: string): Promise<boolean> => (await take(wire, `${type}-${suffix}`, { requestTimeout: -1 })).length > 0,
    async complete(type: string, result: object = {}): Promise<void> {
      await call(wire, 'CompleteJob', { jobKey: (await one(type)).key, variables: JSON.stringify(result) })
    },
    publish: (message: string, correlationKey: string, content: object = {}): Promise<unknown> =>
      call(wire, 'PublishMessage', { name: `${message}-${suffix}`, correlationKey, timeToLive: 60_000, variables: JSON.stringify(content) }),
  }
}

const variablesOf = (job: WireJob): unknown => JSON.parse(job.variables)

describe('tasks', () => {
  test('a service task waits for its worker and brings the result to the process', async () => {
    const { one } = await travel('mappings', { applicant: { name: 'Ana' } })

    const job = await one('work')
    await call(wire, 'CompleteJob', { jobKey: job.key, variables: '{"result":7}' })

    expect(variablesOf(job)).toMatchObject({ who: 'Ana', loud: 'Ana!', box: { first: 1, second: 2 } })
    expect(variablesOf(await one('after'))).toEqual({ applicant: { name: 'Ana' }, outcome: { value: 7 }, nothing: null })
  })

  test('a script task calculates in decimals', async () => {
    const { one } = await travel('script-task', { copies: 3 })

    expect(variablesOf(await one('after'))).toEqual({ copies: 3, fee: 960.3 })
  })

  test('a user task is a job that names its form, its clerk and its term', async () => {
    const form = await call(wire, 'DeployResource', { resources: [{ name: 'decision.form', content: Buffer.from('{"id":"decision","components":[]}') }] })
    const { processId } = await deployed(wire, 'user-task-form')
    const instance = await start(wire, processId, { clerk: 'ana', unit: 'finance', dueAt: '2026-12-01T00:00:00Z' })

    const jobs = await take(wire, 'io.camunda.zeebe:userTask', { maxJobsToActivate: 1000 }) as (WireJob & { processInstanceKey: string; customHeaders: string })[]

    expect(JSON.parse(jobs.find(({ processInstanceKey }) => processInstanceKey === instance)!.customHeaders)).toEqual({
      kind: 'decision',
      'io.camunda.zeebe:assignee': 'ana',
      'io.camunda.zeebe:candidateGroups': '["registry","finance"]',
      'io.camunda.zeebe:candidateUsers': '["ana","boris"]',
      'io.camunda.zeebe:dueDate': '2026-12-01T00:00:00Z',
      'io.camunda.zeebe:formKey': (form.deployments as { form: { formKey: string } }[])[0]!.form.formKey,
    })
  })

  test('a receive task waits for its message', async () => {
    const { publish, one } = await travel('receive-task', { caseId: 'a' })

    await publish('payment-received', 'a', { paid: true })

    expect(variablesOf(await one('after'))).toEqual({ caseId: 'a', paid: true })
  })

  test('a task for several offices asks all at once and gathers what they say in their order', async () => {
    const { suffix, one } = await travel('multi-instance-parallel', { offices: ['a', 'b'] })
    const jobs = await take(wire, `ask-${suffix}`)

    for (const job of jobs.toReversed()) {
      const { office } = variablesOf(job) as { office: string }
      await call(wire, 'CompleteJob', { jobKey: job.key, variables: JSON.stringify({ opinion: office.toUpperCase() }) })
    }

    expect(variablesOf(await one('after'))).toEqual({ offices: ['a', 'b'], opinions: ['A', 'B'] })
  })

  test('a task for several offices in turn asks one after the other', async () => {
    const { one, complete } = await travel('multi-instance-sequential', { offices: ['a', 'b'] })

    await complete('ask', { opinion: 1 })
    await complete('ask', { opinion: 2 })

    expect(variablesOf(await one('after'))).toEqual({ offices: ['a', 'b'], opinions: [1, 2] })
  })
})

describe('gateways', () => {
  test('an exclusive gateway takes the first flow whose condition holds, else the default', async () => {
    const large = await travel('exclusive-gateway', { amount: 200 })
    const rest = await travel('exclusive-gateway', { amount: 50 })

    await large.one('large')
    await rest.one('rest')

    expect([await large.has('small'), await large.has('rest'), await rest.has('large')]).toEqual([false, false, false])
  })

  test('a parallel gateway takes every flow and goes on when all have arrived', async () => {
    const { complete, has, one } = await travel('parallel-gateway')

    await complete('left')
    const early = await has('after')
    await complete('right')

    expect(early).toBe(false)
    expect((await one('after')).key).toMatch(/^\d+$/)
  })

  test('an inclusive gateway takes every flow whose condition holds', async () => {
    const { one, has } = await travel('inclusive-gateway', { paper: true, mail: true })

    await one('paper')
    await one('mail')

    expect(await has('rest')).toBe(false)
  })

  test('an event-based gateway goes the way of what happens first', async () => {
    const { publish, one, has } = await travel('event-gateway', { caseId: 'a' })

    await publish('answer-arrived', 'a')
    await one('read')

    expect(await has('close')).toBe(false)
  })
})

describe('events', () => {
  test('a timer goes on when its time is over', async () => {
    const { one } = await travel('timer-catch', { term: 'PT0.1S' })

    expect(variablesOf(await one('after'))).toEqual({ term: 'PT0.1S' })
  })

  test('a message that came before the process waits for it is not lost', async () => {
    const { processId, suffix } = await deployed(wire, 'message-catch')
    await call(wire, 'PublishMessage', { name: `payment-received-${suffix}`, correlationKey: 'a', timeToLive: 60_000, variables: '{"paid":1}' })

    await start(wire, processId, { caseId: 'a' })

    expect((await take(wire, `after-${suffix}`)).map(variablesOf)).toEqual([{ caseId: 'a', paid: 1 }])
  })

  test('a message starts a process, and while that one runs no second with the same key', async () => {
    const { suffix } = await deployed(wire, 'message-start')
    const filed = (messageId: string) => call(wire, 'PublishMessage', { name: `request-filed-${suffix}`, correlationKey: 'a', messageId, variables: '{}' })

    await filed('first')
    await filed('second')

    expect(await take(wire, `work-${suffix}`)).toHaveLength(1)
  })

  test('a message on the border of a task interrupts it', async () => {
    const { publish, one } = await travel('boundary-message-interrupting', { caseId: 'a' })
    const job = await one('work')

    await publish('request-withdrawn', 'a')
    await one('close')

    await expect(call(wire, 'CompleteJob', { jobKey: job.key })).rejects.toMatchObject({ code: 5 })
  })

  test('a worker throws an error, and the event with its code catches it before the one for all', async () => {
    const known = await travel('boundary-error')
    const unknown = await travel('boundary-error')

    await call(wire, 'ThrowError', { jobKey: (await known.one('work')).key, errorCode: 'not-entitled' })
    await call(wire, 'ThrowError', { jobKey: (await unknown.one('work')).key, errorCode: 'anything' })

    await known.one('explain')
    expect(await known.has('repair')).toBe(false)
    expect((await unknown.one('repair')).key).toMatch(/^\d+$/)
  })

  test('an error end event leaves its sub-process by the border', async () => {
    const { complete, one } = await travel('error-end')

    await complete('first')

    expect((await one('explain')).key).toMatch(/^\d+$/)
  })

  test('a message throw and a message end event are jobs', async () => {
    const { complete, instance } = await travel('message-throw')

    await complete('send')
    await complete('send-last')

    await expect(call(wire, 'CancelProcessInstance', { processInstanceKey: instance })).rejects.toMatchObject({ code: 5 })
  })

  test('a link leads to the catch event of its name', async () => {
    const { one } = await travel('link')

    expect((await one('after')).key).toMatch(/^\d+$/)
  })

  test('a terminate end event ends all that its process still does', async () => {
    const { one, complete } = await travel('terminate-end')
    const job = await one('work')

    await complete('stop')

    await expect(call(wire, 'CompleteJob', { jobKey: job.key })).rejects.toMatchObject({ code: 5 })
  })
})

describe('scopes', () => {
  test('a sub-process keeps its variables to itself and brings out what is mapped', async () => {
    const { complete, one } = await travel('sub-process', { caseId: 'a' })

    await complete('first')
    await complete('second', { answer: 'yes' })

    expect(variablesOf(await one('after'))).toMatchObject({ caseId: 'a', answer: 'yes' })
  })

  test('an event sub-process that interrupts ends everything else in its scope', async () => {
    const { publish, one } = await travel('event-sub-process-withdrawal', { caseId: 'a' })
    const jobs = [await one('work'), await one('more')]

    await publish('request-withdrawn', 'a')
    await one('close')

    for (const { key } of jobs) await expect(call(wire, 'CompleteJob', { jobKey: key })).rejects.toMatchObject({ code: 5 })
  })

  test('a call activity runs another process with its variables and brings back what that one leaves', async () => {
    const called = await deployed(wire, 'called-process')
    const { one } = await travel('call-activity', { kind: `process-${called.suffix}` })
    const [job] = await take(wire, `inner-${called.suffix}`)

    await call(wire, 'CompleteJob', { jobKey: job!.key, variables: '{"found":true}' })

    expect(variablesOf(job!)).toEqual({ kind: `process-${called.suffix}` })
    expect(variablesOf(await one('after'))).toMatchObject({ found: true })
  })

  test('a running instance stays on its version when a newer one is deployed', async () => {
    const { processId, suffix, name, definition } = await uniqueDiagram('service-task')
    const deploy = (content: Buffer) => call(wire, 'DeployResource', { resources: [{ name, content }] })
    await deploy(definition)
    await start(wire, processId, { version: 1 })
    await deploy(Buffer.from(definition.toString().replace(`work-${suffix}`, `newer-${suffix}`)))

    await start(wire, processId, { version: 2 })

    expect((await take(wire, `work-${suffix}`)).map(variablesOf)).toEqual([{ version: 1 }])
    expect((await take(wire, `newer-${suffix}`)).map(variablesOf)).toEqual([{ version: 2 }])
  })
})
