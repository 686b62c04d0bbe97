import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { termMoments, type Standstill } from '../../server/rules/termMoments.ts'

const dayMs = 86_400_000

test('half of ten days is five, four fifths are eight', () => {
  expect(termMoments(0, 10 * dayMs, [])).toEqual({ halfMs: 5 * dayMs, soonMs: 8 * dayMs, dueMs: 10 * dayMs })
})

test('what a term stood is not part of it: six days in its first half move both moments by six', () => {
  const stood = [{ fromMs: 2 * dayMs, toMs: 8 * dayMs }]

  expect(termMoments(0, 16 * dayMs, stood)).toEqual({ halfMs: 11 * dayMs, soonMs: 14 * dayMs, dueMs: 16 * dayMs })
})

test('a term that is over before it has begun has all its moments at once', () => {
  expect(termMoments(dayMs, dayMs, [])).toEqual({ halfMs: dayMs, soonMs: dayMs, dueMs: dayMs })
})

describe('whatever it stood', () => {
  const instant = fc.integer({ min: 0, max: 400 * dayMs })
  const standstills = fc.array(fc.tuple(instant, instant).map(([one, other]): Standstill => (
    { fromMs: Math.min(one, other), toMs: Math.max(one, other) }
  )), { maxLength: 5 })

  test('the moments come in order, within the term, and never while it stands', () => {
    fc.assert(fc.property(instant, instant, standstills, (one, other, stood) => {
      const [startMs, dueMs] = [Math.min(one, other), Math.max(one, other)]
      const { halfMs, soonMs } = termMoments(startMs, dueMs, stood)

      expect(startMs <= halfMs && halfMs <= soonMs && soonMs <= dueMs).toBe(true)
      const runs = stood.every(({ fromMs, toMs }) => fromMs > startMs || toMs < dueMs)
      if (runs) for (const { fromMs, toMs } of stood) expect(halfMs > fromMs && halfMs < toMs && toMs < dueMs).toBe(false)
    }))
  })

  test('as much has run before the half as after it', () => {
    fc.assert(fc.property(instant, fc.integer({ min: dayMs, max: 100 * dayMs }), standstills, (startMs, lengthMs, stood) => {
      const dueMs = startMs + lengthMs
      const { halfMs } = termMoments(startMs, dueMs, stood)

      const ran = (from: number, to: number): number => {
        let [sum, at] = [0, from]
        const edges = [...stood.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), to]
          .filter((each) => each > from && each <= to).sort((a, b) => a - b)
        for (const edge of edges) {
          const middle = (at + edge) / 2
          if (!stood.some(({ fromMs, toMs }) => fromMs < middle && middle < toMs)) sum += edge - at
          at = edge
        }
        return sum
      }
      // Moments are whole milliseconds.
      if (ran(startMs, dueMs) > 0) expect(Math.abs(ran(startMs, halfMs) - ran(halfMs, dueMs))).toBeLessThanOrEqual(2)
    }))
  })
})
