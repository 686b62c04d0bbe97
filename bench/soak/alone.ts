/** Parts of the soak that can be run alone, each with a database and engines of its own. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { soakDatabase } from './database.ts'
import { overload, overloadFindings } from './overload.ts'
import { SupervisedEngine } from './supervisedEngine.ts'
import { takeOver, takeOverFindings } from './takeOver.ts'

/** Prints a table and, as the last line, JSON. Resolves with what does not fit, in sentences. */
type Alone = (databaseUrl: string, logFile: string, amount?: number) => Promise<string[]>

const DEFAULT_MINUTES = 10
const DEFAULT_TIMES = 20

/** `soak -- overload [--minutes N]`: starts at twice the rate that the engine can take. */
async function overloadAlone(databaseUrl: string, logFile: string, minutes = DEFAULT_MINUTES): Promise<string[]> {
  const engine = await SupervisedEngine.start(databaseUrl, logFile)
  try {
    await engine.untilServing()
    const seen = await overload(engine, minutes * 60_000)
    const findings = overloadFindings(seen)
    for (const [name, value] of Object.entries(seen)) {
      console.log(`${name.padEnd(24)}${typeof value === 'number' ? Math.round(value) : JSON.stringify(value)}`)
    }
    for (const finding of findings) console.log(finding)
    console.log(JSON.stringify({ soak: 'overload', minutes, ...seen, findings: findings.length }))
    return findings
  } finally {
    await engine.stop()
  }
}

/** `soak -- takeover [--times N]`: the engine that serves is killed, the other takes over. */
async function takeOverAlone(databaseUrl: string, logFile: string, times = DEFAULT_TIMES): Promise<string[]> {
  const first = await SupervisedEngine.start(databaseUrl, logFile)
  await first.untilServing()
  const second = await SupervisedEngine.start(databaseUrl, logFile)
  try {
    const seen = await takeOver([first, second], times)
    const findings = takeOverFindings(seen)
    console.table([seen])
    for (const finding of findings) console.log(finding)
    console.log(JSON.stringify({ soak: 'takeover', ...seen, findings: findings.length }))
    return findings
  } finally {
    await Promise.all([first.stop(), second.stop()])
  }
}

const parts: Readonly<Record<string, { option: string; run: Alone }>> = {
  overload: { option: '--minutes', run: overloadAlone },
  takeover: { option: '--times', run: takeOverAlone },
}

/** Runs `overload [--minutes N]` or `takeover [--times N]`; undefined if it is neither. The number of findings. */
export async function runAlone([name = '', option, amount]: readonly string[]): Promise<number | undefined> {
  const part = Object.hasOwn(parts, name) ? parts[name]! : undefined
  const hasAmount = option !== undefined
  if (!part || (hasAmount && (option !== part.option || !(Number(amount) > 0)))) return undefined
  const logFile = join(tmpdir(), `salter-soak-${process.pid}.log`)
  console.log(`The engines' log is ${logFile}`)
  const database = await soakDatabase()
  try {
    return (await part.run(database.ownerUrl, logFile, hasAmount ? Number(amount) : undefined)).length
  } finally {
    await database.close()
  }
}
