/** How cost grows, for people. */
import type { Growth } from './index.ts'
import type { Compared } from './compare.ts'

/** Goal 3. */
const LEAST_SHARE = 0.85
const MOST_MIB = 512
const STARTS_WITHIN_MS = 5000
const HELD_UP_BY_MS = 100

export function growthTables({ compared, process, dueAtOnce }: Growth): void {
  console.table(compared.map(({ name, a, b, share }: Compared) => ({
    '16 clients, in process': name,
    'instances/s': `${Math.round(a.rate)} → ${Math.round(b.rate)}`,
    'share': share.toFixed(2),
    'engine CPU ms/instance': `${a.engineMs.toFixed(2)} → ${b.engineMs.toFixed(2)}`,
    'database CPU ms/instance': `${a.backendMs?.toFixed(2)} → ${b.backendMs?.toFixed(2)}`,
    'is kept': share >= LEAST_SHARE,
  })))
  const { startedInMs, openedInMs, firstStartMs, wakeP95, wokenPerSecond, highestMib, lastMib } = process
  console.table([
    { 'the engine as a process': 'start-up ms', value: Math.round(startedInMs), limit: STARTS_WITHIN_MS },
    { 'the engine as a process': 'of these with its code loaded ms', value: Math.round(openedInMs) },
    { 'the engine as a process': 'first command ms', value: Math.round(firstStartMs) },
    { 'the engine as a process': 'woken per second', value: Math.round(wokenPerSecond) },
    { 'the engine as a process': 'woken p95 ms', value: Number(wakeP95.toFixed(1)) },
    { 'the engine as a process': 'highest memory MiB', value: highestMib, limit: MOST_MIB },
    { 'the engine as a process': 'memory at the end MiB', value: lastMib, limit: MOST_MIB },
  ])
  const { before, during, seconds } = dueAtOnce
  const held = (then: number, now: number): object => ({
    'before ms': then.toFixed(1), 'meanwhile ms': now.toFixed(1), 'held up by ms': (now - then).toFixed(1), 'limit ms': HELD_UP_BY_MS,
  })
  console.table([
    { '95th percentile, 4 clients': 'start', ...held(before.createP95, during.createP95) },
    { '95th percentile, 4 clients': 'complete', ...held(before.completeP95, during.completeP95) },
  ])
  const beside = `beside ${Math.round(during.rate)} instances/s (${Math.round(before.rate)} before)`
  console.log(`All terms were acted on in ${seconds.toFixed(1)} s, ${beside}`)
}
