import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { may } from './may.ts'
import { rights } from './rights/table.ts'
import type { Right } from './rights/words.ts'

/** The table of rights as it is enforced: the very lines `may` asks. */
export function readRights({ actor }: Pick<Context, 'actor'>): readonly Right[] {
  if (!may(actor, 'rights.see')) refuse('not-allowed', 'not-allowed')
  return rights
}
