import { overGrpc } from '../engine/callers.ts'
import { variables, workloadDiagram, type Caller } from '../engine/workload.ts'
import { Clerks, type ClerksFigures } from './clerks.ts'
import { flood, type FloodFigures } from './flood.ts'
import type { SupervisedEngine } from './supervisedEngine.ts'

const WARM_UP_MS = 5000
const MEASURED_MS = 5000

/** So many that the engine is never idle: with fewer, waiting for each other is measured. */
const CLIENTS = 400

const TIMES = 2
const LOOK_EVERY_MS = 1000

/** Answers like those before the flood, three in a row, are calm. The first figure is for machines that are fast before. */
const CALM_MS = 100
const CALM_TIMES = 3
const LOOKS_BEFORE = 20

const ACCEPTED_WITHIN_MS = 1000
const LATE_SHARE = 0.001
const RECOVERED_WITHIN_MS = 5000
const MOST_GROWTH_MIB = 64

export interface Overload extends FloodFigures, ClerksFigures {
  /** Starts per second that it takes when clients wait for their answers. */
  readonly capacity: number
  /** The most resident memory of the engine in the second and in the last third of the time: in the first it fills what may be full. */
  readonly middleMiB: number
  readonly lastMiB: number
  /** From the last start that was sent until the engine answers as before. */
  readonly recoveredMs: number
}

/** Asks twice of an engine what it can take, for so long, without waiting for answers, while clerks work on. */
export async function overload(engine: SupervisedEngine, durationMs: number): Promise<Overload> {
  const caller = overGrpc(engine.address)
  await caller.deploy(await workloadDiagram())
  await flood(engine.address, { clients: CLIENTS }, WARM_UP_MS).figures
  const capacity = (await flood(engine.address, { clients: CLIENTS }, MEASURED_MS).figures).acceptedRate
  const calmMs = Math.max(CALM_MS, 2 * (await slowestOf(caller, LOOKS_BEFORE)))

  const memory: number[] = []
  const look = setInterval(() => {
    // A process that is too busy to tell is asked again in a second.
    void engine.metric('process_resident_memory_bytes').then((bytes) => memory.push(bytes), () => undefined)
  }, LOOK_EVERY_MS)
  const clerks = new Clerks(engine.address)
  const running = flood(engine.address, { perSecond: capacity * TIMES }, durationMs)
  await running.sent
  clearInterval(look)
  const recoveredMs = await untilCalm(caller, calmMs)
  const [seen, done] = [await running.figures, await clerks.stop()]
  await caller.close()
  const third = Math.ceil(memory.length / 3)
  return {
    capacity, ...seen, ...done, middleMiB: mostMiB(memory.slice(third, -third)), lastMiB: mostMiB(memory.slice(-third)), recoveredMs,
  }
}

/** What does not fit, in sentences. */
export function overloadFindings(seen: Overload): string[] {
  const { accepted, acceptedP95Ms, acceptedLate, unanswered, others, completed, completeP95Ms, middleMiB, lastMiB, recoveredMs } = seen
  return [
    ...(acceptedP95Ms > ACCEPTED_WITHIN_MS ? [`accepted commands took ${acceptedP95Ms} ms (95th percentile) under overload`] : []),
    ...(acceptedLate > accepted * LATE_SHARE ? [`${acceptedLate} of ${accepted} accepted commands took more than a second`] : []),
    ...(unanswered > 0 ? [`${unanswered} commands had no answer`] : []),
    ...Object.entries(others).map(([code, count]) => `${count} commands were answered with ${code} under overload`),
    ...(completed === 0 || completeP95Ms > ACCEPTED_WITHIN_MS
      ? [`${completed} jobs were completed under overload, in ${completeP95Ms} ms (95th percentile)`]
      : []),
    ...(lastMiB > middleMiB + MOST_GROWTH_MIB ? [`memory grew from ${middleMiB} to ${lastMiB} MiB under overload`] : []),
    ...(recoveredMs > RECOVERED_WITHIN_MS ? [`it took ${Math.round(recoveredMs)} ms to recover from overload`] : []),
  ]
}

async function slowestOf(caller: Caller, times: number): Promise<number> {
  let slowest = 0
  for (let count = 0; count < times; count++) {
    const begun = performance.now()
    await caller.create(variables)
    slowest = Math.max(slowest, performance.now() - begun)
  }
  return slowest
}

async function untilCalm(caller: Caller, calmMs: number): Promise<number> {
  const begun = performance.now()
  for (let calm = 0; calm < CALM_TIMES;) {
    const sentMs = performance.now()
    const isAccepted = await caller.create(variables).then(() => true, () => false)
    calm = isAccepted && performance.now() - sentMs < calmMs ? calm + 1 : 0
  }
  return performance.now() - begun
}

function mostMiB(bytes: readonly number[]): number {
  return Math.round(Math.max(0, ...bytes) / 1024 ** 2)
}
