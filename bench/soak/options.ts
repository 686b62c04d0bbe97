import { faultNames, faults, type FaultName } from './faults.ts'

export interface SoakOptions {
  /** Faults at random for three quarters of this time, overload for the rest. */
  readonly minutes?: number
  /** So many of each fault, in an order made from the seed. */
  readonly counts?: ReadonlyMap<FaultName, number>
  readonly seed: number
}

export const DEFAULT_MINUTES = 10

const usage = [
  'Expected `engine`, and perhaps `--minutes N` or a number of faults, and `--seed N`; or `overload`, and perhaps',
  '`--minutes N`; or `takeover`, and perhaps `--times N`. Faults are:',
  ...faultNames.map((name) => `  ${faults[name].option} N  ${name}`),
].join('\n')

/** Reads `engine [--minutes N] [--seed N] [--kills N] …`. What cannot be read is answered in words. */
export function readOptions([name = 'engine', ...rest]: readonly string[]): SoakOptions | string {
  if (name !== 'engine' || rest.length % 2 !== 0) return usage
  const counts = new Map<FaultName, number>()
  let minutes: number | undefined
  let seed = Date.now() % 1_000_000
  for (let at = 0; at < rest.length; at += 2) {
    const option = rest[at]!
    const value = Number(rest[at + 1])
    const fault = faultNames.find((each) => faults[each].option === option)
    if (fault && Number.isInteger(value) && value >= 0) counts.set(fault, value)
    else if (option === '--minutes' && value > 0) minutes = value
    else if (option === '--seed' && Number.isInteger(value)) seed = value
    else return usage
  }
  if (counts.size > 0 && minutes !== undefined) return usage
  return counts.size > 0 ? { counts, seed } : { minutes: minutes ?? DEFAULT_MINUTES, seed }
}
