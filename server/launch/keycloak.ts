/**
 * The real Keycloak, taken from Maven Central by pom.xml, built once for PostgreSQL and started from that build.
 * Replaced as a whole by `KEYCLOAK_URL`.
 *
 * Measured on two cores with 26.7.3: `build` 20 s once; then ready after 5.5 s (8 s without the one-tier compiler),
 * 18 s the first time, while it makes its tables.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../base/errors.ts'
import { layTheme } from './theme.ts'

/** What a long step tells the person who waits. */
export type Tell = (sentence: string) => void

export interface KeycloakOptions {
  /** Folder of the built distribution, as {@link ensureKeycloak} answers it. */
  home: string
  /** TCP port on 127.0.0.1. */
  port: number
  /** Where browsers and the server reach it, without a slash at the end; the issuer of tokens begins with it. */
  publicUrl: string
  /** Its own database, as `prepareDatabases` answers it. */
  databaseUrl: string
  /** Made on the first start of an empty database; later changes are Keycloak's own affair. */
  admin: { username: string; password: string }
  /**
   * Name of the header in which the certificate door hands a checked certificate over (base64 of the DER). A secret: whoever
   * could say it would be believed. Without one nobody can: a name is drawn and told to no one.
   */
  certificateHeader?: string
  /** Folder for the login theme, laid out anew at each start. */
  themeDir: string
  /** Receives what Keycloak prints. */
  logFile: string
  /** Remembers the process for {@link endLeftoverKeycloak}. */
  pidFile?: string
  /** Ends a start that is under way. */
  signal?: AbortSignal
}

export interface RunningKeycloak {
  url: string
  pid: number
  /** Settles when the process is gone, asked or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

const here = dirname(fileURLToPath(import.meta.url))
// Build options: persisted in the distribution, so that `start --optimized` has nothing left to find out.
const buildOptions = [
  '--db=postgres', '--health-enabled=false', '--metrics-enabled=false', '--tracing-enabled=false',
  // A certificate comes as HAProxy hands it over: base64 of the DER in one header.
  '--spi-x509cert-lookup--provider=haproxy',
]

/** The version that pom.xml names. */
export async function keycloakVersion(): Promise<string> {
  const pom = await readFile(join(here, 'pom.xml'), 'utf8')
  const [, version] = /<keycloak\.version>([^<]+)</.exec(pom) ?? []
  if (!version) throw new Error('Expected <keycloak.version> in server/launch/pom.xml')
  return version
}

/**
 * Answers the home of a built Keycloak under `partsDir`, taking it with Maven and building it when it is not there yet.
 * Refuses with `keycloak-not-taken` or `keycloak-not-built`, the tool's own last lines in the message.
 */
export async function ensureKeycloak(partsDir: string, tell: Tell = () => undefined): Promise<string> {
  const parts = resolve(partsDir)
  const home = join(parts, `keycloak-${await keycloakVersion()}`)
  const stamp = join(home, 'built-for-salter')
  const wanted = buildOptions.join(' ')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return home

  if (!(await exists(join(home, 'bin', 'kc.sh')))) {
    tell('Taking Keycloak from Maven Central (about 150 MB, once) …')
    await mkdir(parts, { recursive: true })
    // A folder left half unpacked would be taken for whole: Maven's marker goes with it.
    await rm(join(parts, 'maven'), { recursive: true, force: true })
    const maven = await run('mvn', ['-B', '-q', '-ntp', '-f', join(here, 'pom.xml'), 'process-resources', `-Dto=${parts}`])
    if (maven.code !== 0) {
      await rm(home, { recursive: true, force: true })
      throw new Refusal('invalid', 'keycloak-not-taken', {},
        `Expected Maven to bring Keycloak, but it ended with ${maven.code}, so check the network or Maven's settings, or set ` +
        `KEYCLOAK_URL:\n${maven.lastWords}`)
    }
  }
  tell('Building Keycloak for PostgreSQL (about 20 s, once) …')
  const built = await run(join(home, 'bin', 'kc.sh'), ['build', ...buildOptions], { JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m' })
  if (built.code !== 0) {
    throw new Refusal(
      'invalid', 'keycloak-not-built', {}, `Expected kc.sh build to succeed, but it ended with ${built.code}: ${built.lastWords}`,
    )
  }
  await writeFile(stamp, wanted)
  return home
}

/** Starts Keycloak on loopback and answers when it gives out its settings. Refuses with `keycloak-did-not-start`. */
export async function startKeycloak(options: KeycloakOptions): Promise<RunningKeycloak> {
  const database = new URL(options.databaseUrl)
  await layTheme(options.themeDir)
  await mkdir(dirname(options.logFile), { recursive: true })
  const log = createWriteStream(options.logFile, { flags: 'w', mode: 0o600 })
  // By environment, not by argument: arguments can be read by every account of the machine.
  const child = spawn(join(options.home, 'bin', 'kc.sh'), ['start', '--optimized'], {
    cwd: options.home,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx384m',
      // The first tier of the compiler is enough for one town's logins, and starts two seconds sooner.
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
      KC_DB_URL: `jdbc:postgresql://${database.hostname}:${database.port || 5432}${database.pathname}`,
      KC_DB_USERNAME: decodeURIComponent(database.username),
      KC_DB_PASSWORD: decodeURIComponent(database.password),
      // Each thread that serves may hold two connections, also while its password waits for a core to be hashed; who waits longer than
      // 5 s for one gets an error (its own fifty threads over twenty connections: 1 of 200 who came at once). Fewer threads lose
      // nothing, hashing is what takes the time: people wait in Keycloak's queue, and none of them meets an error.
      KC_HTTP_POOL_MAX_THREADS: '16',
      KC_DB_POOL_MAX_SIZE: '32',
      KC_HTTP_ENABLED: 'true',
      KC_HTTP_HOST: '127.0.0.1',
      KC_HTTP_PORT: String(options.port),
      KC_HOSTNAME: options.publicUrl,
      KC_CACHE: 'local',
      // It would write the secret name of the header at each request that comes without one (26.7.3, seen in its log).
      KC_LOG_LEVEL: 'warn,org.keycloak.services.x509:error',
      KC_SPI_THEME__FOLDER__DIR: resolve(options.themeDir),
      KC_SPI_X509CERT_LOOKUP__HAPROXY__SSL_CLIENT_CERT: options.certificateHeader ?? drawHeaderName(),
      KC_SPI_X509CERT_LOOKUP__HAPROXY__SSL_CERT_CHAIN_PREFIX: drawHeaderName(),
      KC_BOOTSTRAP_ADMIN_USERNAME: options.admin.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: options.admin.password,
    },
  })
  if (options.pidFile && child.pid) await writeFile(options.pidFile, String(child.pid))
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const lastWords = keepLastWords(child)
  const ended = new Promise<void>((done) => child.once('close', () => done()).once('error', () => done()))
  const loopback = `http://127.0.0.1:${options.port}`
  const started = Date.now()
  try {
    while (!(await answers(loopback))) {
      options.signal?.throwIfAborted()
      if (child.exitCode !== null || child.pid === undefined || Date.now() - started > 180_000) {
        throw new Refusal('invalid', 'keycloak-did-not-start', { log: options.logFile },
          `Expected Keycloak to start on port ${options.port}, but it did not, so read ${options.logFile}. Its last words: ${lastWords()}`)
      }
      await Promise.race([ended, new Promise((wait) => setTimeout(wait, 150))])
    }
  } catch (error) {
    await stopGroup(child, ended)
    throw error
  }
  return { url: options.publicUrl, pid: child.pid!, ended, stop: () => stopGroup(child, ended) }
}

/** A header that nobody can guess (128 bits): Keycloak listens to it alone, so who reaches it directly cannot claim a certificate. */
export function drawHeaderName(): string {
  return `salter-certificate-${randomBytes(16).toString('hex')}`
}

/** Ends a Keycloak of ours whose launcher was killed. The number may have gone to another program since: that one is left alone. */
export async function endLeftoverKeycloak(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  const command = pid ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : ''
  if (/keycloak-[\d.]+\/bin\/kc\.sh/.test(command)) {
    signalGroup(pid, 'SIGTERM')
    for (let waits = 0; waits < 200 && (await exists(`/proc/${pid}`)); waits++) await new Promise((wait) => setTimeout(wait, 50))
  }
  await rm(pidFile, { force: true })
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/realms/master/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false // the question is whether it answers, and "no" is an answer
  }
}

/** Ends kc.sh and the Java below it: they are one process group of their own. */
async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  signalGroup(child.pid, 'SIGTERM')
  const patience = setTimeout(() => signalGroup(child.pid!, 'SIGKILL'), 10_000)
  await ended
  clearTimeout(patience)
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // gone already
  }
}

async function run(
  command: string, args: string[], environment: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; lastWords: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } })
  const lastWords = keepLastWords(child)
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  return { code, lastWords: lastWords() }
}

function keepLastWords(child: ChildProcess): () => string {
  let words = ''
  const keep = (chunk: Buffer): void => void (words = (words + chunk.toString()).slice(-2000))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => words.trim()
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}
