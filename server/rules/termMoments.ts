/** The moments of a term that people are told of, in milliseconds since 1970. */
export interface TermMoments {
  /** Half of it has run. */
  halfMs: number
  /** Four fifths of it have run: from here on it asks for attention. */
  soonMs: number
  dueMs: number
}

/** A time in which the term stood and nothing of it ran. */
export interface Standstill {
  fromMs: number
  toMs: number
}

/** When half and four fifths of a term have run. What it stood does not count as run; standstills may overlap. */
export function termMoments(startMs: number, dueMs: number, standstills: readonly Standstill[]): TermMoments {
  const running = runningTimes(startMs, dueMs, standstills)
  const wholeMs = running.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  const when = (part: number): number => {
    let leftMs = wholeMs * part
    for (const { fromMs, toMs } of running) {
      if (leftMs <= toMs - fromMs) return Math.round(fromMs + leftMs)
      leftMs -= toMs - fromMs
    }
    return dueMs
  }
  return { halfMs: when(0.5), soonMs: when(0.8), dueMs }
}

function runningTimes(startMs: number, dueMs: number, standstills: readonly Standstill[]): Standstill[] {
  let running: Standstill[] = [{ fromMs: startMs, toMs: Math.max(startMs, dueMs) }]
  for (const stood of standstills) {
    running = running.flatMap(({ fromMs, toMs }) => [
      { fromMs, toMs: Math.min(toMs, stood.fromMs) },
      { fromMs: Math.max(fromMs, stood.toMs), toMs },
    ]).filter(({ fromMs, toMs }) => fromMs < toMs)
  }
  return running
}
