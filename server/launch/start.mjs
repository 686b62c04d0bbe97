/**
 * The launcher's first half: plain JavaScript without any dependency, because on a fresh clone there are none.
 * It makes sure of Node, npm, the packages, Java, Maven and (for tests) Chromium, then hands over to the TypeScript beside it.
 *
 *   node server/launch/start.mjs [start | test | dev | engine | check | look | smoke] [--data DIR] [--port N] [...]
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const OLDEST_NODE = [20, 19]
const OLDEST_JAVA = 17

/** A failure that a person can mend: told without a trace. */
class Sentence extends Error {}

/** What each command needs on the machine, and what it runs then. */
const commands = {
  start: { needs: [javaAndMavenUnlessGiven], run: (rest) => tsx(['server/launch/run.ts', ...rest]) },
  dev: { needs: [javaAndMavenUnlessGiven], run: (rest) => tsx(['server/launch/dev.ts', ...rest]) },
  engine: { needs: [], run: (rest) => tsx(['server/launch/engine.ts', ...rest]) },
  test: { needs: [javaAndMaven, chromium], run: (rest) => tsx(['server/launch/test.ts', ...rest]) },
  check: { needs: [], run: (rest) => tsx(['server/launch/check.ts', ...rest]) },
  look: { needs: [javaAndMaven, chromium], run: (rest) => tsx(['server/launch/look.ts', ...rest]) },
  smoke: { needs: [javaAndMaven], run: (rest) => tsx(['server/launch/smoke.ts', ...rest]) },
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`\n${error instanceof Sentence ? error.message : error.stack}`)
  process.exit(1)
})

async function main(args) {
  const named = args[0] in commands ? args[0] : undefined
  if (!named && args[0] && !args[0].startsWith('-')) {
    throw new Sentence(
      `Expected one of ${Object.keys(commands).join(', ')}, but got ${args[0]}`,
    )
  }
  const command = commands[named ?? 'start']
  checkNode()
  // npm tells where it was called; a relative --data means there.
  process.env.INIT_CWD ??= process.cwd()
  process.chdir(root)
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  installPackages()
  for (const need of command.needs) need()
  process.exitCode = await command.run(named ? args.slice(1) : args)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  const found = `Expected Node ${OLDEST_NODE.join('.')} or newer, but this is ${process.versions.node}.`
  throw new Sentence(`${found} Install a current one, for example with: nvm install 22`)
}

/** Runs `npm ci` unless what is installed is what the lock file says; npm keeps a list of what it installed. */
function installPackages() {
  if (isInstalled()) return
  console.log('Installing npm packages from the lock file (a minute, when it changed) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const env = { ...process.env, IBM_TELEMETRY_DISABLED: 'true' }
  const { status, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', env })
  if (error?.code === 'ENOENT') throw new Sentence('Expected npm beside Node, but found none. On Debian: apt install npm')
  if (status !== 0) {
    throw new Sentence(
      `Expected npm ci to succeed, but it ended with ${status}; its reason stands above. Often the network is the cause: try again`,
    )
  }
}

function isInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return false
  // Optional packages are for other machines than this one.
  return Object.entries(wanted.packages).every(([path, { version, optional, devOptional, peer }]) =>
    path === '' || optional || devOptional || peer || installed.packages[path]?.version === version)
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** A Keycloak of the town's own needs neither here. */
function javaAndMavenUnlessGiven() {
  if (!process.env.KEYCLOAK_URL) javaAndMaven()
}

function javaAndMaven() {
  const found = javaVersion()
  if (found < OLDEST_JAVA) {
    installFromDebian(['default-jre-headless'], `Expected Java ${OLDEST_JAVA} or newer for Keycloak, but found ${found || 'none'}.`)
    if (javaVersion() < OLDEST_JAVA) {
      throw new Sentence(
        `Expected Java ${OLDEST_JAVA} or newer for Keycloak, but Debian's own is ${javaVersion() || 'none'}. Install a newer one and ` +
        'put it first in PATH',
      )
    }
  }
  // Maven brings Keycloak once; then it stays.
  const [, version] = /<keycloak\.version>([^<]+)</.exec(readFileSync(join(root, 'server', 'launch', 'pom.xml'), 'utf8'))
  const isThere = existsSync(join(root, '.data', 'parts', `keycloak-${version}`))
  if (!isThere && !answers('mvn', ['-v'])) installFromDebian(['maven'], 'Expected Maven, which brings Keycloak, but found none.')
}

function javaVersion() {
  const { stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(`${stderr}${stdout}`) ?? []
  // Java 8 calls itself 1.8.
  return Number(first === '1' ? second : first) || 0
}

function chromium() {
  const given = process.env.CHROMIUM
  if (given && !existsSync(given)) throw new Sentence(`Expected Chromium where CHROMIUM says, but there is nothing at ${given}`)
  if (given || existsSync('/usr/bin/chromium')) return
  installFromDebian(['chromium'], 'Expected Chromium at /usr/bin/chromium, or its place in CHROMIUM, but found neither.')
}

/** As root on Debian the missing packages are installed; anywhere else `sentence` is told, with the command that helps. */
function installFromDebian(packages, sentence) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && answers('apt-get', ['--version'])
  if (!mayInstall) throw new Sentence(`${sentence} ${howTo(packages)}`)
  console.log(`Installing ${packages.join(' and ')} from Debian (a few minutes, once) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status
  const install = () => aptGet('install', '-y', '-q', '--no-install-recommends', ...packages) === 0
  if (install()) return
  // A fresh machine knows of no packages yet.
  aptGet('update', '-q')
  if (!install()) throw new Sentence(`${sentence} apt-get could not install it; its reason stands above. ${howTo(packages)}`)
}

function howTo(packages) {
  const onMac = packages.map((each) => (each === 'default-jre-headless' ? 'openjdk@21' : each))
  if (process.platform === 'darwin') return `On macOS: brew install ${onMac.join(' ')}`
  if (existsSync('/etc/debian_version')) return `Install with: sudo apt install ${packages.join(' ')}`
  return `Install ${packages.join(', ')} with your system's package manager`
}

function answers(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** Runs a TypeScript file and passes on what this process is told: that one decides when all is stopped. */
function tsx(args) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((done, fail) => child.once('error', fail).once('close', (code, signal) => done(signal ? 1 : code)))
}
