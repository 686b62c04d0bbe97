import type { Context } from './context.ts'
import { lockCase, updateCase } from './store/caseRows.ts'

/** Keeps the fee the procedure has worked out, in minor units of the case's currency. */
export async function noteFee(context: Context, caseId: string, feeMinor: number): Promise<void> {
  if (!Number.isSafeInteger(feeMinor) || feeMinor < 0) throw new RangeError(`Expected a fee in whole minor units, but got ${feeMinor}`)
  await context.db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    if (!case_) throw new Error(`Expected case ${caseId} but found none`)
    if (case_.feeMinor !== feeMinor) await updateCase(trx, caseId, { feeMinor, changedAt: new Date(context.clock.now()) })
  })
}
