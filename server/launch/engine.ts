/**
 * `npm run engine`: the process engine without the rest of the product, for any client that speaks Zeebe's gRPC. Its log goes
 * to standard error; standard output has one line, when it takes calls. start.mjs calls this once the packages are there.
 *
 *   npm run engine -- [--port N] [--host ADDRESS] [--memory] [--data DIR]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal, refuse } from '../base/errors.ts'
import { migrateEngine } from '../db/migrate.ts'
import { askedToStop } from './askedToStop.ts'
import { engineNodeOptions } from './engineNodeOptions.ts'
import { claimFolder } from './launcherLock.ts'
import { isFree } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { sentenceOf } from './sentenceOf.ts'

const root = resolve(import.meta.dirname, '..', '..')
const ZEEBE_PORT = 26500

const asked = askedToStop(() => undefined)
const stops: (() => Promise<void>)[] = []

try {
  const { port, host, memory, data } = readOptions()
  await expectPort(port)
  const databaseUrl = memory ? undefined : await openDatabase(data)
  asked.throwIfAborted()
  const engine = startEngine({ ENGINE_PORT: String(port), HOST: host, ENGINE_MEMORY: String(memory), DATABASE_OWNER_URL: databaseUrl })
  engine.on('message', (message: { servingOn: number }) => process.stdout.write(`engine ready on ${host}:${message.servingOn}\n`))
  await untilAsked(engine)
} catch (error) {
  if (!asked.aborted) {
    process.stderr.write(`\n${sentenceOf(error)}\n`)
    process.exitCode = 1
  }
}
for (const stop of stops.toReversed()) await stop()
// A pool or a pipe that is still closing must not keep a stopped launcher alive.
process.exit()

interface Options {
  port: number
  host: string
  memory: boolean
  /** Folder of the embedded PostgreSQL. */
  data: string
}

function readOptions(): Options {
  const { values } = parse()
  const port = Number(values.port ?? ZEEBE_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    refuse('invalid', 'port-not-a-number', {}, `Expected a port between 0 and 65535, but got ${values.port}`)
  }
  return {
    port,
    host: values.host ?? '127.0.0.1',
    memory: values.memory ?? false,
    data: values.data ? resolve(process.env.INIT_CWD ?? '.', values.data) : join(root, '.data', 'engine'),
  }
}

function parse() {
  try {
    return parseArgs({
      options: { port: { type: 'string' }, host: { type: 'string' }, memory: { type: 'boolean' }, data: { type: 'string' } },
    })
  } catch (error) {
    throw new Refusal('invalid', 'option-not-known', {},
      `${(error as Error).message}\nUsage: npm run engine -- [--port N] [--host ADDRESS] [--memory] [--data DIR]`)
  }
}

async function expectPort(port: number): Promise<void> {
  if (port === 0 || (await isFree(port))) return
  refuse('invalid', 'port-taken', { port },
    `Expected port ${port} to be free for the process engine, but another program listens there. Stop it, or choose another port: ` +
    `npm run engine -- --port ${port + 1}`)
}

/** The database of `DATABASE_URL` (in the product's settings that of `DATABASE_OWNER_URL`), else an embedded PostgreSQL. */
async function openDatabase(dataDir: string): Promise<string> {
  // An empty line in a .env file means "not set".
  const url = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL || (await startEmbedded(dataDir))
  await migrateEngine(url)
  return url
}

async function startEmbedded(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  stops.push(await claimFolder(dataDir))
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: 0, durable: true })
  stops.push(() => postgres.stop())
  return postgres.url
}

/** In a group of its own, so that Ctrl-C reaches this process alone and the database outlives the engine. */
function startEngine(environment: Record<string, string | undefined>): ChildProcess {
  const args = [...engineNodeOptions, '--import', 'tsx', join(root, 'server', 'main.ts'), 'engine']
  return spawn(process.execPath, args, {
    cwd: root, env: { ...process.env, ...environment }, detached: true, stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  })
}

/** Waits until asked to stop, then for the engine's end; an engine that ends by itself is a failure. */
async function untilAsked(engine: ChildProcess): Promise<void> {
  const ended = new Promise<number | null>((done, fail) => engine.once('error', fail).once('close', done))
  const stop = (): void => void engine.kill('SIGTERM')
  if (asked.aborted) stop()
  asked.addEventListener('abort', stop, { once: true })
  const code = await ended
  if (code !== 0 || !asked.aborted) {
    refuse('wrong-state', 'engine-ended', { code: code ?? undefined },
      'Expected the engine to run until it is stopped, but it ended; its log stands above')
  }
}
