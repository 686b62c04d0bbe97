import { afterEach, describe, expect, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { testDatabase } from '../support/postgres.ts'
import { diagram, takeOne } from './support.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function inMemory(): Promise<Engine> {
  const engine = await startEngine({ store: memoryStore(), clock: new MovableClock() })
  closers.push(() => engine.close())
  return engine
}

async function onPostgres(): Promise<Engine> {
  const database = await testDatabase()
  closers.push(() => database.close())
  const clock = new MovableClock()
  const engine = await startEngine({ store: postgresStore({ url: database.ownerUrl, holder: 'first', clock, log: quietLog }), clock })
  closers.push(() => engine.close())
  return engine
}

describe.each([['in memory', inMemory], ['on PostgreSQL', onPostgres]])('%s', (_name, start) => {
  test('a request goes from filing to delivery', async () => {
    const engine = await start()
    await engine.deploy([await diagram('municipal-request')])

    const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'municipal-request', variables: '{"amount": 9007199254740993, "copies":2}' })
    const check = await takeOne(engine, 'check-request')
    await engine.completeJob({ jobKey: check.key, variables: '{"complete":true}' })
    const task = await takeOne(engine, 'io.camunda.zeebe:userTask')
    await engine.completeJob({ jobKey: task.key })
    const delivery = await takeOne(engine, 'deliver-act')
    await engine.completeJob({ jobKey: delivery.key })

    expect(JSON.parse(task.customHeaders)).toEqual({ 'io.camunda.zeebe:candidateGroups': '["registry"]' })
    expect(delivery.variables).toContain('9007199254740993')
    expect(delivery.processInstanceKey).toBe(processInstanceKey)
    await expect(engine.cancelInstance({ processInstanceKey })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(engine.completeJob({ jobKey: delivery.key })).rejects.toMatchObject({
      kind: 'not-found', message: `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '${delivery.key}', but no such job was found`,
    })
  })
})
