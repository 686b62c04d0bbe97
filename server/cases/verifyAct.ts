import { normalizeCode } from '../identity/keys.ts'
import type { Context } from './context.ts'
import type { CaseDocument } from './document.ts'
import { findCase } from './store/caseRows.ts'
import { findDocumentByVerifyCode } from './store/documentRows.ts'

/** The act whose printed code this is, with the unit that made it; null when the town has made no such act. Nothing of it is personal. */
export async function verifyAct(context: Context, code: string): Promise<{ act: CaseDocument; unitId: string } | null> {
  return context.db.transaction(async (trx) => {
    const act = await findDocumentByVerifyCode(trx, normalizeCode(code))
    const case_ = act?.caseId && (await findCase(trx, act.caseId))
    return act && case_ ? { act, unitId: case_.unitId } : null
  })
}
