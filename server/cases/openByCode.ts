import { refuse } from '../base/errors.ts'
import { isSame, normalizeCode } from '../identity/keys.ts'
import { addAudit } from './audit.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { isMandateOver } from './mandates/useMandate.ts'
import { findCaseByNumber } from './store/caseRows.ts'

/**
 * The case that register number and access code open. Which of the two was wrong is never told. The door counts the tries;
 * it then makes a session for this one case.
 */
export async function openByCode(context: Context, number: string, code: string): Promise<Case> {
  const given = context.keys.codeHash(context.tenant.id, normalizeCode(code))
  return context.db.transaction(async (trx) => {
    const found = await findCaseByNumber(trx, number)
    // Compared also when there is no such number, so that the time it takes tells nothing.
    const fits = isSame(given, found?.accessCodeHash ?? Buffer.alloc(given.length))
    if (!found || !fits) refuse('not-found', 'number-or-code-wrong')
    // The code was told to who filed: when their mandate ends, it opens nothing any more.
    if (await isMandateOver(trx, context, found.case)) refuse('not-found', 'number-or-code-wrong')
    await addAudit(trx, context, { action: 'case.open-by-code', subject: found.case.id })
    return found.case
  })
}
