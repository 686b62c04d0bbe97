import { status } from '@grpc/grpc-js'
import { overGrpc } from '../engine/callers.ts'
import { p95, variables, workloadDiagram, type Caller } from '../engine/workload.ts'
import type { SupervisedEngine } from './supervisedEngine.ts'

const WARM_UP_MS = 3000
const MEASURED_MS = 4000

/** So many that the engine is never idle: with fewer, waiting for each other is measured. */
const CLIENTS = 400
const TICK_MS = 10

/** An answer within this time, three times in a row, is what callers were used to before. */
const CALM_MS = 100
const CALM_TIMES = 3

export interface Overload {
  /** Starts per second that it takes when clients wait for their answers. */
  readonly capacity: number
  /** Starts per second that were asked of it, whether answered or not. */
  readonly offered: number
  readonly accepted: number
  readonly turnedAway: number
  /** Answers that are neither, by their code. */
  readonly others: Readonly<Record<string, number>>
  readonly acceptedP95Ms: number
  readonly acceptedSlowestMs: number
  /** The most resident memory of the engine in the second and in the last third of the time: in the first it fills what may be full. */
  readonly middleMiB: number
  readonly lastMiB: number
  /** From the last request until it answers as before. */
  readonly recoveredMs: number
}

/** Asks twice of an engine what it can take, for so long, without waiting for answers. */
export async function overload(engine: SupervisedEngine, durationMs: number): Promise<Overload> {
  const caller = overGrpc(engine.address)
  await caller.deploy(await workloadDiagram())
  await startsPerSecond(caller, WARM_UP_MS)
  const capacity = await startsPerSecond(caller, MEASURED_MS)
  const perTick = (capacity * 2 * TICK_MS) / 1000
  const acceptedMs: number[] = []
  const others: Record<string, number> = {}
  const memory: number[] = []
  const sent: Promise<void>[] = []
  let turnedAway = 0
  const ask = async (): Promise<void> => {
    const begun = performance.now()
    try {
      await caller.create(variables)
      acceptedMs.push(performance.now() - begun)
    } catch (error) {
      const { code } = error as { code: number }
      if (code === status.RESOURCE_EXHAUSTED) turnedAway++
      else others[status[code] ?? code] = (others[status[code] ?? code] ?? 0) + 1
    }
  }
  const begun = performance.now()
  let lookAtMs = begun
  while (performance.now() < begun + durationMs) {
    const wanted = Math.floor(((performance.now() - begun) / TICK_MS) * perTick)
    while (sent.length < wanted) sent.push(ask())
    if (performance.now() >= lookAtMs) {
      lookAtMs += 1000
      void engine.metric('process_resident_memory_bytes').then((bytes) => memory.push(bytes), () => undefined)
    }
    await new Promise((resume) => setTimeout(resume, TICK_MS))
  }
  const offered = sent.length / ((performance.now() - begun) / 1000)
  const recoveredMs = await untilCalm(caller)
  await Promise.all(sent)
  await caller.close()
  const third = Math.ceil(memory.length / 3)
  return {
    capacity, offered, accepted: acceptedMs.length, turnedAway, others, acceptedP95Ms: p95(acceptedMs),
    acceptedSlowestMs: acceptedMs.reduce((most, each) => Math.max(most, each), 0),
    middleMiB: mostMiB(memory.slice(third, -third)), lastMiB: mostMiB(memory.slice(-third)), recoveredMs,
  }
}

async function startsPerSecond(caller: Caller, durationMs: number): Promise<number> {
  const begun = performance.now()
  let done = 0
  const client = async (): Promise<void> => {
    while (performance.now() < begun + durationMs) {
      await caller.create(variables)
      done++
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (done * 1000) / (performance.now() - begun)
}

async function untilCalm(caller: Caller): Promise<number> {
  const begun = performance.now()
  for (let calm = 0; calm < CALM_TIMES;) {
    const sentMs = performance.now()
    const isAccepted = await caller.create(variables).then(() => true, () => false)
    calm = isAccepted && performance.now() - sentMs < CALM_MS ? calm + 1 : 0
  }
  return performance.now() - begun
}

function mostMiB(bytes: readonly number[]): number {
  return Math.round(Math.max(0, ...bytes) / 1024 ** 2)
}
