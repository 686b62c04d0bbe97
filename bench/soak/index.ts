/** `npm run soak -- engine [--minutes N]`: faults and overload on this machine, with a report; ends with 1 if anything does not fit. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { soakDatabase } from './database.ts'
import { EnginePair } from './enginePair.ts'
import { nothingLost, type NothingLost } from './nothingLost.ts'
import { overload, type Overload } from './overload.ts'

/** Of the whole time; the rest is for faults. */
const OVERLOAD_SHARE = 0.25

const ACCEPTED_WITHIN_MS = 1000
const RECOVERED_WITHIN_MS = 5000
const MOST_GROWTH_MIB = 64

async function soakEngine(minutes: number): Promise<number> {
  const database = await soakDatabase()
  const logFile = join(tmpdir(), `salter-soak-${process.pid}.log`)
  const pair = await EnginePair.start(database.ownerUrl, logFile)
  try {
    const durationMs = minutes * 60_000
    const kept = await nothingLost(database, pair, durationMs * (1 - OVERLOAD_SHARE))
    const overloaded = await overload(await pair.serving(), durationMs * OVERLOAD_SHARE)
    const findings = [...kept.findings, ...overloadFindings(overloaded)]
    report(kept, overloaded, findings, logFile)
    return findings.length
  } finally {
    await pair.stop()
    await database.close()
  }
}

function overloadFindings({ acceptedP95Ms, middleMiB, lastMiB, recoveredMs, others }: Overload): string[] {
  return [
    ...(acceptedP95Ms > ACCEPTED_WITHIN_MS
      ? [`accepted commands took ${Math.round(acceptedP95Ms)} ms (95th percentile) under overload`]
      : []),
    ...(lastMiB > middleMiB + MOST_GROWTH_MIB ? [`memory grew from ${middleMiB} to ${lastMiB} MiB under overload`] : []),
    ...(recoveredMs > RECOVERED_WITHIN_MS ? [`it took ${Math.round(recoveredMs)} ms to recover from overload`] : []),
    ...Object.entries(others).map(([code, count]) => `${count} commands were answered with ${code} under overload`),
  ]
}

function report(
  { recoveredMs, acknowledged, instances }: NothingLost, overloaded: Overload, findings: readonly string[], logFile: string,
): void {
  console.table([...recoveredMs].map(([fault, times]) => ({
    fault, times: times.length, 'recovered after ms, median': middle(times), 'at most': Math.round(Math.max(...times)),
  })))
  console.table([{
    ...overloaded, others: JSON.stringify(overloaded.others),
    capacity: Math.round(overloaded.capacity), offered: Math.round(overloaded.offered), recoveredMs: Math.round(overloaded.recoveredMs),
    acceptedP95Ms: Math.round(overloaded.acceptedP95Ms), acceptedSlowestMs: Math.round(overloaded.acceptedSlowestMs),
  }])
  for (const finding of findings.slice(0, 50)) console.log(finding)
  console.log(`The engines' log is ${logFile}`)
  const faults = Object.fromEntries([...recoveredMs].map(([fault, times]) => [fault, times.length]))
  console.log(JSON.stringify({ soak: 'engine', instances, acknowledged, faults, overload: overloaded, findings: findings.length }))
}

function middle(times: readonly number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[times.length >> 1]!)
}

const [name = 'engine', option, minutes] = process.argv.slice(2)
if (name !== 'engine' || (option !== undefined && (option !== '--minutes' || !(Number(minutes) > 0)))) {
  console.error('Expected `engine`, and perhaps `--minutes N`')
  process.exitCode = 2
} else {
  process.exitCode = (await soakEngine(Number(minutes ?? 10))) > 0 ? 1 : 0
}
