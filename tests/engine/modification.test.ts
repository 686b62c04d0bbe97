import { expect, test } from 'vitest'
import { DAY_MS, takeJobs, trial, variablesOf, type Trial } from './support.ts'

/** The key of the newest instance of an element. */
function keyOf({ events }: Trial, elementId: string): string {
  const begun = events.findLast((event) => event.type === 'element-activating' && event.node.id === elementId)
  return begun?.type === 'element-activating' ? begun.key : '1'
}

test('a token is moved from one task to another', async () => {
  const { engine, start, take, ready, left } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a' })
  const work = await take('work')

  await engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'after' }], terminateInstructions: [{ elementInstanceKey: work.elementInstanceKey }],
  })

  expect(await ready('work', 'after')).toEqual(['after'])
  expect(left()).toEqual(['start completed', 'work terminated'])
  await expect(engine.completeJob({ jobKey: work.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('what is activated applies its input mappings, the scopes made for it do not, but their events wait', async () => {
  const { engine, start, take, ready } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a', copies: 1 })

  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'second' }] })
  await engine.idle()
  const second = await take('second')
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })
  const during = await ready('first', 'file')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(variablesOf(second)).toEqual({ caseId: 'a', copies: 2 })
  expect(during).toEqual(['file'])
  expect(await ready('close')).toEqual(['close'])
  await expect(engine.completeJob({ jobKey: second.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('a scope that lives is used, and ends with the last element inside', async () => {
  const { engine, start, complete, events, ready } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a', copies: 1 })
  await complete('work')

  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'second' }, { elementId: 'first' }] })
  const inner = events.filter((event) => event.type === 'element-activating' && event.node.id === 'inner')

  expect(inner).toHaveLength(1)
  expect(await takeJobs(engine, 'first')).toHaveLength(2)
  await complete('second')
  expect(await ready('after')).toEqual([])
})

test('variables come before what is activated: to the process, to a scope, to the element itself', async () => {
  const { engine, start, take } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes')

  await engine.modifyInstance({
    processInstanceKey,
    activateInstructions: [{
      elementId: 'second',
      variableInstructions: [
        { variables: '{"caseId":"a"}' }, { variables: '{"copies":3,"note":"of the scope"}', scopeId: 'outer' }, { variables: '{"note":"its own"}', scopeId: 'second' },
      ],
    }],
  })

  expect(variablesOf(await take('second'))).toEqual({ caseId: 'a', copies: 4, note: 'its own' })
  expect(variablesOf(await take('work'))).toEqual({ caseId: 'a' })
})

test('with several scopes of one kind it has to be said which, and those below are made anew', async () => {
  const run = await trial('nested-scopes')
  const { engine, start, ready, events } = run
  const processInstanceKey = await start('nested-scopes', { caseId: 'a', copies: 1 })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'outer' }] })
  const former = keyOf(run, 'outer')
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'outer' }] })

  const ambiguous = engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'second' }] })
  await expect(ambiguous).rejects.toMatchObject({
    kind: 'invalid', message: expect.stringContaining(`flow scope with more than one active instance: 'second'. Please specify an ancestor element instance key`),
  })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'second', ancestorElementInstanceKey: former }] })

  expect(await ready('second')).toEqual(['second'])
  const scopes = events.flatMap((event) => (event.type === 'element-activating' && event.node.id === 'inner' ? [event.scope.key] : []))
  expect(scopes.filter((key) => key === former)).toHaveLength(2)
})

test.each([
  ['an element that is not there', { elementId: 'nothing' }, `with an element that could not be found: 'nothing'`],
  ['a start event', { elementId: 'start' }, `it asks for 'start', where nothing can begin: no element of type 'START_EVENT' is begun by itself.`],
  ['the start event of an event sub-process', { elementId: 'arrived' }, `type 'START_EVENT'`],
  ['an event on a border', { elementId: 'withdrawn' }, `type 'BOUNDARY_EVENT'`],
  ['a sequence flow', { elementId: 'f5' }, `type 'SEQUENCE_FLOW'`],
  ['the process', { elementId: 'nested-scopes' }, `type 'PROCESS'`],
  ['an ancestor that does not live', { elementId: 'first', ancestorElementInstanceKey: '1' }, 'does not exist, or is not in an active state'],
  ['variables that are no object', { elementId: 'after', variableInstructions: [{ variables: '[]' }] }, 'valid JSON document'],
  ['a scope that is not there', { elementId: 'after', variableInstructions: [{ variables: '{}', scopeId: 'nothing' }] }, 'could not be found'],
  ['a scope elsewhere', { elementId: 'after', variableInstructions: [{ variables: '{}', scopeId: 'outer' }] }, `doesn't belong to the element's flow scope`],
])('%s is refused', async (_what, instruction, message) => {
  const { engine, start, events } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a' })
  const before = events.length

  const modified = engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'after' }, instruction] })

  await expect(modified).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) })
  await expect(modified).rejects.toThrow(/^Command 'MODIFY' rejected with code 'INVALID_ARGUMENT': /)
  expect(events).toHaveLength(before)
})

test('an ancestor that is none of the element is refused', async () => {
  const { engine, start, take } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a' })
  const work = await take('work')

  const modified = engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'first', ancestorElementInstanceKey: work.elementInstanceKey }],
  })

  await expect(modified).rejects.toThrow(`instance '${work.elementInstanceKey}' of element 'work' is not an ancestor of element 'first'`)
})

test('events behind an event-based gateway are refused, the gateway is not', async () => {
  const { engine, start, ready } = await trial('event-gateway')
  const processInstanceKey = await start('event-gateway', { caseId: 'a' })

  const modified = engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'answered' }] })

  await expect(modified).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('begins by its gateway only') })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'first' }] })
  await engine.publishMessage({ name: 'answer-arrived', correlationKey: 'a' })
  expect(await ready('read')).toEqual(['read'])
})

test('a scope whose events cannot wait is refused, and nothing is changed', async () => {
  const { engine, start, ready, incidents, events } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { copies: 1 })
  const before = events.length

  const modified = engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'after' }, { elementId: 'second' }] })

  await expect(modified).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(`'outer' cannot be created: Failed to extract the correlation key`) })
  expect(events).toHaveLength(before)
  expect(incidents()).toEqual([])
  expect(await ready('work', 'after', 'second')).toEqual(['work'])
})

test('all or nothing: one fault at the end and nothing has begun', async () => {
  const { engine, start, ready } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a' })

  const modified = engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'after' }], terminateInstructions: [{ elementInstanceKey: '1' }],
  })

  await expect(modified).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(`terminate instructions with an element instance that could not be found: '1'`) })
  expect(await ready('after')).toEqual([])
})

test('an instance that is not there is not found', async () => {
  const { engine } = await trial('nested-scopes')

  const modified = engine.modifyInstance({ processInstanceKey: '1' })

  await expect(modified).rejects.toMatchObject({
    kind: 'not-found', message: `Command 'MODIFY' rejected with code 'NOT_FOUND': Expected to modify process instance but no process instance found with key '1'`,
  })
})

test('scopes in which nothing is left end, up to the instance', async () => {
  const { engine, start, take, complete, left } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a' })
  await complete('work')

  await engine.modifyInstance({ processInstanceKey, terminateInstructions: [{ elementInstanceKey: (await take('first')).elementInstanceKey }] })

  expect(left().slice(-4)).toEqual(['first terminated', 'inner terminated', 'outer terminated', 'nested-scopes terminated'])
  await expect(engine.cancelInstance({ processInstanceKey })).rejects.toMatchObject({ kind: 'not-found' })
})

test('a scope is kept by what begins in it', async () => {
  const { engine, start, take, complete, left, ready } = await trial('nested-scopes')
  const processInstanceKey = await start('nested-scopes', { caseId: 'a', copies: 1 })
  await complete('work')

  const first = await take('first')
  await engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'second' }], terminateInstructions: [{ elementInstanceKey: first.elementInstanceKey }],
  })

  expect(left().at(-1)).toBe('first terminated')
  expect(await ready('second')).toEqual(['second'])
})

test('a scope that is ended takes all inside with it, also what was to end or to begin there', async () => {
  const run = await trial('nested-scopes')
  const { engine, start, take, complete, left, ready } = run
  const processInstanceKey = await start('nested-scopes', { caseId: 'a', copies: 1 })
  await complete('work')
  const first = await take('first')

  await engine.modifyInstance({
    processInstanceKey,
    activateInstructions: [{ elementId: 'after' }, { elementId: 'second' }],
    terminateInstructions: [{ elementInstanceKey: keyOf(run, 'outer') }, { elementInstanceKey: first.elementInstanceKey }],
  })

  expect(left().slice(-4)).toEqual(['first terminated', 'second terminated', 'inner terminated', 'outer terminated'])
  expect(await ready('second', 'after')).toEqual(['after'])
})

test('an incident and what it held are gone with the element', async () => {
  const { engine, start, incidents, ready } = await trial('message-catch')
  const processInstanceKey = await start('message-catch')
  const [incident] = incidents()

  await engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'after' }], terminateInstructions: [{ elementInstanceKey: incident!.elementKey }],
  })

  expect(await ready('after')).toEqual(['after'])
  await expect(engine.resolveIncident({ incidentKey: incident!.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('an event sub-process that is activated begins at its start and ends nothing else', async () => {
  const { engine, start, ready, complete, left } = await trial('event-sub-process-withdrawal')
  const processInstanceKey = await start('event-sub-process-withdrawal', { caseId: 'a' })

  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'withdrawal' }] })

  expect(left().at(-1)).toBe('withdrawn completed')
  expect(await ready('work', 'more')).toEqual(['work', 'more'])
  await complete('close')
  expect(left().at(-1)).toBe('withdrawal completed')
})

test('an element inside an event sub-process begins without its start', async () => {
  const { engine, start, ready, left } = await trial('event-sub-process-withdrawal')
  const processInstanceKey = await start('event-sub-process-withdrawal', { caseId: 'a' })

  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'close' }] })

  expect(await ready('close')).toEqual(['close'])
  expect(left()).not.toContain('withdrawn completed')
})

test('where an error has taken a scope over, what is activated again is protected again', async () => {
  const run = await trial('event-sub-process-error')
  const { engine, start, take, ready } = run
  const processInstanceKey = await start('event-sub-process-error')
  await engine.throwError({ jobKey: (await take('first')).key, errorCode: 'not-entitled' })
  const explain = await take('explain')

  await engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'first' }], terminateInstructions: [{ elementInstanceKey: explain.elementInstanceKey }],
  })
  await engine.throwError({ jobKey: (await take('first')).key, errorCode: 'not-entitled' })

  expect(await ready('explain')).toEqual(['explain'])
})

test('a call activity that is ended ends what it called', async () => {
  const run = await trial('called-process', 'call-activity')
  const { engine, start, take, ready } = run
  const processInstanceKey = await start('call-activity', { kind: 'process' })
  await engine.idle()
  const inner = await take('inner')

  await engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'after' }], terminateInstructions: [{ elementInstanceKey: keyOf(run, 'call') }],
  })

  expect(await ready('after')).toEqual(['after'])
  await expect(engine.completeJob({ jobKey: inner.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('a called process cannot be ended from inside, but moved on', async () => {
  const { engine, start, take, ready } = await trial('called-process', 'call-activity')
  await start('call-activity', { kind: 'process' })
  await engine.idle()
  const { processInstanceKey, elementInstanceKey } = await take('inner')
  const terminateInstructions = [{ elementInstanceKey }]

  const ended = engine.modifyInstance({ processInstanceKey, terminateInstructions })
  const endedWhole = engine.modifyInstance({ processInstanceKey, terminateInstructions: [{ elementInstanceKey: processInstanceKey }] })

  for (const each of [ended, endedWhole]) {
    await expect(each).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('would terminate the instance') })
  }
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'inner' }], terminateInstructions })
  expect(await ready('inner')).toEqual(['inner'])
})

test('a multi-instance is activated as a whole, and inside it only where a turn is active', async () => {
  const run = await trial('multi-instance-sub-process')
  const { engine, start, take, complete } = run
  const processInstanceKey = await start('multi-instance-sub-process', { offices: [] })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'after' }] })

  const inside = engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'read' }] })

  await expect(inside).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(`'read' inside a multi-instance`) })
  await engine.setVariables({ elementInstanceKey: processInstanceKey, variables: '{"offices":["water"]}' })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'hearing' }] })
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'read' }] })
  expect(variablesOf(await take('read'))).toMatchObject({ office: 'water', loopCounter: 1 })
  await complete('ask')
})

test('with several turns the turn has to be said; a new turn is never made', async () => {
  const run = await trial('multi-instance-sub-process')
  const { engine, start, take } = run
  const processInstanceKey = await start('multi-instance-sub-process', { offices: ['water', 'roads'] })
  const [body, , roads] = run.events.flatMap((event) => (event.type === 'element-activating' && event.node.id === 'hearing' ? [event.key] : []))
  const activate = (ancestorElementInstanceKey?: string) =>
    engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'read', ancestorElementInstanceKey }] })

  await expect(activate()).rejects.toThrow('more than one active instance')
  await expect(activate(body)).rejects.toThrow(`'read' inside a multi-instance`)
  await activate(roads)

  expect(variablesOf(await take('read'))).toMatchObject({ office: 'roads', loopCounter: 2 })
})

test('a turn that is ended leaves no result, and the last takes the multi-instance with it', async () => {
  const run = await trial('multi-instance-sequential')
  const { engine, start, take, left, ready } = run
  const processInstanceKey = await start('multi-instance-sequential', { offices: ['water', 'roads'] })

  await engine.modifyInstance({
    processInstanceKey,
    activateInstructions: [{ elementId: 'after' }],
    terminateInstructions: [{ elementInstanceKey: (await take('ask')).elementInstanceKey }],
  })

  expect(left().slice(-2)).toEqual(['ask terminated', 'ask terminated'])
  expect(await ready('ask', 'after')).toEqual(['after'])
})

test('a task that is activated again has its events on the border again', async () => {
  const { engine, start, advance, ready, take } = await trial('sub-process')
  const processInstanceKey = await start('sub-process', { caseId: 'a' })
  const { elementInstanceKey } = await take('first')
  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'after' }], terminateInstructions: [{ elementInstanceKey }] })

  await engine.modifyInstance({ processInstanceKey, activateInstructions: [{ elementId: 'second' }] })
  await advance(30 * DAY_MS)

  expect(await ready('after', 'second', 'close')).toEqual(['after', 'close'])
})

test('a token that waits at a join does not keep a scope alive', async () => {
  const { engine, start, complete, take, left } = await trial('parallel-gateway')
  const processInstanceKey = await start('parallel-gateway')
  await complete('left')

  await engine.modifyInstance({ processInstanceKey, terminateInstructions: [{ elementInstanceKey: (await take('right')).elementInstanceKey }] })

  expect(left().slice(-2)).toEqual(['right terminated', 'parallel-gateway terminated'])
})
