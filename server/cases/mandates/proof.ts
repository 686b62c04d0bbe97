import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { acceptedType, plainName, type FileGiven } from '../acceptedFile.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { isSignatureFile, uploadLimits, type CaseDocument } from '../document.ts'
import { keepUpload } from '../keepUpload.ts'
import { may, maySeeCase } from '../may.ts'
import { noteRead } from '../noteRead.ts'
import { bytesOf, type DocumentBytes } from '../readDocument.ts'
import { casesUnderMandate } from '../store/caseRows.ts'
import { documentsOfMandate, findDocument, insertDocument } from '../store/documentRows.ts'
import { findMandate, lockMandate } from '../store/mandateRows.ts'
import { tasksOfCase } from '../store/taskRows.ts'
import { isTheirMandate, type Mandate } from './mandate.ts'

/**
 * Adds a paper to a mandate one has asked for, until it is decided: PDF, JPEG or PNG, at most ten. Refusals: not-found,
 * wrong-state, too-many-files, file-too-large, file-type-not-accepted.
 */
export async function attachProof(context: Context, mandateId: string, given: Omit<FileGiven, 'field'>): Promise<CaseDocument> {
  const mediaType = await acceptedType({ ...given, field: '' })
  if (isSignatureFile(mediaType)) refuse('invalid', 'file-type-not-accepted', { found: mediaType })
  await context.db.transaction((trx) => openForProof(trx, context, mandateId))
  const file = { fileName: plainName(given.fileName), mediaType, bytes: given.bytes, field: null }
  return keepUpload(context, { ...file, caseId: null, draftId: null, mandateId }, async (trx, document) => {
    const { forPersonId } = await openForProof(trx, context, mandateId)
    await insertDocument(trx, document)
    await addAudit(trx, context, { action: 'mandate.add-proof', subject: mandateId, forWhom: forPersonId, facts: { document: document.id } })
    return document
  })
}

/** A paper of a mandate: for its two people, for clerks who decide on mandates, and for those whose case was filed under it. */
export async function readProof(context: Context, mandateId: string, documentId: string): Promise<DocumentBytes> {
  const document = await context.db.transaction(async (trx) => {
    const mandate = await findMandate(trx, mandateId)
    const document = await findDocument(trx, documentId)
    const isOfIt = document !== undefined && (await documentsOfMandate(trx, mandateId)).some(({ id }) => id === documentId)
    if (!mandate || !isOfIt || !(await mayRead(trx, context, mandate))) refuse('not-found', 'not-found')
    await noteRead(trx, context, { action: 'document.read', subject: documentId, forWhom: mandate.forPersonId, facts: { mandateId } })
    return document
  })
  return bytesOf(context, document)
}

async function mayRead(trx: Transaction, { actor }: Context, mandate: Mandate): Promise<boolean> {
  if (may(actor, 'mandate.record') || isTheirMandate(mandate, actor)) return true
  if (actor.kind !== 'staff') return false
  for (const case_ of await casesUnderMandate(trx, mandate.id)) {
    if (maySeeCase(actor, case_, await tasksOfCase(trx, case_.id))) return true
  }
  return false
}

// Asked before the bytes are stored, so that a stranger cannot fill the disk, and again when they are.
async function openForProof(trx: Transaction, { actor }: Context, mandateId: string): Promise<Mandate> {
  const mandate = await lockMandate(trx, mandateId)
  if (!mandate || actor.personId === undefined || mandate.personId !== actor.personId) refuse('not-found', 'not-found')
  if (mandate.state !== 'asked') refuse('wrong-state', 'wrong-state')
  if ((await documentsOfMandate(trx, mandateId)).length >= uploadLimits.maxFiles) refuse('invalid', 'too-many-files', { max: uploadLimits.maxFiles })
  return mandate
}
