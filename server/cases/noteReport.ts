import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { noteFailedMessage } from './noteFailedMessage.ts'
import { findMessage, noteArrival } from './store/messageRows.ts'

/** What a gateway tells of a message that it took. */
export type MessageReport = { messageId: string; at: Date } & ({ status: 'delivered' } | { status: 'failed'; reason: string })

/**
 * Notes whether a message has arrived. The same report again changes nothing, and neither does one that comes after the end: what
 * arrived stays so. Refusal: not-found (no such message of this town).
 */
export async function noteReport({ clock, db, events, tenant }: Context, { messageId, ...report }: MessageReport): Promise<void> {
  const caseId = await db.transaction(async (trx) => {
    const message = (await findMessage(trx, messageId)) ?? refuse('not-found', 'not-found')
    if (!(await noteArrival(trx, messageId, report)) || message.caseId === null) return null
    if (report.status === 'failed') {
      await noteFailedMessage(trx, message, { atMs: clock.now(), onlyOnce: `message-undelivered ${messageId}` })
    }
    return message.caseId
  })
  if (caseId) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
