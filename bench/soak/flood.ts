import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a flood of starts saw. Rates are per second, times in milliseconds since a start was due. */
export interface FloodFigures {
  readonly offered: number
  readonly acceptedRate: number
  readonly accepted: number
  readonly turnedAway: number
  /** Answers that are neither, by their code. */
  readonly others: Readonly<Record<string, number>>
  /** Without an answer half a minute after the last was sent. */
  readonly unanswered: number
  readonly acceptedP50Ms: number
  readonly acceptedP95Ms: number
  readonly acceptedSlowestMs: number
  /** Accepted, but answered after more than a second. */
  readonly acceptedLate: number
  readonly turnedAwayP95Ms: number
  readonly turnedAwaySlowestMs: number
}

export interface RunningFlood {
  /** Resolves when the last start was sent. */
  readonly sent: Promise<void>
  /** Resolves when all have their answers. */
  readonly figures: Promise<FloodFigures>
}

/** Keeps so many starts without an answer, or sends so many a second whether they are answered or not, from a process of its own. */
export function flood(address: string, load: { clients: number } | { perSecond: number }, durationMs: number): RunningFlood {
  const kind = 'clients' in load ? ['clients', load.clients] : ['open', load.perSecond]
  const file = fileURLToPath(new URL('./floodProcess.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, address, ...kind.map(String), String(durationMs / 1000)],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  return {
    sent: once(child, 'message').then(() => undefined),
    figures: outputOf(child.stdout!).then((text) => JSON.parse(text) as FloodFigures),
  }
}

async function outputOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
