import type { Context } from '../context.ts'
import { addTimeline } from '../timeline.ts'

/** Parts of a term after which whoever works on the case is told. */
export const warnings = ['half', 'soon'] as const
export type Warning = (typeof warnings)[number]

/** Writes into the office's own history that half, or four fifths, of the term have run; lists that are open show it at once. */
export async function warnOfTerm(context: Context, caseId: string, part: Warning, jobKey: string): Promise<void> {
  const { clock, db, events, tenant } = context
  const warned = await db.transaction((trx) => addTimeline(trx, {
    caseId, atMs: clock.now(), kind: `term-${part}`, staffOnly: true, onlyOnce: `term-${part} ${jobKey}`,
  }))
  if (warned) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
