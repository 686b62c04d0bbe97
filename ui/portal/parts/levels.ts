import type { ProcedurePage } from '../../../server/http/contract/catalogue.ts'
import type { Answers, Level } from '../../../server/http/contract/words.ts'
import { neededLevel } from '../../../server/rules/neededLevel.ts'

const rising: readonly Level[] = ['anonymous', 'code', 'password', 'e-signature']

/** Whether a person known at one level may do what needs another. */
export function reaches(has: Level | undefined, needs: Level): boolean {
  return rising.indexOf(has ?? 'anonymous') >= rising.indexOf(needs)
}

/** The level that a request with these answers needs. The server asks the same when it comes. */
export function levelOf({ assurance, levels }: Pick<ProcedurePage, 'assurance' | 'levels'>, answers: Answers): Level {
  return neededLevel<Level>(assurance, levels, answers, rising)
}
