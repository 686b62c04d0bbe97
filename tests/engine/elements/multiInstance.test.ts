import { expect, test } from 'vitest'
import { DAY_MS, takeJobs, trial, variablesOf } from '../support.ts'

const offices = ['water', 'roads', 'heritage']

test('every office is asked at once, and the opinions come together in the order of the offices', async () => {
  const { engine, start, take } = await trial('multi-instance-parallel')
  await start('multi-instance-parallel', { offices })

  const jobs = await takeJobs(engine, 'ask')
  for (const job of [...jobs].reverse()) await engine.completeJob({ jobKey: job.key, variables: `{"opinion":"of ${(variablesOf(job) as { office: string }).office}"}` })

  expect(jobs.map((job) => job.elementId)).toEqual(['ask', 'ask', 'ask'])
  expect(jobs.map(variablesOf)).toMatchObject([{ office: 'water', loopCounter: 1 }, { office: 'roads', loopCounter: 2 }, { office: 'heritage', loopCounter: 3 }])
  expect(variablesOf(await take('after'))).toEqual({ offices, opinions: ['of water', 'of roads', 'of heritage'] })
})

test('one office after the other is asked', async () => {
  const { engine, start, take } = await trial('multi-instance-sequential')
  await start('multi-instance-sequential', { offices })
  const asked: unknown[] = []

  for (let turn = 0; turn < 3; turn++) {
    const jobs = await takeJobs(engine, 'ask')
    asked.push(jobs.map((job) => (variablesOf(job) as { office: string }).office))
    await engine.completeJob({ jobKey: jobs[0]!.key, variables: `{"opinion":${turn}}` })
  }

  expect(asked).toEqual([['water'], ['roads'], ['heritage']])
  expect(variablesOf(await take('after'))).toEqual({ offices, opinions: [0, 1, 2] })
})

test('when enough have answered the rest are not asked any more', async () => {
  const { engine, start, take, ready } = await trial('multi-instance-condition')
  await start('multi-instance-condition', { offices })

  const [first, second, third] = await takeJobs(engine, 'ask')
  await engine.completeJob({ jobKey: third!.key, variables: '{"opinion":"yes"}' })
  const early = await ready('after')
  await engine.completeJob({ jobKey: first!.key, variables: '{"opinion":"yes"}' })

  expect(early).toEqual([])
  expect(variablesOf(await take('after'))).toEqual({ offices, opinions: ['yes', null, 'yes'] })
  await expect(engine.completeJob({ jobKey: second!.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('nobody to ask is done at once', async () => {
  const { start, take } = await trial('multi-instance-parallel')

  await start('multi-instance-parallel', { offices: [] })

  expect(variablesOf(await take('after'))).toEqual({ offices: [], opinions: [] })
})

test('offices that are no list are an incident', async () => {
  const { engine, start, incidents } = await trial('multi-instance-parallel')
  const processInstanceKey = await start('multi-instance-parallel', { offices: 'water' })

  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"offices":["water"]}' })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR', elementId: 'ask' }])
  expect(await takeJobs(engine, 'ask')).toHaveLength(1)
})

test('a timer on the border ends all of them', async () => {
  const { start, advance, ready } = await trial('multi-instance-parallel')
  await start('multi-instance-parallel', { offices })

  await advance(15 * DAY_MS)

  expect(await ready('ask', 'after', 'close')).toEqual(['close'])
})

test('a whole sub-process is done for each', async () => {
  const { engine, start, take } = await trial('multi-instance-sub-process')
  await start('multi-instance-sub-process', { offices: ['water', 'roads'] })

  for (const type of ['ask', 'read']) {
    for (const job of await takeJobs(engine, type)) {
      const { office } = variablesOf(job) as { office: string }
      await engine.completeJob({ jobKey: job.key, variables: type === 'read' ? `{"opinion":"${office}!"}` : '{}' })
    }
  }

  expect(variablesOf(await take('after'))).toEqual({ offices: ['water', 'roads'], opinions: ['water!', 'roads!'] })
})

test.each([
  ['multi-instance-counters', [3, 2, 1, 0]],
  ['multi-instance-counters-sequential', [3, 0, 1, 0]],
])('the condition of %s can ask how many there are, at work, done and ended', async (name, counters) => {
  const { engine, start, ready } = await trial(name)
  const elementInstanceKey = await start(name, { offices, counters: [] })
  const [job] = await takeJobs(engine, 'ask', 1)

  await engine.setVariables({ elementInstanceKey, variables: JSON.stringify({ counters }) })
  await engine.completeJob({ jobKey: job!.key })

  expect(await ready('ask', 'after')).toEqual(['after'])
})

test('the results may take the place of the list they were made from', async () => {
  const { engine, start, take } = await trial('multi-instance-same-list')
  await start('multi-instance-same-list', { offices: ['water', 'roads'] })
  const asked: unknown[] = []

  for (const text of ['yes', 'no']) {
    const job = await take('ask')
    asked.push((variablesOf(job) as { office: string }).office)
    await engine.completeJob({ jobKey: job.key, variables: JSON.stringify({ answer: { text } }) })
  }

  expect(asked).toEqual(['water', 'roads'])
  expect(variablesOf(await take('after'))).toEqual({ offices: ['yes', 'no'] })
})

test('a message on the border leaves all of them at work, and who takes it sees none of their variables', async () => {
  const { engine, start, take } = await trial('boundary-multi-instance')
  await start('boundary-multi-instance', { caseId: 'a', offices })

  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })

  expect(variablesOf(await take('file'))).toEqual({ caseId: 'a', offices })
  expect(await takeJobs(engine, 'ask')).toHaveLength(3)
})

test('offices that are no list are told so', async () => {
  const { start, incidents } = await trial('multi-instance-parallel')

  await start('multi-instance-parallel', { offices: 'water' })

  expect(incidents()[0]!.message).toBe(`Expected result of the expression 'offices' to be 'ARRAY', but was 'STRING'.`)
})

test('however many there are, all of them are asked', async () => {
  const { start, incidents, events } = await trial('multi-instance-parallel')

  await start('multi-instance-parallel', { offices: Array.from({ length: 10_500 }, (_, number) => number) })

  expect(incidents()).toEqual([])
  expect(events.filter((each) => each.type === 'job-created')).toHaveLength(10_500)
})
