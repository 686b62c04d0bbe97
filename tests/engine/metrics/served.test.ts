import { expect, onTestFinished, test } from 'vitest'
import { overGrpc } from '../../../bench/engine/callers.ts'
import { quietLog } from '../../../server/base/log.ts'
import { serveEngine } from '../../../server/engine/serve.ts'
import { freePort } from '../../../server/launch/postgres.ts'
import { testDatabase } from '../../support/postgres.ts'
import { diagram } from '../support.ts'

/** The samples of a page of metrics, by name and labels. */
async function metricsOf(readPort: number): Promise<{ type: string | null; samples: Map<string, number> }> {
  const reply = await fetch(`http://127.0.0.1:${readPort}/metrics`)
  const samples = (await reply.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const [name, value] = line.split(' ')
    return [name!, Number(value)] as const
  })
  return { type: reply.headers.get('content-type'), samples: new Map(samples) }
}

test('an engine counts its commands by kind and outcome, and measures its commits', async () => {
  const served = await serveEngine({ host: '127.0.0.1', port: 0, log: quietLog })
  const caller = overGrpc(`127.0.0.1:${served.port}`)
  onTestFinished(async () => {
    await caller.close()
    await served.close()
  })
  await caller.deploy(await diagram('municipal-request'))
  for (let count = 0; count < 3; count++) await caller.create('{}')
  await expect(caller.create('not JSON')).rejects.toMatchObject({ code: 3 })
  const poll = caller.take('no-such-job', 'worker')

  await expect.poll(async () => (await metricsOf(served.readPort)).samples.get('salter_engine_parked_polls')).toBe(1)
  const { type, samples } = await metricsOf(served.readPort)

  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(samples.get('salter_engine_commands_total{kind="createInstance",outcome="done"}')).toBe(3)
  expect(samples.get('salter_engine_commands_total{kind="createInstance",outcome="invalid"}')).toBe(1)
  expect(samples.get('salter_engine_commands_total{kind="deploy",outcome="done"}')).toBe(1)
  expect(samples.get('salter_engine_commit_seconds_count')).toBeGreaterThanOrEqual(4)
  expect(samples.get('salter_engine_commit_rows_bucket{le="+Inf"}')).toBe(samples.get('salter_engine_commit_rows_count'))
  expect(samples.get('salter_engine_instances_in_memory')).toBe(3)
  expect(samples.get('salter_engine_serving')).toBe(1)
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7)
  await poll
})

test('an engine that waits for its turn says so in its metrics', async () => {
  const database = await testDatabase()
  const where = { databaseUrl: database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog }
  const first = await serveEngine(where)
  const readPort = await freePort()
  const giveUp = new AbortController()
  const standby = serveEngine({ ...where, readPort, signal: giveUp.signal })
  onTestFinished(async () => {
    await first.close()
    await database.close()
  })

  await expect.poll(() => metricsOf(readPort).then(({ samples }) => samples.get('salter_engine_serving'), () => undefined)).toBe(0)

  giveUp.abort(new Error('no longer needed'))
  await expect(standby).rejects.toThrow('no longer needed')
})
