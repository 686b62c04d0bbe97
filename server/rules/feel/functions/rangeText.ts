import { decimal } from '../decimals.ts'
import { order } from '../compare.ts'
import { readDuration } from '../temporal/durations.ts'
import { readDate, readDateTime, readTemporal, readTime } from '../temporal/read.ts'
import { FeelRange } from '../values.ts'
import type { FeelValue, Run } from '../values.ts'

const TEXT = '"((?:[^"\\\\]|\\\\.)*)"'
const END = `\\s*(?:(-?(?:\\d+(?:\\.\\d+)?|\\.\\d+))|(@|date and time\\(|date\\(|time\\(|duration\\()?\\s*${TEXT}\\s*\\)?)?\\s*`
const RANGE = new RegExp(`^\\s*([[(\\]])${END}\\.\\.${END}([\\])[])\\s*$`, 'u')

/** Reads a range as it is written with literals at its ends, "[1..5)"; one end may be left out, "(..5)". Null when it is none. */
export function readRange(text: string, run: Run): FeelRange | null {
  const found = RANGE.exec(text)
  if (!found) return null
  const [, opening, lowNumber, lowMaker, lowText, highNumber, highMaker, highText, closing] = found
  const low = endOf(lowNumber, lowMaker, lowText, run)
  const high = endOf(highNumber, highMaker, highText, run)
  const lowIncluded = opening === '['
  const highIncluded = closing === ']'
  if (low === null && (lowIncluded || (lowMaker ?? lowText) !== undefined)) return null
  if (high === null && (highIncluded || (highMaker ?? highText) !== undefined)) return null
  if (low === null && high === null) return null
  if (low !== null && high !== null && !((order(low, high, run) ?? 1) <= 0)) return null
  return new FeelRange(low, lowIncluded, high, highIncluded)
}

const makers: Readonly<Record<string, (text: string, run: Run) => FeelValue>> = {
  '@': readTemporal,
  'date(': (text, { dialect }) => readDate(text, dialect),
  'time(': (text, { nowMs, dialect }) => readTime(text, nowMs, dialect),
  'date and time(': (text, { dialect }) => readDateTime(text, dialect),
  'duration(': readDuration,
}

function endOf(number: string | undefined, maker: string | undefined, text: string | undefined, run: Run): FeelValue {
  if (number !== undefined) return decimal(number)
  if (text === undefined) return null
  return maker === undefined ? text.replace(/\\(.)/gu, '$1') : (makers[maker]?.(text, run) ?? null)
}
