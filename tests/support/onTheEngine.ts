import { systemClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import type { CaseEvent, Context } from '../../server/cases/context.ts'
import { tenantsWithWork } from '../../server/cases/store/outboxRows.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { workers } from '../../server/workers/index.ts'
import { startOutbox, type OutboxLoop } from '../../server/workers/loops/deliverOutbox.ts'
import { workerOptions } from '../../server/workers/run.ts'
import { connectZeebe } from '../../server/zeebe/client.ts'
import { deployPackage } from '../../server/zeebe/deployProcesses.ts'
import { openWorkers } from '../../server/zeebe/jobWorker.ts'
import type { TestTown } from './town.ts'

/** Towns of one database whose cases go their whole way on real parts: outbox, gRPC, the engine on PostgreSQL, workers, PDF. */
export interface TownsOnEngine {
  /** What a verb is given in the town, with the real engine behind it. */
  contextFor(town: TestTown, actor: Actor): Context
  outbox: OutboxLoop
  /** Ends what was started here; the towns stay. */
  close(): Promise<void>
}

/** Starts engine, outbox and workers for the towns, and deploys what they offer. */
export async function startOnEngine(...towns: readonly [TestTown, ...TestTown[]]): Promise<TownsOnEngine> {
  const [{ database, pool }] = towns
  const engine = await serveEngine({ databaseUrl: database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog })
  const zeebe = connectZeebe({ address: `127.0.0.1:${engine.port}`, log: quietLog })
  for (const { packages, tenant } of towns) {
    for (const pack of packages.offered()) await deployPackage(zeebe, pack, tenant.id, pack.version)
  }
  const contextFor = (town: TestTown, actor: Actor): Context =>
    ({ ...town.contextFor(actor), engine: zeebe, clock: systemClock, wakeOutbox: () => outbox.wake() })
  const contextById = (tenantId: string, actor: Actor): Context => {
    const town = towns.find(({ tenant }) => tenant.id === tenantId)
    if (!town) throw new Error(`Expected work of the towns on the engine, but some is of ${tenantId}`)
    return contextFor(town, actor)
  }
  const outbox = startOutbox({
    tenantsWithWork: (atMs) => tenantsWithWork(pool, atMs),
    contextFor: contextById,
    clock: systemClock,
    log: quietLog,
  })
  const jobs = openWorkers(zeebe, workers, workerOptions(contextById, quietLog))
  return {
    contextFor,
    outbox,
    async close() {
      await jobs.close()
      await outbox.close()
      await zeebe.close()
      await engine.close()
    },
  }
}

/** The next event of the town that is meant. Ask before doing what makes it happen. */
export function heard(town: TestTown, isMeant: (event: CaseEvent) => boolean): Promise<CaseEvent> {
  return new Promise((resolve) => {
    const stop = town.contextFor(systemActor('test')).events.subscribe(town.tenant.id, (event) => {
      if (!isMeant(event)) return
      stop()
      resolve(event)
    })
  })
}
