import { Outage, Refusal } from '../base/errors.ts'

/** What a person is told when a start fails. A refusal and an outage are written for them; anything else is our mistake, and its trace helps. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof Outage) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
