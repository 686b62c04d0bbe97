import { refuse } from '../../base/errors.ts'

/** Fewer letters than these tell nobody anything. */
export const fewestLetters = 5

/** A reason somebody can read, trimmed; refuses with reason-missing. */
export function needReason(words: string): string {
  const reason = words.trim()
  if (reason.length < fewestLetters) refuse('invalid', 'reason-missing')
  return reason
}
