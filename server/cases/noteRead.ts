import { localDay } from '../rules/countDays.ts'
import type { Transaction } from '../db/transaction.ts'
import { addAudit, type NewAuditEntry } from './audit.ts'
import type { Context } from './context.ts'
import { auditEntriesOf, lockChainEnd } from './store/auditRows.ts'

type Reader = Pick<Context, 'actor' | 'clock' | 'tenant'>

/**
 * Writes down that somebody of the town hall has read a case or a paper, once a day for each of them: who looked, and on which
 * days, is what is asked later; a page that refreshes itself would write a hundred lines of the same. A second look of the day
 * costs one question of an index. Call it last in a transaction, as addAudit.
 */
export async function noteRead(trx: Transaction, context: Reader, entry: NewAuditEntry): Promise<void> {
  if (context.actor.kind !== 'staff' || (await isNotedToday(trx, context, entry))) return
  // Two pages that open at once both found nothing: behind the lock the second finds the first.
  await lockChainEnd(trx)
  if (!(await isNotedToday(trx, context, entry))) await addAudit(trx, context, entry)
}

async function isNotedToday(trx: Transaction, { actor, clock, tenant }: Reader, { subject, action }: NewAuditEntry): Promise<boolean> {
  const [last] = await auditEntriesOf(trx, { subject, action, actor: actor.id }, 1)
  const day = (ms: number): string => localDay(ms, tenant.timeZone)
  return last !== undefined && day(last.at.getTime()) === day(clock.now())
}
