import { validate } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { townsProcesses } from '../../zeebe/names.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { casesOf } from '../store/caseRows.ts'
import { listStalled } from '../store/stalledRows.ts'
import { MOST_SHOWN, type Troubles } from './trouble.ts'

/** All that stands still in the town and waits for its administrator. Administrators and auditors only. */
export async function listTroubles({ actor, db, processView, tenant }: Context): Promise<Troubles> {
  if (!may(actor, 'operation.see')) refuse('not-allowed', 'not-allowed')
  const [incidents, failedJobs, stalled] = await Promise.all([
    processView.incidents(townsProcesses(tenant.id), MOST_SHOWN),
    processView.failedJobs(townsProcesses(tenant.id), MOST_SHOWN),
    db.transaction((trx) => listStalled(trx, MOST_SHOWN)),
  ])
  const held = [...(incidents ?? []), ...(failedJobs ?? []), ...stalled].flatMap(({ caseId }) => (validate(caseId) ? [caseId!] : []))
  const cases = await db.transaction((trx) => casesOf(trx, held))
  return { incidents, failedJobs, stalled, cases }
}
