import { refuse } from '../../../base/errors.ts'
import type { Context } from '../../context.ts'
import { may } from '../../may.ts'
import { findFill, type TrainingFill } from '../../store/trainingRows.ts'
import { copyFor } from './askToFill.ts'
import { practicePassword } from './practiceAccounts.ts'

export interface Training {
  /** Of the copy. */
  id: string
  fill: TrainingFill | null
  /** Of all its practice accounts. */
  password: string
}

/** What an administrator, or whoever keeps the installation, is told of the town's copy: how full it is, and how to sign in there. Null: the town has none. */
export async function readTraining(context: Context): Promise<Training | null> {
  const { actor, installation, tenant } = context
  if (!may(actor, 'tenant.administer') && !may(actor, 'tenant.add')) refuse('not-allowed', 'not-allowed')
  if (!tenant.trainingOf && !installation.towns().some(({ trainingOf }) => trainingOf === tenant.id)) return null
  const copy = copyFor(context)
  const fill = (await copy.db.transaction(findFill)) ?? null
  return { id: copy.tenant.id, fill, password: practicePassword(copy.keys, copy.tenant.id) }
}
