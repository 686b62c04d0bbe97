import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../server/base/config.ts'
import { makeLog } from '../../server/base/log.ts'
import { startMailRelay, type CaughtMail, type MailRelay } from '../../server/channels/email/simulator.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { startServer } from '../../server/main.ts'
import type { DemoAuthority } from '../../server/launch/demoAuthority/authority.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { doorSettings } from './door.ts'
import { testRealm, type TestRealm } from './keycloak.ts'
import { expectNoPersonalNumbers } from './personalNumbers.ts'
import { testDatabase } from './postgres.ts'

/** The whole product as it runs: web server, workers, engine over gRPC, PostgreSQL, Keycloak, SMTP. */
export interface System {
  url: string
  /** Its realm of the test run's Keycloak. */
  realm: TestRealm
  /** Of the certificate door; empty: there is none. */
  doorUrl: string
  mail: MailRelay
  /** The newest mail to this address; waits for it if it has not come yet. */
  mailTo(address: string): Promise<CaughtMail>
  /** Lines of the log, for what a journey wants to know afterwards. */
  log: string[]
  engine: { address: string; readAddress: string; stop(): Promise<void>; start(): Promise<void> }
  /** Stops everything. Fails when the log has a personal number in it. */
  close(): Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

/**
 * Starts the whole product on free ports with a database and a realm of its own, with other procedures than those that ship if
 * asked; with authorities, it has a certificate door that trusts them.
 */
export async function startSystem(
  { processesDir = join(root, 'processes'), authorities }: { processesDir?: string; authorities?: readonly DemoAuthority[] } = {},
): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-system-'))
  const [port, enginePort, readPort] = [await freePort(), await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const readAddress = `http://127.0.0.1:${readPort}`
  const database = await testDatabase()
  const door = authorities && { port: await freePort(), authorities }
  const doorUrl = door && `https://localhost:${door.port}`
  const mail = await startMailRelay({ port: 0 })
  const smtp = { url: `smtp://127.0.0.1:${mail.port}`, from: 'salter@sombor.example' }
  const realm = await testRealm(url, await readMunicipalities(join(root, 'processes')), { smtp, ...(doorUrl && { doorUrl }) })
  const lines: string[] = []
  const log = makeLog({}, (line) => void lines.push(line))
  const startEngine = () => serveEngine({ databaseUrl: database.ownerUrl, port: enginePort, readPort, host: '127.0.0.1', log })
  let engine: Awaited<ReturnType<typeof startEngine>> | undefined = await startEngine()
  const server = await startServer(
    readConfig({
      DATABASE_URL: database.appUrl,
      KEYCLOAK_URL: realm.url,
      KEYCLOAK_REALM: realm.realm,
      KEYCLOAK_CLIENT_SECRET: realm.clientSecret,
      KEYCLOAK_SERVICE_SECRET: realm.serviceSecret,
      ZEEBE_ADDRESS: `127.0.0.1:${enginePort}`,
      ZEEBE_REST_ADDRESS: readAddress,
      PUBLIC_URL: url,
      PORT: String(port),
      SMTP_URL: smtp.url,
      MAIL_FROM: smtp.from,
      FILES_DIR: join(folder, 'files'),
      PROCESSES_DIR: processesDir,
      UI_DIR: join(root, 'dist', 'ui'),
      SECRET_KEY: 'a key for tests, long enough to be one',
      DEMO: 'true',
      ...(door && await doorSettings({ ...door, realm, folder })),
    }),
    log,
  )
  return {
    url,
    realm,
    doorUrl: doorUrl ?? '',
    mail,
    log: lines,
    mailTo: (address) => firstMail(mail, address),
    engine: {
      address: `127.0.0.1:${enginePort}`,
      readAddress,
      async stop() {
        await engine?.close()
        engine = undefined
      },
      async start() {
        engine ??= await startEngine()
      },
    },
    async close() {
      await server.close()
      await engine?.close()
      await mail.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
      // Whatever a journey did, what it left in the log says nothing of a person's number.
      expectNoPersonalNumbers(lines)
    },
  }
}

/** The mail that comes, or has come: an event, no clock. */
function firstMail(mail: MailRelay, address: string): Promise<CaughtMail> {
  const known = mail.mails().find((each) => each.to.includes(address))
  if (known) return Promise.resolve(known)
  return new Promise((resolve) => {
    const stop = mail.onMail((each) => {
      if (!each.to.includes(address)) return
      stop()
      resolve(each)
    })
  })
}
