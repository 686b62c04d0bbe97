import { readFile } from 'node:fs/promises'
import { systemClock, type Clock } from '../../../server/base/clock.ts'
import { makeLog } from '../../../server/base/log.ts'
import { startEngine } from '../../../server/engine/engine.ts'
import { postgresStore } from '../../../server/engine/store/postgresStore.ts'
import { inProcess } from '../callers.ts'
import type { BenchDatabase } from '../postgres.ts'
import { referenceWorkload, runWorkload, type Caller, type Measured, type Workload } from '../workload.ts'

/** Clients of all comparisons: enough to fill the groups of commands, and the machine. */
export const CLIENTS = 16

/** An engine in this process, on a database of its own. */
export interface BenchEngine {
  caller: Caller
  /** Runs a workload for so many seconds, or as long as it is told to. */
  run(goOn: number | (() => boolean), clients?: number, workload?: Workload): Promise<Cost>
  close(): Promise<void>
}

/** Processor time in milliseconds per instance: hardly depends on what else the machine is doing. */
export interface Cost extends Measured {
  /** Of this process: engine, workers and clients. */
  engineMs: number
  /** Of the engine's backend in PostgreSQL; undefined where the system does not tell. */
  backendMs: number | undefined
}

const log = makeLog({}, (line) => process.stderr.write(line + '\n'))

export async function openEngine(database: BenchDatabase, clock: Clock = systemClock): Promise<BenchEngine> {
  const engine = await startEngine({ store: postgresStore({ url: database.ownerUrl, holder: 'bench', clock, log }), clock, log })
  const caller = inProcess(engine)
  const [lease] = await database.query<{ pid: number }>('SELECT backend_pid AS pid FROM engine.lease')
  return {
    caller,
    async run(goOn, clients = CLIENTS, workload = referenceWorkload(clients)) {
      const before = { here: process.cpuUsage(), backend: await cpuOf(lease!.pid) }
      const measured = await runWorkload(caller, clients, goOn, workload)
      const { user, system } = process.cpuUsage(before.here)
      const backend = await cpuOf(lease!.pid)
      return {
        ...measured,
        engineMs: (user + system) / 1000 / measured.instances,
        backendMs: backend === undefined ? undefined : (backend - before.backend!) / measured.instances,
      }
    },
    close: () => engine.close(),
  }
}

/** Milliseconds of processor time a process has had; Linux tells. Its clock ticks a hundred times a second. */
async function cpuOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name in brackets may hold blanks; user and system time are the 14th and 15th field.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields && (Number(fields[11]) + Number(fields[12])) * 10
}
