import type { Chance } from './chance.ts'
import { checkLedger } from './checkLedger.ts'
import type { SoakDatabase } from './database.ts'
import type { EnginePair } from './enginePair.ts'
import { faults, type FaultName } from './faults.ts'
import { Ledger } from './ledger.ts'
import { writeScene } from './scene.ts'
import { finishedSince, leftovers, untilFinished } from './settle.ts'
import { Traffic } from './traffic.ts'

const JOB_MS = 2000

/** Faults between two looks at the whole, so that a long run finds early what is wrong and its ledger stays small. */
const FAULTS_PER_ROUND = 20

/** From the first answer after a fault to the next fault. */
const SHORTEST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1000

/** Longer than any fault lasts that the engines do not overcome by themselves. */
const SERVED_WITHIN_MS = 60_000

/** Longer than any job's time, a take-over and a restart of the database together. */
const FINISH_WITHIN_MS = 30_000

export interface NothingLost {
  /** How long it took after each fault until a new request was acknowledged, in milliseconds. */
  readonly recoveredMs: ReadonlyMap<FaultName, readonly number[]>
  readonly acknowledged: number
  readonly instances: number
  readonly findings: readonly string[]
}

/** Does one thing after the other to engines and database under load, and compares the rest with what clients saw. Ends with a finding. */
export async function nothingLost(
  database: SoakDatabase, pair: EnginePair, plan: Iterator<FaultName, undefined>, chance: Chance, sceneFile: string,
): Promise<NothingLost> {
  const recoveredMs = new Map<FaultName, number[]>()
  const findings: string[] = []
  let acknowledged = 0
  let instances = 0
  let lastKey = '0'
  let next = plan.next()
  const traffic = await Traffic.open({ addresses: pair.addresses, clients: 8, workers: 3, jobMs: JOB_MS, pauseMs: 20 })
  do {
    traffic.ledger = new Ledger()
    traffic.file()
    for (let count = 0; count < FAULTS_PER_ROUND && !next.done && findings.length === 0; count++) {
      const name = next.value
      await new Promise((resume) => setTimeout(resume, chance.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS)))
      const begunMs = performance.now()
      await faults[name].strike({ database, pair, chance })
      if (!(await isServedAgain(traffic))) findings.push(`nobody was served ${SERVED_WITHIN_MS} ms after ${name}`)
      recoveredMs.set(name, [...(recoveredMs.get(name) ?? []), performance.now() - begunMs])
      next = plan.next()
    }
    if (findings.length > 0) break
    await traffic.pauseFiling()
    const unfinished = await untilFinished(database.superUrl, FINISH_WITHIN_MS)
    if (unfinished > 0) findings.push(`${unfinished} instances run, but for ${FINISH_WITHIN_MS} ms none has finished`)
    else findings.push(...await leftovers(database.superUrl))
    const rows = await finishedSince(database.superUrl, lastKey)
    findings.push(...checkLedger(traffic.ledger, rows, JOB_MS))
    acknowledged += traffic.ledger.acknowledged
    instances += rows.length
    lastKey = rows.at(-1)?.instanceKey ?? lastKey
    console.log(progress(recoveredMs, instances, acknowledged, findings.length))
  } while (!next.done && findings.length === 0)
  if (findings.length === 0) await traffic.close()
  else await writeScene(sceneFile, database.superUrl, pair, traffic)
  return { recoveredMs, acknowledged, instances, findings }
}

/** Any of these, until the time is up. */
export function* atRandom(chance: Chance, durationMs: number, names: readonly FaultName[]): Generator<FaultName, undefined> {
  const endMs = performance.now() + durationMs
  while (performance.now() < endMs) yield chance.pick(names)
}

/** So many of each, mixed. */
export function* counted(chance: Chance, counts: readonly (readonly [FaultName, number])[]): Generator<FaultName, undefined> {
  yield* chance.shuffled(counts.flatMap(([name, times]) => Array.from({ length: times }, () => name)))
}

async function isServedAgain(traffic: Traffic): Promise<boolean> {
  let giveUp: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => (giveUp = setTimeout(() => resolve(false), SERVED_WITHIN_MS)))
  const isServed = await Promise.race([traffic.nextAcknowledged().then(() => true), tooLate])
  clearTimeout(giveUp)
  return isServed
}

function progress(
  recoveredMs: ReadonlyMap<FaultName, readonly number[]>, instances: number, acknowledged: number, findings: number,
): string {
  const done = [...recoveredMs].map(([name, times]) => `${name} ${times.length}`).join(', ')
  return `${new Date().toISOString()} ${done}: ${instances} instances, ${acknowledged} acknowledged commands, ${findings} findings`
}
