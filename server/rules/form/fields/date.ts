import { readDate, readDateTime } from '../../feel/temporal/read.ts'
import type { FormComponent } from '../schema.ts'
import { isBlank } from './field.ts'
import type { FieldContext, FieldKind, Found } from './field.ts'

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[-+]\d{2}:\d{2})?$/

/** A date, a time of day, or both, as ISO 8601 text. */
export const datetimeField: FieldKind = {
  isEmpty: isBlank,
  check(answer, field, context): Found | undefined {
    if (field.subtype === 'time') return typeof answer === 'string' && TIME.test(answer) ? undefined : { code: 'not-a-time' }
    if (typeof answer !== 'string' || !isDay(answer.slice(0, 10))) return { code: 'not-a-date' }
    if (field.subtype === 'datetime' ? !isMoment(answer) : answer.length > 10) return { code: 'not-a-date' }
    return outsideOfTime(answer.slice(0, 10), field, context)
  },
}

function outsideOfTime(day: string, field: FormComponent, { today }: FieldContext): Found | undefined {
  if (field.disallowPassedDates && day < today) return { code: 'date-passed' }
  if (field.disallowFutureDates && day > today) return { code: 'date-in-future' }
  return undefined
}

// The reader takes 30 February for the last of the month; a person's answer must be a day that exists.
function isDay(text: string): boolean {
  return readDate(text)?.toString() === text
}

function isMoment(text: string): boolean {
  return text.charAt(10) === 'T' && TIME.test(text.slice(11)) && readDateTime(text) !== null
}
