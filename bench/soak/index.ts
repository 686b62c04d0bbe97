/**
 * `npm run soak -- engine [--minutes N | --kills N …] [--seed N]`: faults and overload on this machine, with a report;
 * `-- overload [--minutes N]` and `-- takeover [--times N]` are parts of it alone. Ends with 1 if anything does not fit.
 */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAlone } from './alone.ts'
import { Chance } from './chance.ts'
import { soakDatabase } from './database.ts'
import { EnginePair } from './enginePair.ts'
import { atRandom, counted, nothingLost, type NothingLost } from './nothingLost.ts'
import { diskFaults, faultNames } from './faults.ts'
import { readOptions, type SoakOptions } from './options.ts'
import { overload, overloadFindings, type Overload } from './overload.ts'
import { SmallDisk } from './smallDisk.ts'

/** Of the whole time; the rest is for faults. */
const OVERLOAD_SHARE = 0.25

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

const alone = await runAlone(process.argv.slice(2))
const options = alone === undefined ? readOptions(process.argv.slice(2)) : undefined
if (typeof options === 'string') {
  console.error(options)
  process.exitCode = 2
} else {
  process.exitCode = (alone ?? (await soakEngine(options!))) > 0 ? 1 : 0
}
