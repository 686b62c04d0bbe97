import { refuse } from '../base/errors.ts'
import { sha256 } from '../identity/keys.ts'
import { addAudit } from './audit.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import type { CaseDocument } from './document.ts'
import { expectAction } from './expectAction.ts'
import { forWhom } from './mandates/forWhom.ts'
import { isTheirs } from './may.ts'
import { noteRead } from './noteRead.ts'
import { visibleCase } from './readCase.ts'
import { findDocument, receiveDelivery } from './store/documentRows.ts'
import { addTimeline } from './timeline.ts'

export interface DocumentBytes {
  fileName: string
  mediaType: string
  bytes: Buffer
}

/**
 * A paper of a case the actor may see; to a citizen only what is meant for them. A citizen who opens an act has received it:
 * the moment is kept as proof of delivery. Refusals: not-found, mandate-other-deed, level-too-low (an act for which the
 * procedure asks more).
 */
export async function readDocument(context: Context, caseId: string, documentId: string): Promise<DocumentBytes> {
  const { actor, db } = context
  const isStaff = actor.kind === 'staff'
  const { found, document } = await db.transaction(async (trx) => {
    const found = await visibleCase(trx, context, caseId)
    const document = await findDocument(trx, documentId)
    if (!document || document.caseId !== caseId || !(isStaff || document.forCitizen)) refuse('not-found', 'not-found')
    return { found, document }
  })
  if (document.kind === 'act') {
    if (!isTheirs(actor, 'act.read', { ...found, level: 'anonymous' })) refuse('not-allowed', 'mandate-other-deed')
    await expectAction(context, 'act.read', 'read-act', found)
  }
  await db.transaction((trx) => noteRead(trx, context, {
    action: 'document.read', subject: documentId, forWhom: found.case.applicantId, facts: { caseId },
  }))
  const paper = await bytesOf(context, document)
  if (document.kind === 'act' && !isStaff) await noteReceived(context, found.case, document)
  return paper
}

/** A paper's bytes as they were stored. A file that was changed behind our back must not leave the building as the town's word. */
export async function bytesOf({ files, tenant }: Context, { id, fileName, mediaType, sha256: stored, storageKey }: CaseDocument): Promise<DocumentBytes> {
  const bytes = await files.get(tenant.id, storageKey)
  if (sha256(bytes).toString('hex') !== stored) {
    throw new Error(`Expected document ${id} to have the hash it was stored with, but it has another`)
  }
  return { fileName, mediaType, bytes }
}

async function noteReceived(context: Context, case_: Case, document: CaseDocument): Promise<void> {
  const { clock, db, events, tenant } = context
  const { id: caseId, applicantId } = case_
  const isFirst = await db.transaction(async (trx) => {
    if (!(await receiveDelivery(trx, document.id, new Date(clock.now())))) return false
    await addTimeline(trx, {
      caseId,
      atMs: clock.now(),
      kind: 'act-opened',
      facts: { number: document.number },
      ...(await forWhom(trx, context, case_)),
      onlyOnce: `act-opened ${document.id}`,
    })
    await addAudit(trx, context, { action: 'act.receive', subject: document.id, forWhom: applicantId, facts: { caseId } })
    return true
  })
  if (isFirst) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
