import type { Context } from './context.ts'
import { forgetBytes } from './forgetBytes.ts'
import { deleteDocuments, documentsOfDraft } from './store/documentRows.ts'
import { deleteDraftRow, deleteExpiredSessions, expiredDrafts } from './store/draftRows.ts'
import { deleteDelivered } from './store/outboxRows.ts'

const atOnce = 100
const deliveredForMs = 7 * 24 * 3_600_000

/**
 * Forgets drafts nobody came back to with their files, sessions that have run out, and what the outbox delivered a week ago.
 * A hundred drafts at a time: call it until there are none.
 */
export async function deleteExpired(context: Context): Promise<{ drafts: number; sessions: number; delivered: number }> {
  const { clock, db } = context
  const now = new Date(clock.now())
  const { keys, ...counts } = await db.transaction(async (trx) => {
    const drafts = await expiredDrafts(trx, now, atOnce)
    const keys: string[] = []
    for (const id of drafts) {
      keys.push(...(await deleteDocuments(trx, (await documentsOfDraft(trx, id)).map((document) => document.id))))
      await deleteDraftRow(trx, id)
    }
    const sessions = await deleteExpiredSessions(trx, now)
    const delivered = await deleteDelivered(trx, new Date(clock.now() - deliveredForMs))
    return { keys, drafts: drafts.length, sessions, delivered }
  })
  await forgetBytes(context, keys)
  return counts
}
