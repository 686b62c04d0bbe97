import { refuse } from '../../base/errors.ts'
import { verifyAudit, type AuditCheck } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'

/** Whether the town's audit is whole. A chain that is not is told in the log too: nobody may be looking at the page. */
export async function checkAudit(context: Context): Promise<AuditCheck> {
  const { actor, log } = context
  if (!may(actor, 'audit.check')) refuse('not-allowed', 'not-allowed')
  const check = await verifyAudit(context)
  if (check.brokenAt !== null) log.error('audit-broken', { at: String(check.brokenAt), sound: check.entries })
  return check
}
