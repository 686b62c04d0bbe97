import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { startEngine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { diagram, takeOne, trial, variablesOf } from './support.ts'

/** `outer` with `inner` with the task `first`, which has a copy of its own. */
async function nested() {
  const run = await trial('nested-scopes')
  const processInstanceKey = await run.start('nested-scopes', { caseId: 'a', copies: 1 })
  await run.complete('work')
  const keys = new Map(run.events.flatMap((event) => (event.type === 'element-activating' ? [[event.node.id, event.key]] : [])))
  const set = (elementId: string, variables: object, local: boolean): Promise<{ key: string }> =>
    run.engine.setVariables({ elementInstanceKey: keys.get(elementId) ?? processInstanceKey, variables: JSON.stringify(variables), local })
  return { ...run, processInstanceKey, set }
}

test('variables go outward to the nearest scope that has them, and new ones to the process', async () => {
  const { set, complete, take } = await nested()
  await set('inner', { note: 'inner' }, true)

  await set('first', { note: 'changed', copies: 7, fresh: true }, false)
  await complete('first')

  expect(variablesOf(await take('second'))).toEqual({ caseId: 'a', copies: 8, note: 'changed', fresh: true, mapped: 'a' })
})

test.each([
  ['nested-scopes', { caseId: 'a', copies: 1, note: 'here', mapped: 'a' }],
  ['outer', { caseId: 'a', copies: 1, note: 'here', mapped: 'a' }],
  ['inner', { caseId: 'a', copies: 1, note: 'here', mapped: 'a' }],
  ['first', { caseId: 'a', copies: 1, note: 'here', mapped: 'a' }],
])('local variables of %s are seen from inside', async (elementId, seen) => {
  const { set, take } = await nested()

  await set(elementId, { note: 'here' }, true)

  expect(variablesOf(await take('first'))).toEqual(seen)
})

test('local variables of a scope are gone with it', async () => {
  const { set, complete, take } = await nested()
  await set('outer', { copies: 5 }, true)

  await complete('first')
  await complete('second')

  expect(variablesOf(await take('after'))).toEqual({ caseId: 'a', copies: 1 })
})

test('a task, an event and a scope are found by their keys when they are not in memory', async () => {
  const store = memoryStore()
  const begun = new Map<string, string>()
  const engine = await startEngine({
    store, clock: new MovableClock(), limits: { instances: 1, correlations: 1 },
    onEvent: (event) => event.type === 'element-activating' && begun.set(event.node.id, event.key),
  })
  onTestFinished(() => engine.close())
  for (const name of ['nested-scopes', 'message-catch']) await engine.deploy([await diagram(name)])
  await engine.createInstance({ bpmnProcessId: 'nested-scopes', variables: '{"caseId":"a"}' })
  await engine.createInstance({ bpmnProcessId: 'nested-scopes', variables: '{"caseId":"b"}', startInstructions: [{ elementId: 'first' }] })
  await engine.createInstance({ bpmnProcessId: 'message-catch', variables: '{"caseId":"c"}' })

  for (const id of ['work', 'outer', 'inner', 'first', 'wait']) {
    await engine.setVariables({ elementInstanceKey: begun.get(id)!, variables: `{"${id}":1}`, local: true })
  }

  expect(variablesOf(await takeOne(engine, 'first'))).toEqual({ caseId: 'b', outer: 1, inner: 1, first: 1 })
  expect(variablesOf(await takeOne(engine, 'work'))).toEqual({ caseId: 'a', work: 1 })
})

test('a key that was looked for in vain a moment ago is not found either', async () => {
  const { engine } = await trial('nested-scopes')
  await expect(engine.resolveIncident({ incidentKey: '1' })).rejects.toMatchObject({ kind: 'not-found' })

  await expect(engine.setVariables({ elementInstanceKey: '1', variables: '{}' })).rejects.toMatchObject({ kind: 'not-found' })
})

test.each(['1', '-1', 'x', '9223372036854775807'])('the key %s is not found', async (elementInstanceKey) => {
  const { engine } = await trial('nested-scopes')

  await expect(engine.setVariables({ elementInstanceKey, variables: '{}' })).rejects.toMatchObject({ kind: 'not-found' })
})
