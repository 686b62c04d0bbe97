/**
 * The launcher's first half: plain JavaScript without any dependency, because on a fresh clone there are none.
 * It makes sure of Node, npm, the packages, Java, Maven and (for tests) Chromium, then hands over to the TypeScript beside it.
 *
 *   node server/launch/start.mjs [start | test | dev | check | look | smoke] [--data DIR] [--port N] [...]
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const OLDEST_NODE = [20, 19]
const OLDEST_JAVA = 17

/** What each command needs on the machine, and what it runs then. */
const commands = {
  start: { needs: [javaAndMaven], run: (rest) => tsx(['server/launch/run.ts', ...rest]) },
  dev: { needs: [javaAndMaven], run: (rest) => tsx(['server/launch/dev.ts', ...rest]) },
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
  if (!named && args[0] && !args[0].startsWith('-')) throw new Sentence(`Expected one of ${Object.keys(commands).join(', ')}, but got ${args[0]}`)
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

/** A failure that a person can mend: told without a trace. */
class Sentence extends Error {}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Sentence(`Expected Node ${OLDEST_NODE.join('.')} or newer, but this is ${process.versions.node}. Install a current one, for example with: nvm install 22`)
}

/** Runs `npm ci` unless what is installed is what the lock file says; npm keeps a list of what it installed. */
function installPackages() {
  if (isInstalled()) return
  console.log('Installing npm packages from the lock file (a minute, when it changed) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', env: { ...process.env, IBM_TELEMETRY_DISABLED: 'true' } })
  if (error?.code === 'ENOENT') throw new Sentence('Expected npm beside Node, but found none. On Debian: apt install npm')
  if (status !== 0) throw new Sentence(`Expected npm ci to succeed, but it ended with ${status}; its reason stands above. Often the network is the cause: try again`)
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

function javaAndMaven() {
  if (process.env.KEYCLOAK_URL && !process.env.CI) return
  // Maven is only asked once: it brings Keycloak, which then stays.
  const keycloak = join(root, '.data', 'parts', `keycloak-${/<keycloak\.version>([^<]+)</.exec(readFileSync(join(root, 'server/launch/pom.xml'), 'utf8'))[1]}`)
  const missing = [...(javaVersion() >= OLDEST_JAVA ? [] : ['default-jre-headless']), ...(existsSync(keycloak) || answers('mvn', ['-v']) ? [] : ['maven'])]
  if (missing.length === 0) return
  installFromDebian(missing)
  if (javaVersion() < OLDEST_JAVA) throw new Sentence(`Expected Java ${OLDEST_JAVA} or newer for Keycloak, but found ${javaVersion() || 'none'}. ${howTo(['openjdk-17-jre-headless'])}`)
}

function javaVersion() {
  const { stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(`${stderr}${stdout}`) ?? []
  // Java 8 calls itself 1.8.
  return Number(first === '1' ? second : first) || 0
}

function chromium() {
  if (process.env.CHROMIUM) {
    if (!existsSync(process.env.CHROMIUM)) throw new Sentence(`Expected Chromium at CHROMIUM, but there is nothing at ${process.env.CHROMIUM}`)
    return
  }
  if (!existsSync('/usr/bin/chromium')) installFromDebian(['chromium'])
}

/** As root on Debian the missing packages are installed; anywhere else the command is told. */
function installFromDebian(packages) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && answers('apt-get', ['--version'])
  if (!mayInstall) throw new Sentence(`Expected ${packages.join(' and ')} on this machine, but found none. ${howTo(packages)}`)
  console.log(`Installing ${packages.join(' and ')} from Debian (a few minutes, once) …`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () => spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).status
  if (install() === 0) return
  // A fresh machine knows of no packages yet.
  spawnSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
  if (install() !== 0) throw new Sentence(`Expected apt-get to install ${packages.join(' and ')}, but it did not; its reason stands above. ${howTo(packages)}`)
}

function howTo(packages) {
  if (process.platform === 'darwin') return `On macOS: brew install ${packages.map((each) => ({ maven: 'maven', chromium: '--cask chromium' })[each] ?? 'openjdk@21').join(' ')}`
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
