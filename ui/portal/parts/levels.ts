import type { Level } from '../../../server/http/contract/words.ts'

const rising: readonly Level[] = ['anonymous', 'code', 'password', 'e-signature']

/** Whether a person known at one level may do what needs another. */
export function reaches(has: Level | undefined, needs: Level): boolean {
  return rising.indexOf(has ?? 'anonymous') >= rising.indexOf(needs)
}
