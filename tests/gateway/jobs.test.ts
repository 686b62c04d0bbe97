import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { givenAddress, openTarget, type Target } from './target.ts'
import { call, connect, deployed, openStream, poll, start as startOn, take, type Wire, type WireJob } from './wire.ts'

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

/** A process with one service task: its job type, and a way to start it. */
async function oneTask() {
  const { processId, suffix } = await deployed(wire, 'service-task')
  return { type: `work-${suffix}`, start: (variables: object = {}) => startOn(wire, processId, variables) }
}

/** By the time this answers, the gateway has heard of what was sent before it on the same connection. */
const heard = (on = wire): Promise<unknown> => call(on, 'Topology', {})

const numbers = (jobs: WireJob[]): number[] => jobs.map((job) => (JSON.parse(job.variables) as { number: number }).number)

function stream(request: object, on = wire) {
  const opened = openStream(on, request)
  onTestFinished(() => opened.stream.cancel())
  return opened
}

describe('ActivateJobs', () => {
  test('a poll without jobs ends with nothing and without an error when its time is up', async () => {
    expect(await poll(wire, { type: 'nothing-of-this-type', requestTimeout: 50 }).ended).toEqual([])
  })

  test('a poll that does not want to wait is answered at once', async () => {
    expect(await poll(wire, { type: 'nothing-of-this-type', requestTimeout: -1 }).ended).toEqual([])
  })

  test('a poll for no job is answered at once with none', async () => {
    const { type, start } = await oneTask()
    await start({ number: 1 })

    expect(await poll(wire, { type, maxJobsToActivate: 0, requestTimeout: 20_000 }).ended).toEqual([])
    expect(numbers(await take(wire, type))).toEqual([1])
  })

  test('a poll that waits is answered with the first job that comes up', async () => {
    const { type, start } = await oneTask()
    const { ended } = poll(wire, { type, requestTimeout: 20_000 })
    await heard()

    await start({ number: 1 })

    expect(numbers((await ended).flatMap((each) => each.jobs))).toEqual([1])
  })

  test('jobs are given first come first served, and no more than were asked for', async () => {
    const { type, start } = await oneTask()
    for (const number of [1, 2, 3]) await start({ number })

    expect(numbers(await take(wire, type, { maxJobsToActivate: 2 }))).toEqual([1, 2])
    expect(numbers(await take(wire, type, { maxJobsToActivate: 2 }))).toEqual([3])
  })

  test('a job brings only the variables that its worker fetches', async () => {
    const { type, start } = await oneTask()
    await start({ number: 1, other: 2 })

    expect(await take(wire, type, { fetchVariable: ['number', 'missing'] })).toMatchObject([{ variables: '{"number":1}' }])
  })

  test('a client that leaves its poll leaves the job to the next', async () => {
    const { type, start } = await oneTask()
    const left = poll(wire, { type, requestTimeout: 20_000 })
    await heard()
    left.stream.cancel()
    await left.ended.catch(() => undefined)
    await heard()

    await start({ number: 1 })

    expect(numbers(await take(wire, type))).toEqual([1])
  })

  test('a client whose time is up leaves the job to the next', async () => {
    const { type, start } = await oneTask()
    const left = wire.ActivateJobs!({ type, worker: 'hasty', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 20_000 }, { deadline: Date.now() + 50 }) as ReturnType<typeof poll>['stream']
    await new Promise<void>((resolve) => left.on('data', () => undefined).on('error', () => resolve()))
    await heard()

    await start({ number: 1 })

    expect(numbers(await take(wire, type))).toEqual([1])
  })

  test('an answer larger than a message is parted over several', async () => {
    const { type, start } = await oneTask()
    // Two bytes a letter: what counts is bytes, not letters.
    for (const number of [1, 2, 3]) await start({ number, text: 'ш'.repeat(900_000) })

    const messages = await poll(wire, { type, requestTimeout: 20_000 }).ended

    expect(messages.map(({ jobs }) => numbers(jobs))).toEqual([[1, 2], [3]])
  })
})

describe('StreamActivatedJobs', () => {
  test('a stream is handed jobs as they come up, as its request says', async () => {
    const { type, start } = await oneTask()
    const { first } = stream({ type, worker: 'streaming', fetchVariable: ['number'] })
    await heard()

    for (const number of [1, 2]) await start({ number, other: 0 })

    expect(await first(2)).toMatchObject([{ worker: 'streaming', variables: '{"number":1}' }, { worker: 'streaming', variables: '{"number":2}' }])
  })

  test('what waited before a stream opened is left to polls', async () => {
    const { type, start } = await oneTask()
    await start({ number: 1 })
    const { first, jobs } = stream({ type })
    await heard()

    await start({ number: 2 })
    await first(1)

    expect(numbers(await take(wire, type))).toEqual([1])
    expect(numbers(jobs)).toEqual([2])
  })

  test('a job that failed with retries left is pushed again', async () => {
    const { type, start } = await oneTask()
    const { first } = stream({ type })
    await heard()
    await start()
    const [job] = await first(1)

    await call(wire, 'FailJob', { jobKey: job!.key, retries: 2 })

    expect(await first(2)).toMatchObject([{ key: job!.key, retries: 3 }, { key: job!.key, retries: 2 }])
  })

  test('a job whose time is up is pushed again, its retries unchanged', async () => {
    const { type, start } = await oneTask()
    const { first } = stream({ type, timeout: 100 })
    await heard()
    await start()

    const [job, again] = await first(2)

    expect(again).toMatchObject({ key: job!.key, retries: 3 })
  })

  test('several streams of one type take turns', async () => {
    const { type, start } = await oneTask()
    const both = [stream({ type }), stream({ type })]
    await heard()

    for (const number of [1, 2, 3, 4]) await start({ number })

    expect((await Promise.all(both.map(({ first }) => first(2)))).map((jobs) => jobs.length)).toEqual([2, 2])
  })

  test('a stream goes before a poll that waits', async () => {
    const { type, start } = await oneTask()
    const waiting = poll(wire, { type, requestTimeout: 300 })
    const { first } = stream({ type })
    await heard()

    await start({ number: 1 })

    expect(numbers(await first(1))).toEqual([1])
    expect(await waiting.ended).toEqual([])
  })

  test('a client that does not read is not flooded, and what it cannot take is there for a poll', async () => {
    const { type, start } = await oneTask()
    const slow = connect(target.address)
    onTestFinished(() => slow.close())
    const { stream: unread, jobs } = stream({ type }, slow)
    unread.pause()
    await heard(slow)

    for (let number = 0; number < 60; number++) await start({ number, text: 'x'.repeat(100_000) })
    const others = await take(wire, type, { maxJobsToActivate: 60 })
    unread.cancel()
    const returned = await take(wire, type, { maxJobsToActivate: 60 })

    expect(jobs).toEqual([])
    expect(others.length).toBeGreaterThan(10)
    expect(returned.length).toBeGreaterThan(10)
  })

  test('jobs that a client had not been sent when it left are there for others at once', async () => {
    const { type, start } = await oneTask()
    const left = stream({ type })
    await heard()
    left.stream.cancel()
    await left.ended
    await heard()

    await start({ number: 1 })

    expect(numbers(await take(wire, type))).toEqual([1])
  })
})

describe.runIf(!givenAddress)('when our engine ends', () => {
  test('streams and parked polls end with UNAVAILABLE', async () => {
    const served = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog })
    const client = connect(`127.0.0.1:${served.port}`)
    onTestFinished(() => client.close())
    const { ended: streamEnded } = openStream(client, { type: 'work' })
    const pollEnded = poll(client, { type: 'work', requestTimeout: 60_000 }).ended
    await heard(client)

    await served.close()

    expect(await streamEnded).toBe(status.UNAVAILABLE)
    await expect(pollEnded).rejects.toMatchObject({ code: status.UNAVAILABLE })
  })
})
