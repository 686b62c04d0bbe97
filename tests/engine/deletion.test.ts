import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine, type Resource } from '../../server/engine/engine.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { testDatabase } from '../support/postgres.ts'
import { DAY_MS, diagram, takeJobs, takeOne, trial } from './support.ts'

const HOUR_MS = 3_600_000

/** Deploys versions of a process, each of which makes jobs of its own type (`work-1`, `work-2`, …). Their keys. */
async function deployVersions(engine: Engine, name: string, ...versions: number[]): Promise<string[]> {
  const resource = await diagram(name)
  const keys: string[] = []
  for (const version of versions) {
    const content = resource.content.replace('type="work"', `type="work-${version}"`)
    keys.push((await engine.deploy([{ ...resource, content }])).processes[0]!.processDefinitionKey)
  }
  return keys
}

function form(title: string): Resource {
  return { name: 'decision.form', content: JSON.stringify({ id: 'decision', title }) }
}

test('nothing starts by a version that was deleted', async () => {
  const { engine, start } = await trial()
  const [key] = await deployVersions(engine, 'service-task', 1)

  await engine.deleteResource({ resourceKey: key! })

  await expect(start('service-task')).rejects.toMatchObject({ kind: 'not-found' })
  await expect(engine.createInstance({ processDefinitionKey: key })).rejects.toMatchObject({ kind: 'not-found' })
  await expect(engine.createInstance({ bpmnProcessId: 'service-task', version: 1 })).rejects.toMatchObject({ kind: 'not-found' })
})

test('when the latest version is deleted, the former that is left is the latest', async () => {
  const { engine, start, ready } = await trial()
  const [, second, third] = await deployVersions(engine, 'service-task', 1, 2, 3)

  for (const resourceKey of [second!, third!]) await engine.deleteResource({ resourceKey })
  await start('service-task')

  expect(await ready('work-1', 'work-2', 'work-3')).toEqual(['work-1'])
})

test('a former version is deleted without a change to the latest', async () => {
  const { engine, start, ready } = await trial()
  const [first] = await deployVersions(engine, 'service-task', 1, 2)

  await engine.deleteResource({ resourceKey: first! })
  await start('service-task')

  expect(await ready('work-1', 'work-2')).toEqual(['work-2'])
})

test('the number of a version is never given again, not even when all versions are gone', async () => {
  const { engine } = await trial()
  const [first, second] = await deployVersions(engine, 'service-task', 1, 2)

  await engine.deleteResource({ resourceKey: second! })
  const third = await engine.deploy([await diagram('service-task')])
  for (const resourceKey of [first!, third.processes[0]!.processDefinitionKey]) await engine.deleteResource({ resourceKey })
  const fourth = await engine.deploy([await diagram('service-task')])

  expect([third, fourth].map((each) => each.processes[0]!.version)).toEqual([3, 4])
})

test('a version is not deleted while one of its cases runs', async () => {
  const { engine, start, complete } = await trial()
  const [resourceKey] = await deployVersions(engine, 'service-task', 1)
  await start('service-task')

  const refusal = await engine.deleteResource({ resourceKey: resourceKey! }).catch((error: unknown) => error)
  await complete('work-1')
  await engine.deleteResource({ resourceKey: resourceKey! })

  expect(refusal).toMatchObject({
    kind: 'wrong-state',
    message: expect.stringMatching(/^Command 'DELETE' rejected with code 'INVALID_STATE': Expected to delete .*running instances/),
  })
  await expect(start('service-task')).rejects.toMatchObject({ kind: 'not-found' })
})

test('a case that has migrated holds its new version and no longer the former', async () => {
  const { engine, start } = await trial()
  const [first] = await deployVersions(engine, 'service-task', 1)
  const processInstanceKey = await start('service-task')
  const [second] = await deployVersions(engine, 'service-task', 2)
  const mappingInstructions = [{ sourceElementId: 'work', targetElementId: 'work' }]
  await engine.migrateInstance({ processInstanceKey, targetProcessDefinitionKey: second!, mappingInstructions })

  await engine.deleteResource({ resourceKey: first! })

  await expect(engine.deleteResource({ resourceKey: second! })).rejects.toMatchObject({ kind: 'wrong-state' })
})

test('a message and a signal start the former version again', async () => {
  const { engine, ready } = await trial()
  const [, messageKey] = await deployVersions(engine, 'message-start', 1, 2)
  const [, signalKey] = await deployVersions(engine, 'signal-start', 3, 4)

  for (const resourceKey of [messageKey!, signalKey!]) await engine.deleteResource({ resourceKey })
  await engine.publishMessage({ name: 'request-filed', correlationKey: '' })
  await engine.broadcastSignal({ signalName: 'register-open' })
  await engine.idle()

  expect(await ready('work-1', 'work-2', 'work-3', 'work-4')).toEqual(['work-1', 'work-3'])
})

test('with the last version its message, its signal and its timer are gone', async () => {
  const { engine, advance, ready } = await trial()
  const names = ['message-start', 'signal-start', 'timer-start-cycle']
  const keys = await Promise.all(names.map((name) => deployVersions(engine, name, 1)))

  for (const [resourceKey] of keys) await engine.deleteResource({ resourceKey: resourceKey! })
  await engine.publishMessage({ name: 'request-filed', correlationKey: '' })
  await engine.broadcastSignal({ signalName: 'register-open' })
  await advance(DAY_MS)

  expect(await ready('work-1')).toEqual([])
})

test('the timers of the former version run again, as if it were deployed now', async () => {
  const { engine, advance, ready } = await trial()
  const [, second] = await deployVersions(engine, 'timer-start-cycle', 1, 2)
  await advance(HOUR_MS / 2)

  await engine.deleteResource({ resourceKey: second! })
  await advance(HOUR_MS / 2)
  const early = await ready('work-1', 'work-2')
  await advance(HOUR_MS / 2)

  expect(early).toEqual([])
  expect(await ready('work-1', 'work-2')).toEqual(['work-1'])
})

test('a call to a process that was deleted waits for a person, who deploys it anew', async () => {
  const { engine, start, incidents, ready } = await trial('call-activity')
  const { processes } = await engine.deploy([await diagram('called-process')])
  await engine.deleteResource({ resourceKey: processes[0]!.processDefinitionKey })
  await start('call-activity', { kind: 'process' })
  await engine.idle()

  await engine.deploy([await diagram('called-process')])
  await engine.resolveIncident({ incidentKey: incidents()[0]!.key })
  await engine.idle()

  expect(incidents()).toMatchObject([{ type: 'CALLED_ELEMENT_ERROR' }])
  expect(await ready('inner')).toEqual(['inner'])
})

test('when the latest form is deleted, a new task shows the former', async () => {
  const { engine, start, take } = await trial('user-task-form')
  const [first, second] = [await engine.deploy([form('first')]), await engine.deploy([form('second')])]

  await engine.deleteResource({ resourceKey: second.forms[0]!.formKey })
  await start('user-task-form', { clerk: 'ana', unit: 'archive', dueAt: '2026-12-02T15:00:00+01:00' })
  const third = await engine.deploy([form('second')])

  const { customHeaders } = await take('io.camunda.zeebe:userTask')
  expect(JSON.parse(customHeaders)).toMatchObject({ 'io.camunda.zeebe:formKey': first.forms[0]!.formKey })
  expect(third.forms[0]!.version).toBe(3)
})

test.each(['1', '2251799813685249000', 'x'])('the key %s names nothing that could be deleted', async (resourceKey) => {
  const { engine } = await trial()

  await expect(engine.deleteResource({ resourceKey })).rejects.toMatchObject({
    kind: 'not-found',
    message: `Command 'DELETE' rejected with code 'NOT_FOUND': Expected to delete the resource with key '${resourceKey}', but there is none`,
  })
})

test('what was deleted stays so after a restart, and cases that sleep in the database count as running', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const clock = new MovableClock()
  const open = (holder: string): Promise<Engine> => {
    const store = postgresStore({ url: database.ownerUrl, holder, clock, log: quietLog })
    return startEngine({ store, clock, limits: { instances: 0, correlations: 0 } })
  }
  const first = await open('first')
  const [former, latest] = await deployVersions(first, 'service-task', 1, 2)
  await first.createInstance({ processDefinitionKey: former })
  await first.createInstance({ processDefinitionKey: latest })
  await first.completeJob({ jobKey: (await takeOne(first, 'work-2')).key })
  await first.deleteResource({ resourceKey: latest! })
  await first.close()

  const second = await open('second')
  onTestFinished(() => second.close())
  await second.createInstance({ bpmnProcessId: 'service-task' })
  await expect(second.deleteResource({ resourceKey: former! })).rejects.toMatchObject({ kind: 'wrong-state' })
  const jobs = await takeJobs(second, 'work-1')
  // Asked for in one breath with the end of the last case, which the database has not heard of yet.
  const completed = jobs.map(({ key }) => second.completeJob({ jobKey: key }))
  const deleted = second.deleteResource({ resourceKey: former! })
  await Promise.all([...completed, deleted])
  const { processes } = await second.deploy([await diagram('service-task')])

  expect(jobs).toHaveLength(2)
  expect(processes[0]!.version).toBe(3)
})
