import { checkLedger } from './checkLedger.ts'
import type { SoakDatabase } from './database.ts'
import type { EnginePair } from './enginePair.ts'
import { faults, type FaultName } from './faults.ts'
import { Ledger } from './ledger.ts'
import { finishedSince, untilFinished } from './settle.ts'
import { Traffic } from './traffic.ts'

const JOB_MS = 2000

/** Faults between two looks at the whole, so that a long run finds early what is wrong and its ledger stays small. */
const FAULTS_PER_ROUND = 20

const LONGEST_PAUSE_MS = 1500

/** Longer than any job's time, a take-over and a restart of the database together. */
const FINISH_WITHIN_MS = 30_000

export interface NothingLost {
  /** How long it took after each fault until a new request was acknowledged, in milliseconds. */
  readonly recoveredMs: ReadonlyMap<FaultName, readonly number[]>
  readonly acknowledged: number
  readonly instances: number
  readonly findings: readonly string[]
}

/** Does one thing after the other to engines and database under load, for so long, and compares the rest with what clients saw. */
export async function nothingLost(database: SoakDatabase, pair: EnginePair, durationMs: number): Promise<NothingLost> {
  const endMs = performance.now() + durationMs
  const recoveredMs = new Map<FaultName, number[]>()
  const findings: string[] = []
  let acknowledged = 0
  let instances = 0
  let lastKey = '0'
  const traffic = await Traffic.open({ addresses: pair.addresses, clients: 8, workers: 3, jobMs: JOB_MS, pauseMs: 10 })
  do {
    traffic.ledger = new Ledger()
    traffic.file()
    for (let count = 0; count < FAULTS_PER_ROUND && performance.now() < endMs; count++) {
      await new Promise((resume) => setTimeout(resume, Math.random() * LONGEST_PAUSE_MS))
      const name = anyFault()
      const begunMs = performance.now()
      await faults[name]({ database, pair })
      await traffic.nextAcknowledged()
      recoveredMs.set(name, [...(recoveredMs.get(name) ?? []), performance.now() - begunMs])
    }
    await traffic.pauseFiling()
    const unfinished = await untilFinished(database.superUrl, FINISH_WITHIN_MS)
    if (unfinished > 0) findings.push(`${unfinished} instances were not finished ${FINISH_WITHIN_MS} ms after the last request`)
    const rows = await finishedSince(database.superUrl, lastKey)
    findings.push(...checkLedger(traffic.ledger, rows, JOB_MS))
    acknowledged += traffic.ledger.acknowledged
    instances += rows.length
    lastKey = rows.at(-1)?.instanceKey ?? lastKey
    console.log(`${instances} instances, ${acknowledged} acknowledged commands, ${findings.length} findings`)
  } while (performance.now() < endMs && findings.length === 0)
  await traffic.close()
  return { recoveredMs, acknowledged, instances, findings }
}

function anyFault(): FaultName {
  const names = Object.keys(faults) as FaultName[]
  return names[Math.floor(Math.random() * names.length)]!
}
