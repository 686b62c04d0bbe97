/**
 * `npm run soak -- engine [--minutes N | --kills N …] [--seed N]`: faults and overload on this machine, with a report; ends with 1 if
 * anything does not fit.
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Chance } from './chance.ts'
import { soakDatabase } from './database.ts'
import { EnginePair } from './enginePair.ts'
import { atRandom, counted, nothingLost, type NothingLost } from './nothingLost.ts'
import { diskFaults, faultNames } from './faults.ts'
import { readOptions, type SoakOptions } from './options.ts'
import { overload, type Overload } from './overload.ts'
import { SmallDisk } from './smallDisk.ts'

/** Of the whole time; the rest is for faults. */
const OVERLOAD_SHARE = 0.25

const ACCEPTED_WITHIN_MS = 1000
const RECOVERED_WITHIN_MS = 5000
const MOST_GROWTH_MIB = 64

async function soakEngine({ minutes = 0, counts, seed }: SoakOptions): Promise<number> {
  const names = counts ? [...counts.keys()] : faultNames
  const disk = names.some((name) => diskFaults.includes(name)) ? await SmallDisk.mount() : undefined
  const possible = disk ? names : names.filter((name) => !diskFaults.includes(name))
  const database = await soakDatabase(disk)
  const logFile = join(tmpdir(), `salter-soak-${process.pid}.log`)
  console.log(`The seed is ${seed}, the engines' log is ${logFile}`)
  const pair = await EnginePair.start(database.ownerUrl, logFile)
  try {
    const chance = new Chance(seed)
    const durationMs = minutes * 60_000
    const plan = counts
      ? counted(chance, possible.map((name) => [name, counts.get(name)!]))
      : atRandom(chance, durationMs * (1 - OVERLOAD_SHARE), possible)
    const kept = await nothingLost(database, pair, plan, chance, logFile.replace('.log', '.scene.json'))
    const overloaded = counts ? undefined : await overload(await pair.serving(), durationMs * OVERLOAD_SHARE)
    const findings = [...kept.findings, ...(overloaded ? overloadFindings(overloaded) : [])]
    report(kept, overloaded, findings, seed)
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
  { recoveredMs, acknowledged, instances }: NothingLost, overloaded: Overload | undefined, findings: readonly string[], seed: number,
): void {
  console.table([...recoveredMs].map(([fault, times]) => ({
    fault, times: times.length, 'recovered after ms, median': middle(times), 'at most': Math.round(Math.max(...times)),
  })))
  if (overloaded) console.table([roundedFigures(overloaded)])
  for (const finding of findings.slice(0, 50)) console.log(finding)
  const faults = Object.fromEntries([...recoveredMs].map(([fault, times]) => [fault, times.length]))
  console.log(JSON.stringify({ soak: 'engine', seed, instances, acknowledged, faults, overload: overloaded, findings: findings.length }))
}

function roundedFigures({ others, ...figures }: Overload): Record<string, number | string> {
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value)])
  return { ...Object.fromEntries(rounded) as Record<string, number>, others: JSON.stringify(others) }
}

function middle(times: readonly number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[times.length >> 1]!)
}

const options = readOptions(process.argv.slice(2))
if (typeof options === 'string') {
  console.error(options)
  process.exitCode = 2
} else {
  // Where something was found, clients may still wait for what never comes.
  process.exit((await soakEngine(options)) > 0 ? 1 : 0)
}
