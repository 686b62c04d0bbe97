import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../../server/base/clock.ts'
import { startEngine } from '../../../server/engine/engine.ts'
import { readPast } from '../../../server/engine/state/historyBody.ts'
import { memoryStore } from '../../../server/engine/store/memoryStore.ts'
import { DAY_MS, decisions, diagram, takeJobs, takeOne, trial, variablesOf } from '../support.ts'

test('a decision is made in decimals from all that the task sees, and its result becomes a variable', async () => {
  const { engine, start, take } = await trial('business-rule-task')
  await engine.deploy([await decisions('extract-fee')])
  await start('business-rule-task', { medium: 'paper', copies: 3 })

  const after = await take('after')

  expect(variablesOf(after)).toEqual({ medium: 'paper', copies: 3, fee: 960.3 })
})

test('the decision is named by an expression, fed by input mappings, and only what is mapped leaves the task', async () => {
  const { engine, start, take } = await trial('business-rule-task-mapped')
  await engine.deploy([await decisions('extract-fee')])
  await start('business-rule-task-mapped', { decision: 'extract-fee', request: { medium: 'paper', copies: 2 } })

  const after = await take('after')

  expect(variablesOf(after)).toEqual({ decision: 'extract-fee', request: { medium: 'paper', copies: 2 }, payment: { fee: 640.2 } })
})

test('the latest version decides, also for an instance that began before it', async () => {
  const { engine, start, take } = await trial('business-rule-task')
  const resource = await decisions('extract-fee')
  await engine.deploy([resource])
  await engine.deploy([{ ...resource, content: resource.content.replace('320.10', '350') }])
  await start('business-rule-task', { medium: 'paper', copies: 1 })

  const after = await take('after')

  expect(variablesOf(after)).toMatchObject({ fee: 350 })
})

test('a decision that is not there is an incident, and after its deployment the task goes on', async () => {
  const { engine, start, take, incidents } = await trial('business-rule-task')
  await start('business-rule-task', { medium: 'file', copies: 1 })

  const [incident] = incidents()
  await engine.deploy([await decisions('extract-fee')])
  await engine.resolveIncident({ incidentKey: incident!.key })

  expect(incident).toMatchObject({
    type: 'CALLED_DECISION_ERROR',
    message: "Expected to evaluate decision 'extract-fee', but no decision found for id 'extract-fee'",
  })
  expect(variablesOf(await take('after'))).toMatchObject({ fee: 0 })
})

test('a decision that fails is an incident; resolving it maps the inputs anew and decides again', async () => {
  const { engine, start, take, ready, incidents } = await trial('business-rule-task-mapped')
  await engine.deploy([await decisions('extract-fee')])
  const instanceKey = await start('business-rule-task-mapped', { decision: 'extract-fee', request: { medium: 'paper', copies: 10 } })

  const [incident] = incidents()
  const waiting = await ready('after')
  await engine.setVariables({ elementInstanceKey: instanceKey, variables: '{"request":{"medium":"paper","copies":11}}' })
  await engine.resolveIncident({ incidentKey: incident!.key })

  expect(incident).toMatchObject({
    type: 'DECISION_EVALUATION_ERROR',
    message: expect.stringMatching(/^Expected to evaluate decision 'extract-fee', but multiple values aren't allowed for UNIQUE hit policy/),
  })
  expect(waiting).toEqual([])
  expect(variablesOf(await take('after'))).toMatchObject({ payment: { fee: 3300 } })
})

test('an expression that names no decision is an incident of its own', async () => {
  const { start, incidents } = await trial('business-rule-task-mapped')
  await start('business-rule-task-mapped', { request: {} })

  expect(incidents()).toMatchObject([{ type: 'EXTRACT_VALUE_ERROR' }])
})

test('the past of an instance tells which version decided, and which rules matched', async () => {
  const { store, clock } = await deployedAndClosed()
  const engine = await open(store, clock)
  const { drgs } = await engine.deploy([await decisions('extract-fee')])
  await engine.createInstance({ bpmnProcessId: 'business-rule-task', variables: '{"medium":"paper","copies":2}' })
  await engine.idle()
  const after = await takeOne(engine, 'after')
  await engine.completeJob({ jobKey: after.key, variables: '{}' })

  const [past] = store.rows('history').map((row) => readPast(row.body))
  const [, , , , outcome, decided] = past!.entries.find(([ref]) => ref === 'fee')!

  expect(outcome).toBe('completed')
  expect(decided).toEqual([expect.stringMatching(/^\d{16,}$/), drgs[0]!.decisions[0]!.key, [['price', 'paper'], ['extract-fee']]])
})

test('after a restart the decision is read anew, when a task first calls it', async () => {
  const { store, clock } = await deployedAndClosed()
  const engine = await open(store, clock)
  await engine.createInstance({ bpmnProcessId: 'business-rule-task', variables: '{"medium":"paper","copies":2}' })
  await engine.idle()

  const after = await takeOne(engine, 'after')

  expect(variablesOf(after)).toMatchObject({ fee: 640.2 })
})

test('a decision that fails after it was read is held by an incident as well, and its boundary events wait once', async () => {
  const { store, clock } = await deployedAndClosed()
  const engine = await open(store, clock)
  const variables = '{"decision":"extract-fee","request":{"medium":"paper","copies":10}}'
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'business-rule-task-mapped', variables })
  await engine.idle()

  const [incident] = store.rows('incidents')
  clock.advance(DAY_MS)
  await engine.idle()
  const reminders = await takeJobs(engine, 'remind')
  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"request":{"medium":"file","copies":1}}' })
  await engine.resolveIncident({ incidentKey: incident!.key })
  await engine.idle()

  expect(incident).toMatchObject({ type: 'DECISION_EVALUATION_ERROR', elementId: 'fee' })
  expect(reminders).toHaveLength(1)
  expect(variablesOf(await takeOne(engine, 'after'))).toMatchObject({ payment: { fee: 0 } })
  expect(store.rows('incidents')).toEqual([])
})

async function deployedAndClosed() {
  const store = memoryStore()
  const clock = new MovableClock()
  const engine = await startEngine({ store, clock })
  await engine.deploy([await diagram('business-rule-task'), await diagram('business-rule-task-mapped'), await decisions('extract-fee')])
  await engine.close()
  return { store, clock }
}

async function open(store: ReturnType<typeof memoryStore>, clock: MovableClock) {
  const engine = await startEngine({ store, clock })
  onTestFinished(() => engine.close())
  return engine
}
