/**
 * Starts from a process of its own, so that a client's waiting is its own: `floodProcess.ts ADDRESS clients COUNT SECONDS` keeps so many
 * without an answer, `floodProcess.ts ADDRESS open PER_SECOND SECONDS` sends so many whether they are answered or not. Each start is
 * timed from when it was due. Prints what it saw as JSON.
 */
import { status } from '@grpc/grpc-js'
import type { FloodFigures } from './flood.ts'
import { StartFlood } from './startFlood.ts'
import { TimeSpread } from './timeSpread.ts'

const CONNECTIONS = 8
const TICK_MS = 2
const LATE_MS = 1000

/** A client that waits for its answers does not ask again at once when it is turned away. */
const AGAIN_AFTER_MS = 50

/** After the last start. What has no answer by then is counted as such. */
const ANSWERS_WITHIN_MS = 30_000

const [address, mode, amount, seconds] = process.argv.slice(2)
const flood = await StartFlood.connect(address!, CONNECTIONS)
const accepted = new TimeSpread()
const turnedAway = new TimeSpread()
const others: Record<string, number> = {}

const note = (code: number, tookMs: number): void => {
  if (code === status.OK) accepted.add(tookMs)
  else if (code === status.RESOURCE_EXHAUSTED) turnedAway.add(tookMs)
  else others[status[code] ?? code] = (others[status[code] ?? code] ?? 0) + 1
}
const pause = (): Promise<void> => new Promise((resume) => setTimeout(resume, TICK_MS))

const begunMs = performance.now()
const endMs = begunMs + Number(seconds) * 1000
let sent = 0
if (mode === 'clients') {
  const client = (): void => {
    if (performance.now() >= endMs) return
    sent++
    flood.start(performance.now(), (code, tookMs) => {
      note(code, tookMs)
      if (code === status.OK) client()
      else setTimeout(client, AGAIN_AFTER_MS)
    })
  }
  for (let count = 0; count < Number(amount); count++) client()
  while (performance.now() < endMs) await pause()
} else {
  const everyMs = 1000 / Number(amount)
  for (let nowMs = begunMs; nowMs < endMs; nowMs = performance.now()) {
    for (let dueMs = begunMs + sent * everyMs; dueMs <= nowMs; dueMs = begunMs + ++sent * everyMs) flood.start(dueMs, note)
    await pause()
  }
}
const lastedMs = performance.now() - begunMs
process.send?.('sent')
while (flood.open > 0 && performance.now() < begunMs + lastedMs + ANSWERS_WITHIN_MS) await pause()
const figures: FloodFigures = {
  offered: (sent * 1000) / lastedMs, acceptedRate: (accepted.count * 1000) / lastedMs,
  accepted: accepted.count, turnedAway: turnedAway.count, others, unanswered: flood.open,
  acceptedP50Ms: accepted.within(0.5), acceptedP95Ms: accepted.within(0.95), acceptedSlowestMs: accepted.within(1),
  acceptedLate: accepted.later(LATE_MS), turnedAwayP95Ms: turnedAway.within(0.95), turnedAwaySlowestMs: turnedAway.within(1),
}
flood.close()
process.stdout.write(JSON.stringify(figures) + '\n')
process.exit(0)
