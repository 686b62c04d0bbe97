import { refuse } from '../../../base/errors.ts'
import { addAudit } from '../../audit.ts'
import type { Context } from '../../context.ts'
import { may } from '../../may.ts'
import { findFill, saveFill, type TrainingFill } from '../../store/trainingRows.ts'
import { plannedRequests } from './planRequests.ts'

/**
 * Asks that a town's copy for practice be filled with invented requests; a loop does it (`fillRound.ts`). Asked from the town or from its
 * copy. One that is filled, or being filled, stays as it is; with `again` it is emptied first. Refuses ('not-training') a town without
 * a copy: nothing of a real town is ever emptied.
 */
export async function askToFill(context: Context, { again = false } = {}): Promise<TrainingFill> {
  if (!may(context.actor, 'tenant.administer') && !may(context.actor, 'tenant.add')) refuse('not-allowed', 'not-allowed')
  const copy = copyFor(context)
  return copy.db.transaction(async (trx) => {
    const last = await findFill(trx)
    if (last && !again) return last
    const fill: TrainingFill = {
      generation: (last?.generation ?? 0) + 1, phase: last ? 'emptying' : 'inviting', planned: plannedRequests, filed: 0, settled: 0,
      accounts: last?.accounts ?? [], askedAt: new Date(copy.clock.now()), doneAt: null,
    }
    await saveFill(trx, fill)
    await addAudit(trx, copy, { action: 'training.fill', subject: copy.tenant.id, facts: { generation: fill.generation, emptied: last !== undefined } })
    return fill
  })
}

/** The context of the copy: of the town itself where it is one, else of the town that is its copy. */
export function copyFor({ actor, installation, tenant, ...shared }: Context): Context {
  if (tenant.trainingOf) return { actor, installation, tenant, ...shared }
  const copy = installation.towns().find(({ trainingOf }) => trainingOf === tenant.id) ?? refuse('wrong-state', 'not-training')
  return installation.contextFor(copy.id, actor)
}
