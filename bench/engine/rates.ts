/** Goals 1, 2 and 4: whole instances per second, how long a command takes, and what a finished instance leaves behind. */
import { systemClock } from '../../server/base/clock.ts'
import { makeLog } from '../../server/base/log.ts'
import { startEngine } from '../../server/engine/engine.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { inProcess } from './callers.ts'
import type { BenchDatabase } from './postgres.ts'
import { runClientProcess, startGatewayProcess } from './processes.ts'
import { runWorkload, workloadDiagram, type Measured } from './workload.ts'

/** Numbers of clients that peers were measured with, too. */
export const clientCounts = [1, 4, 16] as const

export type Clients = (typeof clientCounts)[number]

export type Direct = Measured & { commits: number; cpuMs: number }

const log = makeLog({}, (line) => process.stderr.write(line + '\n'))

export async function measureInProcess(database: BenchDatabase, seconds: number): Promise<Record<Clients, Direct>> {
  const store = postgresStore({ url: database.ownerUrl, holder: 'bench', clock: systemClock, log })
  const engine = await startEngine({ store, log })
  const caller = inProcess(engine)
  await caller.deploy(await workloadDiagram())
  await runWorkload(caller, 16, 2) // warm
  const measured: Partial<Record<Clients, Direct>> = {}
  for (const clients of clientCounts) {
    const before = engine.facts().commits
    const cpu = process.cpuUsage()
    const run = await runWorkload(caller, clients, seconds)
    const { user, system } = process.cpuUsage(cpu)
    measured[clients] = { ...run, commits: engine.facts().commits - before, cpuMs: (user + system) / 1000 / run.instances }
  }
  await engine.close()
  return measured as Record<Clients, Direct>
}

/** Engine and clients in a process each, as in production. */
export async function measureOverGrpc<Count extends number>(
  kind: 'engine' | 'empty', databaseUrl: string, counts: readonly Count[], seconds: number,
): Promise<Record<Count, Measured>> {
  const gateway = await startGatewayProcess(kind, databaseUrl)
  try {
    const measured = {} as Record<Count, Measured>
    for (const clients of counts) measured[clients] = await runClientProcess(gateway.address, clients, seconds)
    return measured
  } finally {
    await gateway.stop()
  }
}

export interface Left {
  rows: number
  bytes: number
}

/** What finished instances leave in the database, indexes and all, per instance. */
export async function leftBehind(database: BenchDatabase): Promise<Left> {
  await database.query('VACUUM FULL engine.history')
  const [history] = await database.query<{ rows: string; instances: string; bytes: string }>(`
    SELECT count(*) AS rows, count(DISTINCT instance_key) AS instances,
      (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('engine.history') WHERE isleaf) AS bytes
    FROM engine.history`)
  const [waiting] = await database.query<{ rows: string }>(
    'SELECT (SELECT count(*) FROM engine.instances) + (SELECT count(*) FROM engine.jobs) AS rows')
  if (waiting!.rows !== '0') log.warn('bench-rows-of-running-instances', { rows: waiting!.rows })
  const instances = Number(history!.instances)
  return { rows: Number(history!.rows) / instances, bytes: Math.round(Number(history!.bytes) / instances) }
}
