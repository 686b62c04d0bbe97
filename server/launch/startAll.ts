/** Starts every part of one copy, in order, and stops them in reverse. Parts that the environment names are not started but used. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startMailCatcher } from '../channels/email/catcher.ts'
import { startMailRelay } from '../channels/email/simulator.ts'
import { startSmsCatcher } from '../channels/sms/catcher.ts'
import { makeSmsGateway } from '../channels/sms/simulator.ts'
import { startBank } from '../outside/payments/simulator.ts'
import { systemClock } from '../base/clock.ts'
import { Refusal } from '../base/errors.ts'
import { migrate } from '../db/migrate.ts'
import { prepareDatabases } from '../db/prepare.ts'
import { readMunicipalities, type Municipality } from '../zeebe/municipality.ts'
import { buildUi } from './buildUi.ts'
import { keepDemoCertificates, type DemoCertificates } from './demoAuthority/demoCertificates.ts'
import { startRevocationServer } from './demoAuthority/revocationServer.ts'
import { demoPassword } from './demoPassword.ts'
import { engineNodeOptions } from './engineNodeOptions.ts'
import { drawHeaderName, endLeftoverKeycloak, ensureKeycloak, startKeycloak, type Tell } from './keycloak.ts'
import { claimFolder } from './launcherLock.ts'
import { startPart, untilReady, type Part } from './part.ts'
import { expectFree, portsFrom, type Ports } from './ports.ts'
import { startPostgres, type RunningPostgres } from './postgres.ts'
import { prepareRealm } from './realm.ts'
import { readSecondFactorRoles } from './realm/secondFactor.ts'
import { keepSecrets, type Secrets } from './secrets.ts'

export interface StartOptions {
  /** The checkout. */
  root: string
  /** Everything this copy keeps. */
  dataDir: string
  /** The first port; the others follow. */
  port: number
  tell: Tell
  /** What replaces parts: DATABASE_URL, KEYCLOAK_URL, ZEEBE_ADDRESS, SMTP_URL, SMS_URL, PUBLIC_URL, HOST. */
  environment: Record<string, string | undefined>
  /** Restarts the server when its sources change, and leaves the pages to whoever builds them. */
  watch?: boolean
  /** A person changed their mind: what was started so far is stopped, and the start fails. */
  signal: AbortSignal
}

export interface Running {
  publicUrl: string
  keycloakUrl: string
  mailsUrl: string | undefined
  smsUrl: string | undefined
  bankUrl: string | undefined
  /** Folder with the demo citizens' certificates; none: no embedded door. */
  certificates: string | undefined
  municipalities: readonly Municipality[]
  /** Since the start, in milliseconds. */
  readyAfterMs: { withoutKeycloak: number; all: number }
  /** Settles when a part ends that should not: with its name and last words. */
  broken: Promise<string>
  stop(): Promise<void>
}

// Keycloak's own administrator, of an embedded Keycloak.
const adminName = 'salter-admin'

/** Starts everything and answers when it serves. What was started before a failure, or before `signal`, is stopped again. */
export async function startAll(options: StartOptions): Promise<Running> {
  const stops = new Stops()
  const starting = startParts(options, Date.now(), stops)
  // Whoever asks to stop shall not wait for the step under way; that one finds out by itself, below.
  const interrupted = new Promise<never>((_, fail) => {
    const stopped = new Refusal('wrong-state', 'stopped', {}, 'Stopped before everything was started.')
    options.signal.addEventListener('abort', () => fail(stopped), { once: true })
  })
  try {
    return await Promise.race([starting, interrupted])
  } catch (error) {
    await stops.all()
    await Promise.race([starting.catch(() => undefined), new Promise((wait) => setTimeout(wait, 10_000).unref())])
    throw error
  }
}

/** What must be stopped, in reverse. A part that is ready only after the stop is stopped at once. */
class Stops {
  readonly #waiting: (() => Promise<unknown>)[] = []
  #isStopped = false

  async add(stop: () => Promise<unknown>): Promise<void> {
    if (this.#isStopped) await stop()
    else this.#waiting.push(stop)
  }

  async all(): Promise<void> {
    this.#isStopped = true
    for (const stop of this.#waiting.splice(0).reverse()) await stop()
  }
}

async function startParts(options: StartOptions, started: number, stops: Stops): Promise<Running> {
  const { root, environment: given, tell, signal } = options
  const dataDir = resolve(options.dataDir)
  const ports = portsFrom(options.port)
  await mkdir(dataDir, { recursive: true })
  await stops.add(await claimFolder(dataDir))
  await endLeftoverKeycloak(join(dataDir, 'keycloak.pid'))
  await expectFree(ports, portsOfOurs(given))
  const secrets = await keepSecrets(join(dataDir, 'secrets.json'))
  const municipalities = await readMunicipalities(join(root, 'processes'))
  const publicUrl = (given.PUBLIC_URL ?? `http://localhost:${ports.web}`).replace(/\/$/, '')
  const breaks: Promise<string>[] = []
  const watchPart = async (part: Part): Promise<void> => {
    await stops.add(() => part.stop())
    breaks.push(part.ended.then(() => `${part.name} ended. Its last words:\n${part.lastWords()}`))
  }

  const databases = await startDatabases(dataDir, ports, secrets, given, tell, stops, breaks)
  const mail = given.SMTP_URL ? { smtpUrl: given.SMTP_URL, url: undefined } : await startMail(dataDir, ports, stops)
  const sms = given.SMS_URL ? undefined : await startSms(ports, secrets, stops)
  const bank = given.PAYMENTS_HOOK_SECRET ? undefined : await startDemoBank(ports, secrets, stops)
  const smtp = { url: mail.smtpUrl, from: given.MAIL_FROM ?? 'salter@sombor.example' }

  const door = given.KEYCLOAK_URL ? undefined : await startDemoAuthorities(dataDir, ports, municipalities, stops)
  const loginNeeds = { dataDir, ports, secrets, publicUrl, databaseUrl: databases.keycloak, smtp, municipalities, door }
  const keycloak = startLogin(options, loginNeeds, stops, breaks)
  // Its failure is told below, where it is awaited; until then it must not count as unhandled.
  keycloak.catch(() => undefined)

  // While someone writes, `npm run dev` builds the pages beside us.
  await Promise.all([migrate(databases.owner), options.watch ? undefined : buildUi(root, tell)])
  signal.throwIfAborted()
  const environment = serverEnvironment({ given, root, dataDir, ports, secrets, publicUrl, databases, smtp, mailsUrl: mail.url, sms, bank, door })
  const admin = { KEYCLOAK_ADMIN_USERNAME: adminName, KEYCLOAK_ADMIN_PASSWORD: secrets.keycloakAdminPassword }
  await keepEnvironment(dataDir, environment, admin)
  const main = ['--import', 'tsx', join(root, 'server', 'main.ts')]
  const part = (name: string, args: readonly string[], change: Record<string, string | undefined> = {}): Promise<Part> =>
    startPart({ name, args, cwd: root, environment: { ...environment, ...change }, logFile: join(dataDir, 'logs', `${name}.log`) })

  // Wherever the web server listens, the engine asks nobody who they are, so it stays on loopback.
  if (!given.ZEEBE_ADDRESS) await watchPart(await part('engine', [...engineNodeOptions, ...main, 'engine'], { HOST: '127.0.0.1' }))
  tell('Starting the server …')
  const server = await part('server', options.watch ? ['--watch', '--watch-preserve-output', ...main] : main)
  await watchPart(server)
  await untilReady(server, () => says(`http://127.0.0.1:${ports.web}/health`, 200), 60_000)
  const withoutKeycloak = Date.now() - started

  const keycloakUrl = await keycloak
  await untilReady(server, () => says(`http://127.0.0.1:${ports.web}/ready`, 200), 60_000)
  return {
    publicUrl,
    keycloakUrl,
    mailsUrl: mail.url,
    smsUrl: sms?.SMS_CATCHER_URL,
    bankUrl: bank?.BANK_SIMULATOR_URL,
    certificates: door?.certificates.folder,
    municipalities,
    readyAfterMs: { withoutKeycloak, all: Date.now() - started },
    broken: Promise.race(breaks),
    stop: () => stops.all(),
  }
}

/** Ports which this copy will listen on itself; PostgreSQL looks after its own, because one left behind is taken over. */
function portsOfOurs(given: StartOptions['environment']): (keyof Ports)[] {
  return [
    'web',
    ...(given.KEYCLOAK_URL ? [] : (['keycloak', 'certificates', 'authority'] as const)),
    ...(given.ZEEBE_ADDRESS ? [] : (['zeebe', 'zeebeRest'] as const)),
    ...(given.SMTP_URL ? [] : (['mails', 'smtp'] as const)),
    ...(given.SMS_URL ? [] : (['sms'] as const)),
    ...(given.PAYMENTS_HOOK_SECRET ? [] : (['bank'] as const)),
  ]
}

interface DatabaseAddresses {
  owner: string
  app: string
  keycloak: string
}

async function startDatabases(
  dataDir: string, ports: Ports, secrets: Secrets, given: StartOptions['environment'], tell: Tell, stops: Stops, breaks: Promise<string>[],
): Promise<DatabaseAddresses> {
  const ofTheTown = given.DATABASE_URL
  if (ofTheTown && !given.DATABASE_OWNER_URL) {
    throw new Error(
      'Expected DATABASE_OWNER_URL beside DATABASE_URL: the role salter_owner migrates, salter_app serves',
    )
  }
  if (ofTheTown && given.KEYCLOAK_URL) return { owner: given.DATABASE_OWNER_URL!, app: ofTheTown, keycloak: '' }
  tell('Starting PostgreSQL …')
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres, durable: true })
  await stops.add(() => postgres.stop())
  // Without it nothing can be kept: better an end in order, and a start that recovers, than pages that fail one by one.
  breaks.push(postgres.ended.then(() => `PostgreSQL ended. ${lastWordsOf(postgres)}`))
  const own = await prepareDatabases(postgres.url, secrets)
  return ofTheTown ? { ...own, owner: given.DATABASE_OWNER_URL!, app: ofTheTown } : own
}

function lastWordsOf(postgres: RunningPostgres): string {
  return postgres.lastWords() ? `Its last words:\n${postgres.lastWords()}` : 'The next start recovers what it had kept.'
}

async function startMail(dataDir: string, ports: Ports, stops: Stops): Promise<{ smtpUrl: string; url: string }> {
  const relay = await startMailRelay({ port: ports.smtp, folder: join(dataDir, 'mail') })
  await stops.add(() => relay.close())
  const catcher = await startMailCatcher(relay, ports.mails)
  await stops.add(() => catcher.close())
  return { smtpUrl: `smtp://127.0.0.1:${relay.port}`, url: catcher.url }
}

/** The embedded SMS simulator's part of the settings. */
type SmsEnvironment = Record<'SMS_URL' | 'SMS_AUTHORIZATION' | 'SMS_HOOK_SECRET' | 'SMS_CATCHER_URL', string>

async function startSms(ports: Ports, { smsKey, smsHookSecret }: Secrets, stops: Stops): Promise<SmsEnvironment> {
  const authorization = `Bearer ${smsKey}`
  const catcher = await startSmsCatcher(makeSmsGateway({ authorization, hookSecret: smsHookSecret }), ports.sms)
  await stops.add(() => catcher.close())
  return {
    SMS_URL: `http://127.0.0.1:${ports.sms}/messages`,
    SMS_AUTHORIZATION: authorization,
    SMS_HOOK_SECRET: smsHookSecret,
    SMS_CATCHER_URL: catcher.url,
  }
}

type BankEnvironment = Record<'PAYMENTS_HOOK_SECRET' | 'BANK_SIMULATOR_URL', string>

async function startDemoBank(ports: Ports, { paymentsHookSecret }: Secrets, stops: Stops): Promise<BankEnvironment> {
  const bank = await startBank({ port: ports.bank, hooks: `http://127.0.0.1:${ports.web}`, hookSecret: paymentsHookSecret })
  await stops.add(() => bank.close())
  return { PAYMENTS_HOOK_SECRET: paymentsHookSecret, BANK_SIMULATOR_URL: bank.url }
}

/** The embedded certificate door's part of the settings. */
interface DemoDoor {
  url: string
  /** Drawn anew at each start, and told to Keycloak and the server only. */
  header: string
  certificates: DemoCertificates
}

async function startDemoAuthorities(
  dataDir: string, ports: Ports, municipalities: readonly Municipality[], stops: Stops,
): Promise<DemoDoor> {
  const authority = await startRevocationServer({ port: ports.authority, clock: systemClock })
  await stops.add(() => authority.close())
  const certificates = await keepDemoCertificates(join(dataDir, 'demo-certificates'), municipalities, authority.url, systemClock.now())
  authority.serve(...certificates.authorities)
  for (const serial of certificates.revoked) authority.revoke(serial)
  return { url: `https://localhost:${ports.certificates}`, header: drawHeaderName(), certificates }
}

interface LoginNeeds {
  dataDir: string
  ports: Ports
  secrets: Secrets
  publicUrl: string
  databaseUrl: string
  smtp: { url: string; from: string }
  municipalities: readonly Municipality[]
  door: DemoDoor | undefined
}

async function startLogin(
  { root, environment: given, tell, signal }: StartOptions, needs: LoginNeeds, stops: Stops, breaks: Promise<string>[],
): Promise<string> {
  const { dataDir, ports, secrets, publicUrl, databaseUrl, smtp, municipalities, door } = needs
  const doorUrl = door?.url ?? given.CERTIFICATE_DOOR_URL?.replace(/\/$/, '')
  const realm = {
    realm: given.KEYCLOAK_REALM ?? 'salter', publicUrl, smtp, municipalities, demoPassword,
    secondFactor: readSecondFactorRoles(given.SECOND_FACTOR_ROLES ?? ''),
    clientSecret: given.KEYCLOAK_CLIENT_SECRET ?? secrets.clientSecret,
    serviceSecret: given.KEYCLOAK_SERVICE_SECRET ?? secrets.serviceSecret,
    ...(doorUrl && { doorUrl, doorSecret: door ? secrets.doorSecret : given.KEYCLOAK_DOOR_SECRET ?? secrets.doorSecret }),
  }
  if (given.KEYCLOAK_URL) {
    const url = given.KEYCLOAK_URL.replace(/\/$/, '')
    const password = given.KEYCLOAK_ADMIN_PASSWORD
    // Without its administrator's password, the town has prepared the realm itself.
    if (password) await prepareRealm({ ...realm, url, admin: { username: given.KEYCLOAK_ADMIN_USERNAME ?? 'admin', password } })
    return url
  }
  const home = await ensureKeycloak(join(root, '.data', 'parts'), tell)
  tell('Starting Keycloak (about 6 s, the first time 20 s) …')
  const admin = { username: adminName, password: secrets.keycloakAdminPassword }
  const keycloak = await startKeycloak({
    home, port: ports.keycloak, publicUrl: `http://localhost:${ports.keycloak}`, databaseUrl, admin,
    themeDir: join(dataDir, 'theme'), logFile: join(dataDir, 'logs', 'keycloak.log'), pidFile: join(dataDir, 'keycloak.pid'), signal,
    ...(door && { certificateHeader: door.header }),
  })
  await stops.add(() => keycloak.stop())
  breaks.push(keycloak.ended.then(() => `Keycloak ended, so read ${join(dataDir, 'logs', 'keycloak.log')}`))
  tell('Bringing the realm to what the product needs …')
  await prepareRealm({ ...realm, url: keycloak.url, admin })
  return keycloak.url
}

/** The settings of the running server, for `npm run seed`; they are secret like the file of secrets beside them. */
async function keepEnvironment(
  dataDir: string, environment: Record<string, string | undefined>, more: Record<string, string>,
): Promise<void> {
  await writeFile(join(dataDir, 'environment.json'), `${JSON.stringify({ ...environment, ...more }, null, 2)}\n`, { mode: 0o600 })
}

interface ServerNeeds {
  given: StartOptions['environment']
  root: string
  dataDir: string
  ports: Ports
  secrets: Secrets
  publicUrl: string
  databases: DatabaseAddresses
  smtp: { url: string; from: string }
  mailsUrl: string | undefined
  sms: SmsEnvironment | undefined
  bank: BankEnvironment | undefined
  door: DemoDoor | undefined
}

function serverEnvironment(
  { given, root, dataDir, ports, secrets, publicUrl, databases, smtp, mailsUrl, sms, bank, door }: ServerNeeds,
): Record<string, string | undefined> {
  return {
    DATABASE_URL: databases.app,
    DATABASE_OWNER_URL: databases.owner,
    KEYCLOAK_URL: given.KEYCLOAK_URL ?? `http://localhost:${ports.keycloak}`,
    KEYCLOAK_REALM: given.KEYCLOAK_REALM,
    KEYCLOAK_CLIENT_SECRET: given.KEYCLOAK_CLIENT_SECRET ?? secrets.clientSecret,
    KEYCLOAK_SERVICE_SECRET: given.KEYCLOAK_SERVICE_SECRET ?? secrets.serviceSecret,
    ZEEBE_ADDRESS: given.ZEEBE_ADDRESS ?? `127.0.0.1:${ports.zeebe}`,
    ZEEBE_REST_ADDRESS: given.ZEEBE_REST_ADDRESS,
    ENGINE_PORT: given.ZEEBE_ADDRESS ? undefined : String(ports.zeebe),
    ENGINE_HISTORY_MONTHS: given.ENGINE_HISTORY_MONTHS,
    PUBLIC_URL: publicUrl,
    PORT: String(ports.web),
    HOST: given.HOST,
    SMTP_URL: smtp.url,
    MAIL_FROM: smtp.from,
    MAIL_CATCHER_URL: mailsUrl,
    ...(sms ?? smsEnvironment(given)),
    SMS_SENDER: given.SMS_SENDER,
    ...(bank ?? { PAYMENTS_HOOK_SECRET: given.PAYMENTS_HOOK_SECRET }),
    FILES_DIR: join(dataDir, 'files'),
    PROCESSES_DIR: join(root, 'processes'),
    UI_DIR: join(root, 'dist', 'ui'),
    SECRET_KEY: given.SECRET_KEY ?? secrets.secretKey,
    DEMO: 'true',
    ...doorEnvironment(given, ports, secrets, door),
  }
}

/** Of the town's own gateway. */
function smsEnvironment(given: StartOptions['environment']): Record<string, string | undefined> {
  const { SMS_URL, SMS_AUTHORIZATION, SMS_TEMPLATE, SMS_HOOK_SECRET } = given
  return { SMS_URL, SMS_AUTHORIZATION, SMS_TEMPLATE, SMS_HOOK_SECRET }
}

/** Of the embedded door; beside a Keycloak of the town's own, what the town says. */
function doorEnvironment(
  given: StartOptions['environment'], ports: Ports, secrets: Secrets, door: DemoDoor | undefined,
): Record<string, string | undefined> {
  if (!door) {
    const names = Object.keys(given).filter((name) => name.startsWith('CERTIFICATE_DOOR_') || name === 'KEYCLOAK_DOOR_SECRET')
    return Object.fromEntries(names.map((name) => [name, given[name]]))
  }
  return {
    CERTIFICATE_DOOR_PORT: String(ports.certificates),
    CERTIFICATE_DOOR_URL: door.url,
    CERTIFICATE_DOOR_TLS_CERTIFICATE: door.certificates.door.certificate,
    CERTIFICATE_DOOR_TLS_KEY: door.certificates.door.key,
    CERTIFICATE_DOOR_TRUST: door.certificates.trust,
    SIGNATURE_TRUST: given.SIGNATURE_TRUST ?? door.certificates.trust,
    CERTIFICATE_DOOR_HEADER: door.header,
    KEYCLOAK_DOOR_SECRET: secrets.doorSecret,
  }
}

async function says(url: string, status: number): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await reply.arrayBuffer()
    return reply.status === status
  } catch {
    return false // the question is whether it answers, and "no" is an answer
  }
}
