/** Days and shorter, exact to the nanosecond. Written as ISO 8601: "P1DT2H30M". */
export class DaysTimeDuration {
  constructor(readonly nanos: bigint) {}

  get negative(): boolean {
    return this.nanos < 0n
  }

  /** Whole days, hours, minutes and seconds, all with the duration's sign, and the nanoseconds left over. */
  parts(): { days: bigint; hours: bigint; minutes: bigint; seconds: bigint; nanos: bigint } {
    const seconds = this.nanos / NANOS_PER_SECOND
    return {
      days: seconds / 86_400n,
      hours: (seconds / 3600n) % 24n,
      minutes: (seconds / 60n) % 60n,
      seconds: seconds % 60n,
      nanos: this.nanos % NANOS_PER_SECOND,
    }
  }

  toString(): string {
    if (this.nanos === 0n) return 'P0D'
    const { days, hours, minutes, seconds, nanos } = new DaysTimeDuration(this.negative ? -this.nanos : this.nanos).parts()
    const fraction = nanos === 0n ? '' : '.' + nanos.toString().padStart(9, '0').replace(/0+$/, '')
    const time = (hours ? `${hours}H` : '') + (minutes ? `${minutes}M` : '') + (seconds || fraction ? `${seconds}${fraction}S` : '')
    return `${this.negative ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
  }

  toJSON(): string {
    return this.toString()
  }
}

/** Years and months, whose length in days depends on where they are counted from. Written as ISO 8601: "P1Y2M". */
export class YearsMonthsDuration {
  constructor(readonly months: number) {}

  toString(): string {
    if (this.months === 0) return 'P0Y'
    const months = Math.abs(this.months)
    const years = Math.floor(months / 12)
    return `${this.months < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${months % 12 ? `${months % 12}M` : ''}`
  }

  toJSON(): string {
    return this.toString()
  }
}

export const NANOS_PER_SECOND = 1_000_000_000n

const TIME = /(?:T(?=[-+.\d])(?:([-+]?\d{1,12})H)?(?:([-+]?\d{1,12})M)?(?:([-+]?\d{1,15})(?:\.(\d{0,9}))?S)?)?/
const DAYS_TIME = new RegExp(`^(-)?P(?:([-+]?\\d{1,12})D)?${TIME.source}$`)
const YEARS_MONTHS = /^(-)?P(?:([-+]?\d{1,9})Y)?(?:([-+]?\d{1,9})M)?$/

/** Reads an ISO 8601 duration of one of the two kinds; weeks and mixtures are none. */
export function readDuration(text: string): DaysTimeDuration | YearsMonthsDuration | null {
  if (!/\d/.test(text)) return null
  const yearsMonths = YEARS_MONTHS.exec(text)
  if (yearsMonths) {
    const months = Number(yearsMonths[2] ?? 0) * 12 + Number(yearsMonths[3] ?? 0)
    return new YearsMonthsDuration(yearsMonths[1] ? 0 - months : months)
  }
  const daysTime = DAYS_TIME.exec(text)
  if (!daysTime) return null
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = daysTime
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)
  const part = BigInt(fraction.padEnd(9, '0')) * (seconds.startsWith('-') ? -1n : 1n)
  const nanos = whole * NANOS_PER_SECOND + part
  return new DaysTimeDuration(sign ? -nanos : nanos)
}
