import { decimal } from '../decimals.ts'
import { FeelEvaluationError, FeelSyntaxError } from '../errors.ts'
import { daysInMonth } from '../temporal/calendar.ts'
import { FeelDate, FeelDateTime, FeelTime } from '../temporal/dateTime.ts'
import { NANOS_PER_SECOND, readDuration } from '../temporal/durations.ts'
import { readDate, readDateTime, readTime } from '../temporal/read.ts'
import { isZone } from '../temporal/zones.ts'
import { parseJson, toJson } from '../json.ts'
import { textOf } from '../text.ts'
import { weighed } from '../weight.ts'
import type { FeelValue } from '../values.ts'
import { any, date, dateTime, day, daysTime, number, orNull, text, textOrNull, time, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'
import { dateOf } from './temporals.ts'

/** Functions that make one type of another. */
export const conversionFunctions: Readonly<Record<string, BuiltIn>> = {
  string: [way([any('from')], (from, run) => textOf(from, run))],
  number: [
    way([text('from')], (from) => numberFrom(from)),
    way([text('from'), text('grouping separator')], (from, grouping) => grouped(from, grouping, '.')),
    way([text('from'), textOrNull('grouping separator'), textOrNull('decimal separator')], (from, grouping, point) =>
      grouped(from, grouping, point ?? '.'),
    ),
  ],
  date: [
    way([text('from')], (from, run) => readDate(from, run.dialect)),
    way([day('from')], (from) => dateOf(from)),
    way([number('year'), number('month'), number('day')], (year, month, dayOfMonth) =>
      dateFrom(year.trunc().toNumber(), month.trunc().toNumber(), dayOfMonth.trunc().toNumber()),
    ),
  ],
  time: [
    way([text('from')], (from, run) => readTime(from, run.nowMs, run.dialect)),
    way([dateTime('from')], (from, run) => (run.dialect.zoneOfTime ? new FeelTime(from.nanos, from.place) : from.time)),
    way([date('from')], () => new FeelTime(0, { offsetSeconds: 0, zone: null })),
    way([time('from')], (from) => from),
    way([number('hour'), number('minute'), number('second')], (hour, minute, second) =>
      timeFrom(hour.toNumber(), minute.toNumber(), second.toNumber()),
    ),
    way([number('hour'), number('minute'), number('second'), orNull(daysTime('offset'))], (hour, minute, second, offset, run) => {
      const made = timeFrom(hour.toNumber(), minute.toNumber(), second.toNumber())
      if (offset === null) return run.dialect.strictTimes ? made : null
      return made && new FeelTime(made.nanos, { offsetSeconds: Number(offset.nanos / NANOS_PER_SECOND), zone: null })
    }),
  ],
  'date and time': [
    way([text('from')], (from, run) => readDateTime(from, run.dialect)),
    way([day('date'), time('time')], (on, at) => placed(dateOf(on), at)),
    way([dateTime('date'), text('timezone')], (moment, zone) => inZone(moment, zone)),
  ],
  duration: [way([text('from')], (from) => readDuration(from))],
  'to json': [way([any('value')], (value, run) => toJson(weighed(value, run)))],
  'from json': [way([text('value')], fromJson)],
}

function numberFrom(from: string): FeelValue {
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(from)) {
    throw new FeelEvaluationError('not-a-number', 'Expected the text of a number in number(), but found another text')
  }
  const number = decimal(from.replace(/^\+/, ''))
  if (!number.isFinite()) {
    throw new FeelEvaluationError('not-a-number', 'Expected the text of a number in number(), but the number is too large')
  }
  return number
}

function grouped(from: string, grouping: string | null, point: string): FeelValue {
  if (grouping !== null && !['.', ',', ' '].includes(grouping)) return null
  if (!['.', ','].includes(point) || grouping === point) return null
  const plain = grouping === null ? from : from.replaceAll(grouping, '')
  return numberFrom(point === '.' ? plain : plain.replaceAll(point, '.'))
}

function dateFrom(year: number, month: number, dayOfMonth: number): FeelDate | null {
  if (Math.abs(year) > 999_999_999) return null
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null
  return new FeelDate(year, month, dayOfMonth)
}

function timeFrom(hour: number, minute: number, second: number): FeelTime | null {
  if (!Number.isInteger(hour) || !Number.isInteger(minute)) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second >= 60) return null
  return new FeelTime((hour * 3600 + minute * 60) * 1e9 + Math.round(second * 1e9))
}

function placed(on: FeelDate, at: FeelTime): FeelDateTime {
  return at.place?.zone ? FeelDateTime.inZone(on, at.nanos, at.place.zone) : new FeelDateTime(on, at.nanos, at.place)
}

function inZone(moment: FeelDateTime, zone: string): FeelDateTime {
  if (!isZone(zone)) {
    throw new FeelEvaluationError('out-of-range', 'Expected the name of a time zone in date and time(), but found another text')
  }
  if (!moment.place) return FeelDateTime.inZone(moment.date, moment.nanos, zone)
  return FeelDateTime.ofInstant(moment.instant, { offsetSeconds: 0, zone })
}

function fromJson(value: string): FeelValue {
  try {
    return parseJson(value)
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null
    throw error
  }
}
