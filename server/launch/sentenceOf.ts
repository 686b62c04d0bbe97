import { Outage, Refusal } from '../base/errors.ts'

/** What a person is told when a start fails. */
export function sentenceOf(error: unknown): string {
  // A refusal and an outage are written for a person; anything else is our mistake, and its trace helps.
  if (error instanceof Refusal || error instanceof Outage) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
