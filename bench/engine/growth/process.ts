import { readFile } from 'node:fs/promises'
import { overGrpc } from '../callers.ts'
import type { BenchDatabase } from '../postgres.ts'
import { runClientProcess, startGatewayProcess } from '../processes.ts'
import { p95, variables } from '../workload.ts'
import type { Sleeping } from './fill.ts'

/** The engine as a process of its own on a database where much sleeps. */
export interface EngineProcess {
  /** From its start until it takes calls, with Node's own start. */
  startedInMs: number
  /** Of these, since its code was loaded. */
  openedInMs: number
  /** The first command, which finds nothing in memory. */
  firstStartMs: number
  /** 95th percentile of completing tasks that slept, none of them in memory, with sixteen clients. */
  wakeP95: number
  wokenPerSecond: number
  /** Resident memory at its highest and at the end, in MiB; undefined where the system does not tell. */
  highestMib: number | undefined
  lastMib: number | undefined
}

const CLIENTS = 16

/** Wakes `toWake` of the sleeping, spread over all of them, then runs the reference workload: afterwards memory is as full as it gets. */
export async function measureProcess(
  database: BenchDatabase, sleeping: Sleeping, count: number, { toWake, seconds }: { toWake: number; seconds: number },
): Promise<EngineProcess> {
  const engine = await startGatewayProcess('engine', database.ownerUrl)
  const caller = overGrpc(engine.address)
  try {
    const begun = performance.now()
    await caller.create(variables)
    const firstStartMs = performance.now() - begun
    const woken = await wake(caller.complete, sleeping, count, toWake)
    await runClientProcess(engine.address, CLIENTS, seconds)
    const memory = await memoryOf(engine.pid)
    const { startedInMs, openedInMs } = engine
    return { startedInMs, openedInMs, firstStartMs, ...woken, ...memory }
  } finally {
    await caller.close()
    await engine.stop()
  }
}

async function wake(
  complete: (jobKey: string, variables: string) => Promise<void>, sleeping: Sleeping, count: number, toWake: number,
): Promise<Pick<EngineProcess, 'wakeP95' | 'wokenPerSecond'>> {
  const times: number[] = []
  let next = 0
  const begun = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (next < toWake) {
      // A prime step lands all over the table, as those who come back do.
      const index = (next++ * 7919) % count
      const asked = performance.now()
      await complete(sleeping.jobKey(index), '{}')
      times.push(performance.now() - asked)
    }
  }))
  return { wakeP95: p95(times), wokenPerSecond: toWake / ((performance.now() - begun) / 1000) }
}

async function memoryOf(pid: number): Promise<Pick<EngineProcess, 'highestMib' | 'lastMib'>> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const mib = (name: string): number | undefined => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  }
  return { highestMib: mib('VmHWM'), lastMib: mib('VmRSS') }
}
