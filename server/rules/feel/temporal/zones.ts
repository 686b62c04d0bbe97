const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Whether a zone of the IANA list ("Europe/Belgrade") is known here. */
export function isZone(zone: string): boolean {
  return formatFor(zone) !== null
}

/** Seconds east of Greenwich that clocks in `zone` show at a moment, given in milliseconds since 1970-01-01T00:00Z. */
export function offsetAt(zone: string, epochMs: number): number {
  const format = formatFor(zone)
  if (!format) return 0
  const second = Math.floor(nearby(epochMs) / 1000) * 1000
  const parts = format.formatToParts(second)
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const shown = new Date(0)
  shown.setUTCFullYear(read('year'), read('month') - 1, read('day'))
  shown.setUTCHours(read('hour') % 24, read('minute'), read('second'))
  return Math.round((shown.getTime() - second) / 1000)
}

const ERA_MS = 146_097 * 86_400_000 // 400 years, after which the calendar repeats
const FURTHEST_MS = 8e15
const YEAR_TWO_MS = -62_104_060_800_000

// Dates of JavaScript end in the year 275760, and what it shows for years before the first counts backwards; the rules of a zone that
// far away are those of the same year of a nearer era.
function nearby(epochMs: number): number {
  if (epochMs > FURTHEST_MS) return epochMs - Math.ceil((epochMs - FURTHEST_MS) / ERA_MS) * ERA_MS
  if (epochMs < YEAR_TWO_MS) return epochMs + Math.ceil((YEAR_TWO_MS - epochMs) / ERA_MS) * ERA_MS
  return epochMs
}

/**
 * The offset that holds at a local time in `zone`. A time that occurs twice in autumn takes the earlier offset, unless
 * `preferred` is valid too; one that is skipped in spring takes the offset before the gap, so that it moves on by the gap's length.
 */
export function offsetOfLocal(zone: string, localMs: number, preferred?: number): number {
  const before = offsetAt(zone, localMs - 86_400_000)
  const after = offsetAt(zone, localMs + 86_400_000)
  const holds = (offset: number): boolean => offsetAt(zone, localMs - offset * 1000) === offset
  if (preferred !== undefined && holds(preferred)) return preferred
  if (holds(before)) return before
  return holds(after) ? after : before
}

function formatFor(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = makeFormat(zone)
  // Names come from expressions and data: the cache must not grow without end.
  if (formats.size < 700) formats.set(zone, format)
  return format
}

function makeFormat(zone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
