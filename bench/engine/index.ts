import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../server/base/clock.ts'
import { makeLog } from '../../server/base/log.ts'
import { startEngine } from '../../server/engine/engine.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { inProcess } from './callers.ts'
import { benchDatabase, pgbenchRate, type BenchDatabase } from './postgres.ts'
import { CALLS_PER_INSTANCE, runWorkload, workloadDiagram, type Measured } from './workload.ts'

// Operaton 1.0.3 with external tasks, full history and PostgreSQL, whole instances per second on two cores shared with clients and
// database, measured once for this project. Its Java program, to measure it anew beside us, is not part of this bench yet.
const PEER = { 1: 31, 4: 58, 16: 77 } as const

const log = makeLog({}, (line) => process.stderr.write(line + '\n'))

/** Goal by goal: rate in process and over gRPC, beside an empty gateway and pgbench; rows and bytes that stay behind. */
export async function benchEngine({ seconds = 10 }: { seconds?: number } = {}): Promise<void> {
  const database = await benchDatabase()
  try {
    const direct = await measureInProcess(database, seconds)
    const left = await leftBehind(database)
    const wire = await measureOverGrpc('engine', database.ownerUrl, 16, seconds)
    const empty = await measureOverGrpc('empty', '', 16, seconds)
    const pgbench = await pgbenchRate(database.superUrl, 16, Math.min(seconds, 5))
    report(direct, wire, empty, pgbench, left)
  } finally {
    await database.close()
  }
}

type Direct = Record<1 | 4 | 16, Measured & { commits: number; cpuMs: number }>

async function measureInProcess(database: BenchDatabase, seconds: number): Promise<Direct> {
  const store = postgresStore({ url: database.ownerUrl, holder: 'bench', clock: systemClock, log })
  const engine = await startEngine({ store, log })
  const caller = inProcess(engine)
  await caller.deploy(await workloadDiagram())
  await runWorkload(caller, 16, 2) // warm
  const measured: Partial<Direct> = {}
  for (const clients of [1, 4, 16] as const) {
    const before = engine.facts().commits
    const cpu = process.cpuUsage()
    const run = await runWorkload(caller, clients, seconds)
    const { user, system } = process.cpuUsage(cpu)
    measured[clients] = { ...run, commits: engine.facts().commits - before, cpuMs: (user + system) / 1000 / run.instances }
  }
  await engine.close()
  return measured as Direct
}

async function measureOverGrpc(kind: string, databaseUrl: string, clients: number, seconds: number): Promise<Measured> {
  const gateway = run('gatewayProcess.ts', [kind, databaseUrl])
  const port = await firstLine(gateway)
  const client = run('clientProcess.ts', [`127.0.0.1:${port}`, String(clients), String(seconds)])
  const measured = JSON.parse(await firstLine(client)) as Measured
  gateway.kill('SIGTERM')
  await once(gateway, 'exit')
  return measured
}

function run(file: string, args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout!) {
    text += String(chunk)
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
  }
  throw new Error(`Expected a line from ${child.spawnargs.join(' ')}, but it ended`)
}

interface Left {
  rows: number
  bytes: number
}

/** What finished instances leave in the database, indexes and all, per instance. */
async function leftBehind(database: BenchDatabase): Promise<Left> {
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

function report(direct: Direct, wire: Measured, empty: Measured, pgbench: number | undefined, left: Left): void {
  const line = (name: string, { rate, createP95, completeP95 }: Measured, extra: object = {}): object => ({
    '': name, 'instances/s': Math.round(rate), 'start p95 ms': createP95.toFixed(1), 'complete p95 ms': completeP95.toFixed(1),
    ...extra,
  })
  const calls = ({ rate }: Measured): Record<string, number> => ({ 'calls/s': Math.round(rate * CALLS_PER_INSTANCE) })
  const times = ({ rate }: Measured, clients: 1 | 4 | 16): Record<string, string> =>
    ({ 'times the peer': (rate / PEER[clients]).toFixed(1) })
  // Processor time does not depend on what else the machine is doing, so it is what to compare between two runs.
  const commands = (measured: Direct[16]): Record<string, unknown> => ({
    ...calls(measured), 'commits/s': Math.round(measured.commits / measured.seconds),
    'engine CPU ms/instance': measured.cpuMs.toFixed(2),
  })
  console.table([
    ...([1, 4, 16] as const).map((clients) =>
      line(`in process, ${clients} clients`, direct[clients], { ...commands(direct[clients]), ...times(direct[clients], clients) })),
    line('over gRPC, 16 clients', wire, { ...calls(wire), ...times(wire, 16) }),
    line('empty gateway, 16 clients', empty, calls(empty)),
  ])
  const durable = direct[16].rate * CALLS_PER_INSTANCE
  console.table([
    { '': 'pgbench, 16 clients', value: pgbench === undefined ? 'not on this machine' : `${Math.round(pgbench)} inserts/s` },
    { '': 'rows per finished instance', value: left.rows },
    { '': 'bytes per finished instance', value: left.bytes },
  ])
  console.log(JSON.stringify({
    ratio_in_process_1: round(direct[1].rate / PEER[1]),
    ratio_in_process_16: round(direct[16].rate / PEER[16]),
    ratio_grpc_16: round(wire.rate / PEER[16]),
    share_of_empty_gateway: round(wire.rate / empty.rate),
    share_of_pgbench_16: pgbench === undefined ? null : round(durable / pgbench),
    bytes_per_instance: left.bytes,
  }))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
