/** Calendar months in UTC, by which the history is parted. */
export interface Month {
  /** As in the name of a partition: `2026_11`. */
  readonly name: string
  /** Milliseconds since 1970: its first moment, and that of the month after. */
  readonly from: number
  readonly until: number
}

/** The month in which a moment lies. */
export function monthOf(atMs: number): Month {
  const date = new Date(atMs)
  return month(date.getUTCFullYear(), date.getUTCMonth())
}

export function monthAfter({ until }: Month): Month {
  return monthOf(until)
}

export function monthNamed(name: string): Month {
  const [year, number] = name.split('_')
  return month(Number(year), Number(number) - 1)
}

/** What lies wholly before this moment has been kept for so many months; 0 keeps for ever. */
export function keptSince(nowMs: number, months: number): number {
  if (months === 0) return -Infinity
  const now = monthOf(nowMs)
  const date = new Date(now.from)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)
}

function month(year: number, index: number): Month {
  const name = `${year}_${String(index + 1).padStart(2, '0')}`
  return { name, from: Date.UTC(year, index, 1), until: Date.UTC(year, index + 1, 1) }
}
