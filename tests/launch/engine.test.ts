import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { call, connect, deployed, poll, start, take } from '../gateway/wire.ts'

let folder: string
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-engine-'))
  await chmod(folder, 0o711) // under root PostgreSQL runs as another account and must be able to pass
})

afterEach(async () => {
  for (const each of started.splice(0)) if (each.exitCode === null && each.kill('SIGTERM')) await new Promise((done) => each.once('close', done))
  await rm(folder, { recursive: true, force: true })
})

/** The engine as a person starts it: npm, too, must pass on what it is told. `ready` has its address as soon as it says so, and fails with its words when it ends before. */
function engineProcess(...args: string[]) {
  const child = spawn('npm', ['run', '--silent', 'engine', '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', DATABASE_OWNER_URL: '' },
  })
  started.push(child)
  let said = ''
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, address] = /^engine ready on (\S+)\n$/.exec(said) ?? []
      if (address) resolve(address)
    })
    void ended.then(() => reject(new Error(`Expected the engine to be ready, but it ended: ${said}${words}`)))
  })
  // A test about an engine that does not start has no use for it.
  ready.catch(() => undefined)
  return { ready, ended, words: () => words, stop: () => child.kill('SIGTERM') }
}

function connected(address: string) {
  const wire = connect(address)
  onTestFinished(() => wire.close())
  return wire
}

test('the engine alone in memory says where it is, serves, and ends in order when it is told to', { timeout: 60_000 }, async () => {
  const engine = engineProcess('--memory', '--port', '0')
  const wire = connected(await engine.ready)
  const { processId, suffix } = await deployed(wire, 'service-task')
  await start(wire, processId, { number: 1 })
  const parked = poll(wire, { type: 'nothing-of-this-type', requestTimeout: 60_000 }).ended

  const jobs = await take(wire, `work-${suffix}`)
  engine.stop()

  expect(jobs).toMatchObject([{ variables: '{"number":1}' }])
  await expect(parked).rejects.toMatchObject({ code: status.UNAVAILABLE })
  expect(await engine.ended).toBe(0)
})

test('the engine alone keeps everything in a PostgreSQL of its own from one start to the next', { timeout: 120_000 }, async () => {
  const first = engineProcess('--port', '0', '--data', join(folder, 'data'))
  const before = connected(await first.ready)
  const { processId, suffix } = await deployed(before, 'service-task')
  await start(before, processId, { number: 1 })
  first.stop()
  const code = await first.ended

  const second = engineProcess('--port', '0', '--data', join(folder, 'data'))
  const after = connected(await second.ready)

  expect(code).toBe(0)
  expect(await take(after, `work-${suffix}`)).toMatchObject([{ variables: '{"number":1}' }])
  expect(await call(after, 'Topology', {})).toMatchObject({ clusterSize: 1 })
})

test('a port that another program has is told in a sentence', { timeout: 60_000 }, async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo

  const engine = engineProcess('--memory', '--port', String(port))

  expect(await engine.ended).toBe(1)
  expect(engine.words().trim()).toBe(
    `Expected port ${port} to be free for the process engine, but another program listens there. Stop it, or choose another port: npm run engine -- --port ${port + 1}`,
  )
})

test('an option that is not known is told with those that are', { timeout: 60_000 }, async () => {
  const engine = engineProcess('--prot', '26500')

  expect(await engine.ended).toBe(1)
  expect(engine.words()).toContain('Usage: npm run engine -- [--port N] [--host ADDRESS] [--memory] [--data DIR]')
})
