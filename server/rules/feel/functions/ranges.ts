import { both, compare } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { FeelRange, isRange } from '../values.ts'
import type { FeelValue, Run } from '../values.ts'
import { point, range, text, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'
import { readRange } from './rangeText.ts'

/** How two points or ranges lie to each other. A point is treated as the range from itself to itself. */
export const rangeFunctions: Readonly<Record<string, BuiltIn>> = {
  range: [way([text('from')], readRange)],
  before: relation('both', ({ a, b, is }) => endsBefore(a, b, is)),
  after: relation('both', ({ a, b, is }) => endsBefore(b, a, is)),
  meets: ranges(({ a, b, is }) => (a.highIncluded && b.lowIncluded ? is(a.high, '=', b.low) : false)),
  'met by': ranges(({ a, b, is }) => (a.lowIncluded && b.highIncluded ? is(a.low, '=', b.high) : false)),
  overlaps: ranges(({ a, b, is }) => both(not(endsBefore(a, b, is)), not(endsBefore(b, a, is)))),
  'overlaps before': ranges(({ a, b, is }) => and(startsEarlier(a, b, is), not(endsBefore(a, b, is)), not(endsLater(a, b, is)))),
  'overlaps after': ranges(({ a, b, is }) => and(startsEarlier(b, a, is), not(endsBefore(b, a, is)), not(endsLater(b, a, is)))),
  finishes: relation('point', ({ a, b, is }) => and(sameEnd(a, b, is), not(startsEarlier(a, b, is)))),
  'finished by': relation('range', ({ a, b, is }) => and(sameEnd(a, b, is), not(startsEarlier(b, a, is)))),
  includes: relation('range', ({ a, b, is }) => and(not(startsEarlier(b, a, is)), not(endsLater(b, a, is)))),
  during: relation('point', ({ a, b, is }) => and(not(startsEarlier(a, b, is)), not(endsLater(a, b, is)))),
  starts: relation('point', ({ a, b, is }) => and(sameStart(a, b, is), not(endsLater(a, b, is)))),
  'started by': relation('range', ({ a, b, is }) => and(sameStart(a, b, is), not(endsLater(b, a, is)))),
  coincides: [
    way([range('range1'), range('range2')], (a, b, run) => and(sameStart(a, b, comparing(run)), sameEnd(a, b, comparing(run)))),
    way([point('point1'), point('point2')], (a, b, run) => compare('=', a, b, run)),
  ],
}

type Is = (left: FeelValue, operator: Operator, right: FeelValue) => boolean | null

/** Whether two ranges lie to each other in a way; `is` compares their ends. */
type Relation = (between: { readonly a: FeelRange; readonly b: FeelRange; readonly is: Is }) => boolean | null

function ranges(holds: Relation): BuiltIn {
  return [way([range('range1'), range('range2')], (a, b, run) => holds({ a, b, is: comparing(run) }))]
}

// `first` is what a mixed call has first: a point or a range; before() and after() take both, and two points.
function relation(first: 'point' | 'range' | 'both', holds: Relation): BuiltIn {
  const body = (a: FeelValue, b: FeelValue, run: Run): boolean | null => holds({ a: asRange(a), b: asRange(b), is: comparing(run) })
  const pointFirst = way([point('point'), range('range')], body)
  const rangeFirst = way([range('range'), point('point')], body)
  const mixed = {
    point: [pointFirst],
    range: [rangeFirst],
    both: [pointFirst, rangeFirst, way([point('point1'), point('point2')], body)],
  }
  return [way([range('range1'), range('range2')], body), ...mixed[first]]
}

function comparing(run: Run): Is {
  return (left, operator, right) => compare(operator, left, right, run)
}

function asRange(value: FeelValue): FeelRange {
  return isRange(value) ? value : new FeelRange(value, true, value, true)
}

function endsBefore(a: FeelRange, b: FeelRange, is: Is): boolean | null {
  return is(a.high, a.highIncluded && b.lowIncluded ? '<' : '<=', b.low)
}

function startsEarlier(a: FeelRange, b: FeelRange, is: Is): boolean | null {
  return is(a.low, a.lowIncluded && !b.lowIncluded ? '<=' : '<', b.low)
}

function endsLater(a: FeelRange, b: FeelRange, is: Is): boolean | null {
  return is(a.high, a.highIncluded && !b.highIncluded ? '>=' : '>', b.high)
}

function sameStart(a: FeelRange, b: FeelRange, is: Is): boolean | null {
  return a.lowIncluded === b.lowIncluded ? is(a.low, '=', b.low) : false
}

function sameEnd(a: FeelRange, b: FeelRange, is: Is): boolean | null {
  return a.highIncluded === b.highIncluded ? is(a.high, '=', b.high) : false
}

function and(...answers: (boolean | null)[]): boolean | null {
  return answers.reduce(both, true)
}

function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}
