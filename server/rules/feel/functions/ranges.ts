import { both, compare } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { dialects } from '../dialects.ts'
import { FeelRange, isRange } from '../values.ts'
import type { FeelValue } from '../values.ts'
import { point, range, text, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'
import { readRange } from './rangeText.ts'

/** How two points or ranges lie to each other. A point is treated as the range from itself to itself. */
export const rangeFunctions: Readonly<Record<string, BuiltIn>> = {
  range: [way([text('from')], readRange)],
  before: relation('both', (a, b) => endsBefore(a, b)),
  after: relation('both', (a, b) => endsBefore(b, a)),
  meets: ranges((a, b) => (a.highIncluded && b.lowIncluded ? is(a.high, '=', b.low) : false)),
  'met by': ranges((a, b) => (a.lowIncluded && b.highIncluded ? is(a.low, '=', b.high) : false)),
  overlaps: ranges((a, b) => both(not(endsBefore(a, b)), not(endsBefore(b, a)))),
  'overlaps before': ranges((a, b) => and(startsEarlier(a, b), not(endsBefore(a, b)), not(endsLater(a, b)))),
  'overlaps after': ranges((a, b) => and(startsEarlier(b, a), not(endsBefore(b, a)), not(endsLater(b, a)))),
  finishes: relation('point', (a, b) => and(sameEnd(a, b), not(startsEarlier(a, b)))),
  'finished by': relation('range', (a, b) => and(sameEnd(a, b), not(startsEarlier(b, a)))),
  includes: relation('range', (a, b) => and(not(startsEarlier(b, a)), not(endsLater(b, a)))),
  during: relation('point', (a, b) => and(not(startsEarlier(a, b)), not(endsLater(a, b)))),
  starts: relation('point', (a, b) => and(sameStart(a, b), not(endsLater(a, b)))),
  'started by': relation('range', (a, b) => and(sameStart(a, b), not(endsLater(b, a)))),
  coincides: [
    way([range('range1'), range('range2')], (a, b) => and(sameStart(a, b), sameEnd(a, b))),
    way([point('point1'), point('point2')], (a, b) => is(a, '=', b)),
  ],
}

type Relation = (a: FeelRange, b: FeelRange) => boolean | null

function ranges(holds: Relation): BuiltIn {
  return [way([range('range1'), range('range2')], holds)]
}

// `first` is what a mixed call has first: a point or a range; before() and after() take both, and two points.
function relation(first: 'point' | 'range' | 'both', holds: Relation): BuiltIn {
  const body = (a: FeelValue, b: FeelValue): boolean | null => holds(asRange(a), asRange(b))
  const pointFirst = way([point('point'), range('range')], body)
  const rangeFirst = way([range('range'), point('point')], body)
  const mixed = {
    point: [pointFirst],
    range: [rangeFirst],
    both: [pointFirst, rangeFirst, way([point('point1'), point('point2')], body)],
  }
  return [way([range('range1'), range('range2')], holds), ...mixed[first]]
}

function asRange(value: FeelValue): FeelRange {
  return isRange(value) ? value : new FeelRange(value, true, value, true)
}

function endsBefore(a: FeelRange, b: FeelRange): boolean | null {
  return is(a.high, a.highIncluded && b.lowIncluded ? '<' : '<=', b.low)
}

function startsEarlier(a: FeelRange, b: FeelRange): boolean | null {
  return is(a.low, a.lowIncluded && !b.lowIncluded ? '<=' : '<', b.low)
}

function endsLater(a: FeelRange, b: FeelRange): boolean | null {
  return is(a.high, a.highIncluded && !b.highIncluded ? '>=' : '>', b.high)
}

function sameStart(a: FeelRange, b: FeelRange): boolean | null {
  return a.lowIncluded === b.lowIncluded ? is(a.low, '=', b.low) : false
}

function sameEnd(a: FeelRange, b: FeelRange): boolean | null {
  return a.highIncluded === b.highIncluded ? is(a.high, '=', b.high) : false
}

// Ends that cannot be compared, as one with a place and one without, have no known relation in either dialect.
function is(left: FeelValue, operator: Operator, right: FeelValue): boolean | null {
  return compare(operator, left, right, dialects.camunda)
}

function and(...answers: (boolean | null)[]): boolean | null {
  return answers.reduce(both, true)
}

function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}
