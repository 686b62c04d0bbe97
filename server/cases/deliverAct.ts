import { v7 as uuidv7 } from 'uuid'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { sendToApplicant } from './sendToApplicant.ts'
import { findCase } from './store/caseRows.ts'
import { documentsOfCase, insertDelivery, showToCitizen } from './store/documentRows.ts'
import { addTimeline } from './timeline.ts'

/**
 * Lays the newest act into the citizen's inbox and writes that it is there. The notice is no delivery: received is what the
 * citizen has opened (readDocument).
 */
export async function deliverAct(context: Context, caseId: string, jobKey: string): Promise<void> {
  const { clock, db, events, tenant } = context
  const isNew = await db.transaction(async (trx) => {
    if (!(await findCase(trx, caseId))) throw new Error(`Expected case ${caseId} but found none`)
    const act = (await documentsOfCase(trx, caseId)).filter((document) => document.kind === 'act').at(-1)
    if (!act) throw new Error(`Expected case ${caseId} to have an act to deliver, but it has none`)
    if (!(await insertDelivery(trx, { id: uuidv7(), caseId, documentId: act.id, method: 'inbox', offeredAt: new Date(clock.now()) }))) {
      return false
    }
    await showToCitizen(trx, act.id)
    await addTimeline(trx, {
      caseId,
      atMs: clock.now(),
      kind: 'act-delivered',
      facts: { number: act.number },
      onlyOnce: `act-delivered ${act.id}`,
    })
    await addAudit(trx, context, { action: 'act.deliver', subject: act.id, facts: { caseId, method: 'inbox' } })
    return true
  })
  await sendToApplicant(context, caseId, 'act', { onlyOnce: jobKey })
  if (isNew) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
