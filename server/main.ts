/**
 * The only file that knows every room. As a program:
 *
 *   node --import tsx server/main.ts            web server, workers and loops
 *   node --import tsx server/main.ts engine     the embedded process engine, a process of its own
 *   node --import tsx server/main.ts migrate    brings the database up to date and ends
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { systemClock, type Clock } from './base/clock.ts'
import { readConfig, readEngineConfig, type Config } from './base/config.ts'
import { Outage } from './base/errors.ts'
import { makeLog, type Log } from './base/log.ts'
import type { ShelvedPackage } from './cases/context.ts'
import { tenantsWithWork } from './cases/store/outboxRows.ts'
import { migrate } from './db/migrate.ts'
import { openPool } from './db/pool.ts'
import { serve } from './http/app.ts'
import { openCertificateDoor } from './http/certificateDoor/index.ts'
import { connectKeycloak } from './identity/keycloak.ts'
import { makeKeys } from './identity/keys.ts'
import { engineToken, openTowns, type ServedTown } from './towns.ts'
import { workers } from './workers/index.ts'
import { startDeletingExpired } from './workers/loops/deleteExpired.ts'
import { startFillingTraining } from './workers/loops/fillTraining.ts'
import { startFollowingTowns } from './workers/loops/followTowns.ts'
import { startOutbox } from './workers/loops/deliverOutbox.ts'
import { startProvingTasks } from './workers/loops/proveTasks.ts'
import { workerOptions } from './workers/run.ts'
import { connectZeebe, type ZeebeClient } from './zeebe/client.ts'
import { deployPackage } from './zeebe/deployProcesses.ts'
import { openWorkers } from './zeebe/jobWorker.ts'

/** Everything that runs, and how to stop it. */
export interface Server {
  url: string
  close(): Promise<void>
}

/** Starts web server, workers and loops. Serves at once; what the engine must know follows as soon as it answers. */
export async function startServer(config: Config, log: Log, clock: Clock = systemClock): Promise<Server> {
  if (config.DATABASE_OWNER_URL) for (const name of await migrate(config.DATABASE_OWNER_URL)) log.info('migrated', { name })
  const pool = openPool(config.DATABASE_URL, { max: 20 })
  const zeebe = connectZeebe({
    address: config.ZEEBE_ADDRESS, log, secure: config.ZEEBE_TLS, token: engineToken(config, clock),
  })
  const towns = await openTowns(config, pool, zeebe, log, clock)
  const { contextFor } = towns
  const keycloak = connectKeycloak(config, clock)
  const deployment = keepDeploying(zeebe, log, clock)
  for (const town of towns.served.values()) deployment.add(town)
  towns.onTown(deployment.add)

  const outbox = startOutbox({
    tenantsWithWork: (atMs) => tenantsWithWork(pool, atMs), isDeployed: deployment.isDone, contextFor, clock, log,
  })
  towns.onOutbox(outbox.wake)
  const loop = { towns: async () => towns.all.map(({ id }) => id), contextFor, clock, log }
  const loops = [outbox, startProvingTasks(loop), startDeletingExpired(loop), startFollowingTowns({ refresh: towns.refresh, clock, log })]
  const copies = (): string[] => towns.all.filter(({ trainingOf }) => trainingOf).map(({ id }) => id)
  loops.push(startFillingTraining({ copies, contextFor, clock, log }))
  const jobs = openWorkers(zeebe, workers, workerOptions(contextFor, log))

  const web = await serve(config, {
    towns: () => towns.all,
    contextFor,
    keycloak,
    keys: makeKeys(config.SECRET_KEY),
    clock,
    log,
    links: [
      { system: 'email', mode: config.MAIL_CATCHER_URL ? 'simulator' : 'live' },
      { system: 'sms', mode: !config.SMS_URL ? 'off' : config.SMS_CATCHER_URL ? 'simulator' : 'live' },
      { system: 'payments', mode: !config.PAYMENTS_HOOK_SECRET ? 'off' : config.BANK_SIMULATOR_URL ? 'simulator' : 'live' },
      { system: 'signatures', mode: !config.SIGNATURE_TRUST ? 'off' : config.DEMO ? 'simulator' : 'live' },
    ],
    async ready() {
      await pool.raw('SELECT 1').catch((cause: unknown) => {
        throw new Outage('postgres', cause)
      })
      await zeebe.topology()
      await keycloak.check()
      deployment.expectDone()
    },
  })
  const door = await openCertificateDoor(config, { towns: () => towns.all, contextFor, keys: makeKeys(config.SECRET_KEY), clock, log })
  log.info('serving', { url: web.url, ...(door && { certificateDoor: door.port }) })
  return {
    url: web.url,
    // From the door inwards: nothing new comes in, then what is under way ends, then the neighbors are left.
    async close() {
      await door?.close()
      await web.close()
      deployment.close()
      await jobs.close()
      for (const each of loops) await each.close()
      await zeebe.close()
      await pool.destroy()
    },
  }
}

/** Again after 1 s while the engine is away; one that is there answers in a few milliseconds. */
const PATIENCE_MS = 1000

interface Deployment {
  /** Also a town's that joins later. */
  add(town: ServedTown): void
  /** Whether the engine has all of a town's procedures. */
  isDone(tenantId: string): boolean
  /** Throws an Outage while something is missing. */
  expectDone(): void
  close(): void
}

/** Brings every town's packages to the engine. One that is refused keeps the rest from nothing, but the server is not ready then. */
function keepDeploying(zeebe: ZeebeClient, log: Log, clock: Clock): Deployment {
  const waiting: { tenantId: string; pack: ShelvedPackage }[] = []
  const refused: string[] = []
  let isClosed = false
  let isAtWork = false
  let cancel = (): void => undefined

  const deployNext = async (): Promise<void> => {
    isAtWork = true
    for (let next = waiting[0]; next && !isClosed; next = waiting[0]) {
      const facts = { tenant: next.tenantId, procedure: next.pack.procedure.id, version: next.pack.version }
      try {
        await deployPackage(zeebe, next.pack, next.tenantId, next.pack.version)
        log.info('deployed', facts)
      } catch (error) {
        if (error instanceof Outage) {
          cancel = clock.at(clock.now() + PATIENCE_MS, () => void deployNext())
          return
        }
        refused.push(`${facts.tenant} ${facts.procedure}`)
        log.error('package-refused', { ...facts, error })
      }
      waiting.shift()
    }
    isAtWork = false
  }

  return {
    add({ tenant, shelf }) {
      waiting.push(...shelf.offered().map((pack) => ({ tenantId: tenant.id, pack })))
      if (!isAtWork) void deployNext()
    },
    isDone: (tenantId) => !waiting.some((each) => each.tenantId === tenantId),
    expectDone() {
      if (refused.length === 0 && waiting.length === 0) return
      const fault = refused.length > 0 ? `it refused ${refused.join(', ')}` : `${waiting.length} are still to come`
      throw new Outage('zeebe', new Error(`Expected the engine to have every procedure, but ${fault}`))
    },
    close() {
      isClosed = true
      cancel()
    },
  }
}

/** The embedded engine, for as long as the process lives. Tells a launcher its port as soon as it takes calls. */
async function startEngineProcess(environment: Environment, log: Log): Promise<Pick<Server, 'close'>> {
  const config = readEngineConfig(environment)
  const { ENGINE_TOKEN_ISSUER: issuer, ENGINE_TOKEN_AUDIENCE: audience, ENGINE_TLS_CERTIFICATE, ENGINE_TLS_KEY } = config
  // Only here: a server beside a Zeebe cluster never loads the engine.
  const { serveEngine } = await import('./engine/serve.ts')
  const engine = await serveEngine({
    databaseUrl: config.ENGINE_MEMORY ? undefined : config.DATABASE_OWNER_URL,
    host: config.HOST,
    port: config.ENGINE_PORT,
    historyMonths: config.ENGINE_HISTORY_MONTHS,
    log,
    tokens: issuer && audience ? { issuer, audience } : undefined,
    tls: ENGINE_TLS_CERTIFICATE && ENGINE_TLS_KEY
      ? { certificate: await readFile(ENGINE_TLS_CERTIFICATE), key: await readFile(ENGINE_TLS_KEY) }
      : undefined,
  })
  process.send?.({ servingOn: engine.port })
  return engine
}

type Environment = Record<string, string | undefined>

const programs: Record<string, (environment: Environment, log: Log) => Promise<Pick<Server, 'close'> | undefined>> = {
  server: (environment, log) => startServer(readConfig(environment), log),
  engine: startEngineProcess,
  async migrate(environment) {
    const config = readConfig(environment)
    if (!config.DATABASE_OWNER_URL) throw new Error('Expected DATABASE_OWNER_URL, because only salter_owner migrates')
    await migrate(config.DATABASE_OWNER_URL)
    return undefined
  },
}

async function main(name: string): Promise<void> {
  const program = programs[name]
  if (!program) throw new Error(`Expected one of ${Object.keys(programs).join(', ')}, but got ${name}`)
  const log = makeLog({ program: name })
  const running = await program(process.env, log)
  if (!running) return
  const stop = async (reason: string): Promise<void> => {
    log.info('stopping', { reason })
    // A neighbor that never answers must not keep the process: what is under way is safe to break, and comes again.
    setTimeout(() => process.exit(1), 12_000).unref()
    await running.close()
    process.exit(0)
  }
  let asked = false
  const stopOnce = (reason: string): void => {
    if (asked) return
    asked = true
    stop(reason).catch((error: unknown) => {
      log.error('stop-failed', { error })
      process.exit(1)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopOnce(signal))
  // The launcher holds the other end: when it is gone, however it went, so are we.
  if (process.channel) process.on('disconnect', () => stopOnce('launcher gone'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv[2] ?? 'server').catch((error: unknown) => {
    // Settings that are not right are told as sentences; a trace below helps with everything else.
    process.stderr.write(`${error instanceof Error ? `${error.message}\n${error.stack}` : String(error)}\n`)
    process.exit(1)
  })
}
