import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { startEngine, type Resource } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { listFlows } from './listFlows.ts'
import { takeJobs, takeOne, trial, variablesOf, type Trial } from './support.ts'

/** A process by its inside; it begins at `start`. Messages are found by the case id. */
function process(id: string, inside: string): Resource {
  const messages = ['request-withdrawn', 'supplement-arrived'].map((name) =>
    `<bpmn:message id="${name}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseId" /></bpmn:extensionElements></bpmn:message>`)
  const content = `<?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
      ${messages.join('')}
      <bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="start" />${inside}</bpmn:process>
    </bpmn:definitions>`
  return { name: `${id}-${content.length}.bpmn`, content: listFlows(content) }
}

let flows = 0
const flow = (from: string, to: string): string => `<bpmn:sequenceFlow id="flow${flows++}" sourceRef="${from}" targetRef="${to}" />`
const path = (...ids: string[]): string => ids.slice(1).map((id, index) => flow(ids[index]!, id)).join('')
const task = (id: string, more = ''): string =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${id}" />${more}</bpmn:extensionElements></bpmn:serviceTask>`
const subProcess = (id: string, inside: string): string => `<bpmn:subProcess id="${id}"><bpmn:startEvent id="${id}Start" />${inside}</bpmn:subProcess>`
const boundary = (id: string, attachedTo: string, definition: string, interrupts = true): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${attachedTo}" cancelActivity="${interrupts}">${definition}</bpmn:boundaryEvent>`
const boundaryToEnd = (id: string, attachedTo: string, definition: string): string =>
  `${boundary(id, attachedTo, definition)}<bpmn:endEvent id="${id}End" />${flow(id, `${id}End`)}`
const message = (name: string): string => `<bpmn:messageEventDefinition messageRef="${name}" />`
const month = '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P30D</bpmn:timeDuration></bpmn:timerEventDefinition>'
const withdrawal = `<bpmn:subProcess id="withdrawal" triggeredByEvent="true"><bpmn:startEvent id="withdrawn">${message('request-withdrawn')}</bpmn:startEvent></bpmn:subProcess>`

const simple = task('work') + path('start', 'work')

async function deploy({ engine }: Trial, resource: Resource): Promise<string> {
  return (await engine.deploy([resource])).processes[0]!.processDefinitionKey
}

/** Mappings written as `from to`. */
function plan(targetProcessDefinitionKey: string, ...mappings: string[]) {
  const mappingInstructions = mappings.map((each) => {
    const [sourceElementId, targetElementId] = each.split(' ') as [string, string]
    return { sourceElementId, targetElementId }
  })
  return { targetProcessDefinitionKey, mappingInstructions }
}

/** An instance of the first diagram, and the definition of the second. */
async function caseAndTarget(source: string, target: string, variables: object = { caseId: 'a' }) {
  const run = await trial()
  await deploy(run, process('source', source))
  const targetKey = await deploy(run, process('target', target))
  const processInstanceKey = await run.start('source', variables)
  await run.engine.idle()
  const migrate = (...mappings: string[]): Promise<void> => run.engine.migrateInstance({ processInstanceKey, ...plan(targetKey, ...mappings) })
  return { ...run, processInstanceKey, targetKey, migrate }
}

test('a task waits on under its new name, and the flow goes on as the new version has it', async () => {
  const { engine, migrate, take, ready, left } = await caseAndTarget(simple, task('check') + task('after') + path('start', 'check', 'after'))
  const before = await take('work')

  await migrate('work check')
  await engine.completeJob({ jobKey: before.key })

  expect(await ready('after')).toEqual(['after'])
  expect(left()).toEqual(['start completed', 'check completed'])
})

test('a job keeps its key, type, headers and retries, and tells of the new definition', async () => {
  const headers = '<zeebe:taskHeaders><zeebe:header key="office" value="roads" /></zeebe:taskHeaders>'
  const { engine, clock, migrate, take, targetKey } = await caseAndTarget(task('work', headers) + path('start', 'work'), task('check') + path('start', 'check'))
  const before = await take('work')

  await migrate('work check')
  clock.advance(60_000)
  await engine.idle()

  expect(await take('work')).toEqual({
    ...before, deadline: clock.now() + 60_000, bpmnProcessId: 'target', processDefinitionKey: targetKey, processDefinitionVersion: 1, elementId: 'check',
  })
})

test('user tasks and sub-processes move with all that is inside them and their variables', async () => {
  const inside = (hearing: string, ask: string, decide: string): string =>
    `<bpmn:parallelGateway id="fork" />${subProcess(hearing, task(ask) + path(`${hearing}Start`, ask))}<bpmn:userTask id="${decide}" />`
    + path('start', 'fork', hearing) + flow('fork', decide)
  const { engine, events, processInstanceKey, migrate, take, ready } = await caseAndTarget(
    inside('hearing', 'ask', 'decide'), inside('newHearing', 'askAnew', 'decideAnew') + task('after') + flow('newHearing', 'after'))
  const hearing = events.find((event) => event.type === 'element-activating' && event.node.id === 'hearing')
  await engine.setVariables({ elementInstanceKey: hearing?.type === 'element-activating' ? hearing.key : '', variables: '{"room":1}', local: true })

  await migrate('hearing newHearing', 'ask askAnew', 'decide decideAnew')
  const ask = await take('ask')
  const decide = await take('io.camunda.zeebe:userTask')
  await engine.completeJob({ jobKey: ask.key })

  expect(ask).toMatchObject({ elementId: 'askAnew', processInstanceKey })
  expect(variablesOf(ask)).toEqual({ caseId: 'a', room: 1 })
  expect(decide.elementId).toBe('decideAnew')
  expect(await ready('after')).toEqual(['after'])
})

test('to the next version and back again', async () => {
  const run = await trial()
  const first = await deploy(run, process('case', simple))
  const processInstanceKey = await run.start('case')
  const second = await deploy(run, process('case', simple + task('after') + flow('work', 'after')))

  await run.engine.migrateInstance({ processInstanceKey, ...plan(second, 'work work') })
  await run.engine.migrateInstance({ processInstanceKey, ...plan(first, 'work work') })
  await run.complete('work')

  expect(run.left().at(-1)).toBe('case completed')
})

test('an event on the new border begins to wait, one on the former border is given up', async () => {
  const { engine, migrate, ready } = await caseAndTarget(
    simple + boundary('supplemented', 'work', message('supplement-arrived'), false) + task('file') + flow('supplemented', 'file'),
    simple + boundary('withdrawn', 'work', message('request-withdrawn')) + task('close') + flow('withdrawn', 'close'))
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a', timeToLive: 60_000 })

  await migrate('work work')
  await engine.idle()
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })

  expect(await ready('work', 'file', 'close')).toEqual(['close'])
})

test('an event that was given up comes back with the way back', async () => {
  const withdrawn = simple + boundary('withdrawn', 'work', message('request-withdrawn')) + task('close') + flow('withdrawn', 'close')
  const run = await trial()
  const first = await deploy(run, process('first', withdrawn))
  const second = await deploy(run, process('second', simple))
  const processInstanceKey = await run.start('first', { caseId: 'a' })
  await run.engine.idle()

  await run.engine.migrateInstance({ processInstanceKey, ...plan(second, 'work work') })
  await run.engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })
  const between = await run.ready('close')
  await run.engine.migrateInstance({ processInstanceKey, ...plan(first, 'work work') })
  await run.engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(between).toEqual([])
  expect(await run.ready('close')).toEqual(['close'])
})

test('an incident survives and is resolved as the new version has it', async () => {
  const input = (source: string): string => task('work', `<zeebe:ioMapping><zeebe:input source="${source}" target="copies" /></zeebe:ioMapping>`) + path('start', 'work')
  const { engine, migrate, incidents, take } = await caseAndTarget(
    input('=assert(nothing, nothing != null)'), input('=2') + boundaryToEnd('withdrawn', 'work', message('request-withdrawn')))
  const [incident] = incidents()

  await migrate('work work')
  await engine.resolveIncident({ incidentKey: incident!.key })
  const work = await take('work')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(incidents()).toHaveLength(1)
  expect(variablesOf(work)).toEqual({ caseId: 'a', copies: 2 })
  await expect(engine.completeJob({ jobKey: work.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('the row of an incident names the element as it is now', async () => {
  const store = memoryStore()
  const engine = await startEngine({ store, clock: new MovableClock(), limits: { instances: 0, correlations: 0 } })
  onTestFinished(() => engine.close())
  await engine.deploy([process('source', simple)])
  const { processes: [target] } = await engine.deploy([process('target', task('check') + path('start', 'check'))])
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'source' })
  await engine.failJob({ jobKey: (await takeOne(engine, 'work')).key, retries: 0, errorMessage: 'printer on fire' })
  const before = store.rows('incidents')

  await engine.migrateInstance({ processInstanceKey, ...plan(target!.processDefinitionKey, 'work check') })

  expect(before).toMatchObject([{ elementId: 'work', message: 'printer on fire' }])
  expect(store.rows('incidents')).toEqual([{ ...before[0], elementId: 'check' }])
})

test('a job without retries keeps its incident', async () => {
  const { engine, migrate, take, incidents, complete, left } = await caseAndTarget(simple, task('check') + path('start', 'check'))
  const { key: jobKey } = await take('work')
  await engine.failJob({ jobKey, retries: 0 })

  await migrate('work check')
  await engine.updateJobRetries({ jobKey, retries: 1 })
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await complete('work')

  expect(left().slice(-2)).toEqual(['check completed', 'target completed'])
})

test('a case that a message started lets no second one start until it ends, whatever it has become', async () => {
  const run = await trial('message-start')
  const { engine, take } = run
  const target = await deploy(run, process('target', task('check') + path('start', 'check')))
  const filed = { name: 'request-filed', correlationKey: 'a' }
  await engine.publishMessage(filed)
  const { processInstanceKey, key } = await take('work')

  await engine.migrateInstance({ processInstanceKey, ...plan(target, 'work check') })
  await engine.publishMessage(filed)
  const during = await takeJobs(engine, 'work')
  await engine.completeJob({ jobKey: key })
  await engine.idle()
  await engine.publishMessage(filed)

  expect(during).toEqual([])
  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

test.each([
  ['a source element that is not there', ['work work', 'nothing work'], `names the source element 'nothing'`],
  ['a target element that is not there', ['work nothing'], `names the target element 'nothing'`],
  ['an element that is mapped twice', ['work work', 'work after'], `duplicate source element ids '[work]'`],
])('%s is refused as a fault of the request', async (_what, mappings, reason) => {
  const { migrate, events } = await caseAndTarget(simple, simple + task('after') + flow('work', 'after'))
  const before = events.length

  const migrated = migrate(...mappings)

  await expect(migrated).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(reason) })
  await expect(migrated).rejects.toThrow(/^Command 'MIGRATE' rejected with code 'INVALID_ARGUMENT': Expected to migrate process instance '\d+' but /)
  expect(events).toHaveLength(before)
})

const unmigratable: [string, { source?: string; target?: string; mappings: string[]; reason: string }][] = [
  ['an active element without a mapping', { mappings: [], reason: `no mapping instruction tells what the active element 'work' becomes` }],
  ['a service task to a user task', { target: '<bpmn:userTask id="work" />' + path('start', 'work'), mappings: ['work work'], reason: `of type 'USER_TASK', but the types have to be the same` }],
  ['a receive task', {
    source: '<bpmn:receiveTask id="work" messageRef="request-withdrawn" />' + path('start', 'work'), mappings: ['work work'],
    reason: 'is a RECEIVE_TASK, which this version does not migrate',
  }],
  ['a script as a job', {
    source: task('work').replaceAll('serviceTask', 'scriptTask') + path('start', 'work'), mappings: ['work work'], reason: 'is a SCRIPT_TASK, which this version does not migrate',
  }],
  ['a multi-instance', {
    source: task('work').replace('</bpmn:serviceTask>',
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1]" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>')
      + path('start', 'work'),
    mappings: ['work work'], reason: 'is a MULTI_INSTANCE_BODY, which this version does not migrate',
  }],
  ['an event sub-process before', { source: simple + withdrawal, mappings: ['work work'], reason: 'its process has an event sub-process' }],
  ['an event sub-process after', { target: simple + withdrawal, mappings: ['work work'], reason: 'the process it is to become has an event sub-process' }],
  ['a timer on the border before', { source: simple + boundaryToEnd('late', 'work', month), mappings: ['work work'], reason: `the event 'late' on the border of 'work' is of a kind` }],
  ['a timer on the border after', { target: simple + boundaryToEnd('late', 'work', month), mappings: ['work work'], reason: `the event 'late' on the border of 'work' is of a kind` }],
  ['an event on the border that is mapped', {
    source: simple + boundaryToEnd('withdrawn', 'work', message('request-withdrawn')), target: simple + boundaryToEnd('withdrawn', 'work', message('request-withdrawn')),
    mappings: ['work work', 'withdrawn withdrawn'], reason: 'boundary events cannot be mapped',
  }],
  ['a message waited for before and after', {
    source: simple + boundaryToEnd('withdrawn', 'work', message('request-withdrawn')), target: simple + boundaryToEnd('left', 'work', message('request-withdrawn')),
    mappings: ['work work'], reason: `one of them the message 'request-withdrawn' it waits for already`,
  }],
  ['an element that comes into a sub-process', {
    target: subProcess('hearing', task('work') + path('hearingStart', 'work')) + path('start', 'hearing'), mappings: ['work work'],
    reason: `the active element 'work' would come into another scope`,
  }],
  ['an element that comes out of one', {
    source: subProcess('hearing', task('work') + path('hearingStart', 'work')) + path('start', 'hearing'),
    target: simple + subProcess('hearing', '') + flow('work', 'hearing'), mappings: ['work work', 'hearing hearing'],
    reason: `the active element 'work' would come into another scope`,
  }],
]

test.each(unmigratable)('%s cannot be migrated', async (_what, { source = simple, target = simple, mappings, reason }) => {
  const { migrate, events } = await caseAndTarget(source, target)
  const before = events.length

  const migrated = migrate(...mappings)

  await expect(migrated).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining(reason) })
  await expect(migrated).rejects.toThrow(/^Command 'MIGRATE' rejected with code 'INVALID_STATE': Expected to migrate process instance '\d+' but /)
  expect(events).toHaveLength(before)
})

test('an event on the new border whose key is missing keeps all as it was', async () => {
  const { migrate, complete, left } = await caseAndTarget(simple, simple + boundaryToEnd('withdrawn', 'work', message('request-withdrawn')), {})

  await expect(migrate('work work')).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining('which has to wait for events: Failed to extract the correlation key') })

  await complete('work')
  expect(left().at(-1)).toBe('source completed')
})

test('an instance that can still undo what it has done is not migrated: what undoes it is of the process as it was', async () => {
  const run = await trial('compensation')
  const processInstanceKey = await run.start('compensation')
  const target = await deploy(run, process('target', simple))
  await run.complete('book')

  const migrated = run.engine.migrateInstance({ processInstanceKey, ...plan(target, 'pay work') })

  await expect(migrated).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining('can still be compensated') })
})

test('an instance with a token at a join waits for more than it can say, so it is not migrated', async () => {
  const run = await trial('parallel-gateway')
  const { engine, start, complete } = run
  const processInstanceKey = await start('parallel-gateway')
  const target = await deploy(run, process('target', simple))
  await complete('left')

  const migrated = engine.migrateInstance({ processInstanceKey, ...plan(target, 'right work') })

  await expect(migrated).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining('not in a wait state') })
})

test('a called process is not migrated, nor one that calls', async () => {
  const run = await trial('called-process', 'call-activity')
  const { engine, start, take } = run
  const processInstanceKey = await start('call-activity', { kind: 'process' })
  await engine.idle()
  const target = await deploy(run, process('target', simple))
  const inner = await take('inner')

  const called = engine.migrateInstance({ processInstanceKey: inner.processInstanceKey, ...plan(target, 'inner work') })
  const calling = engine.migrateInstance({ processInstanceKey, ...plan(target, 'call work') })

  await expect(called).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining('called by another one') })
  await expect(calling).rejects.toMatchObject({ kind: 'wrong-state', message: expect.stringContaining('CALL_ACTIVITY') })
})

test('an instance or a definition that is not there is not found', async () => {
  const { engine, processInstanceKey, targetKey } = await caseAndTarget(simple, simple)

  await expect(engine.migrateInstance({ processInstanceKey: '1', ...plan(targetKey, 'work work') })).rejects.toMatchObject({
    kind: 'not-found', message: expect.stringContaining(`Expected to migrate process instance but no process instance found with key '1'`),
  })
  await expect(engine.migrateInstance({ processInstanceKey, ...plan('1', 'work work') })).rejects.toMatchObject({
    kind: 'not-found', message: expect.stringContaining(`no process definition found with key '1'`),
  })
})
