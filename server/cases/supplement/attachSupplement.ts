import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { acceptedType, plainName, type FileGiven } from '../acceptedFile.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import type { CaseDocument } from '../document.ts'
import { forgetBytes } from '../forgetBytes.ts'
import { keepUpload } from '../keepUpload.ts'
import { readSignatures } from '../signatures/readSignatures.ts'
import { readFiler, withFiler } from '../signatures/whoSigned.ts'
import { deleteDocuments, documentsOfCase, findDocument, insertDocument } from '../store/documentRows.ts'
import { findPerson } from '../store/personRows.ts'
import { supplementToAnswer } from './answerSupplement.ts'
import { fieldOf, supplementLimits } from './supplement.ts'

/**
 * Adds a file to what is being supplied; it lies in the case at once, and counts with the answer. Refusals as of
 * `supplementToAnswer`, and file-too-large, file-type-not-accepted, too-many-files.
 */
export async function attachSupplement(context: Context, caseId: string, given: Omit<FileGiven, 'field'>): Promise<CaseDocument> {
  const { field, papers } = await context.db.transaction((trx) => roomFor(trx, context, caseId))
  const mediaType = await acceptedType({ ...given, field })
  const file = { fileName: plainName(given.fileName), field, mediaType, bytes: given.bytes }
  const found = await readSignatures(context, file, papers)
  return keepUpload(context, { ...file, caseId, draftId: null }, async (trx, made) => {
    // Again, with the case locked: two files may come at once, and the day may have passed.
    const { applicantId } = await roomFor(trx, context, caseId)
    const person = applicantId ? await findPerson(trx, applicantId) : undefined
    const filer = person ? { kind: person.kind, givenName: person.givenName, familyName: person.familyName } : {}
    const document = { ...made, signatures: found && withFiler(found, await readFiler(trx, context, filer)) }
    await insertDocument(trx, document)
    await addAudit(trx, context, { action: 'document.supply', subject: document.id, forWhom: applicantId, facts: { caseId } })
    return document
  })
}

/** Takes a file out again before the answer is sent, and forgets its bytes. Refusals as of `supplementToAnswer`, and not-found. */
export async function detachSupplement(context: Context, caseId: string, documentId: string): Promise<void> {
  const keys = await context.db.transaction(async (trx) => {
    const { case: { applicantId }, supplement } = await supplementToAnswer(trx, context, caseId)
    const document = await findDocument(trx, documentId)
    if (document?.caseId !== caseId || document.field !== fieldOf(supplement)) refuse('not-found', 'not-found')
    const keys = await deleteDocuments(trx, [documentId])
    await addAudit(trx, context, { action: 'document.take-back', subject: documentId, forWhom: applicantId, facts: { caseId } })
    return keys
  })
  await forgetBytes(context, keys)
}

async function roomFor(trx: Transaction, context: Context, caseId: string) {
  const { case: case_, supplement } = await supplementToAnswer(trx, context, caseId)
  const papers = await documentsOfCase(trx, caseId)
  const field = fieldOf(supplement)
  if (papers.filter((paper) => paper.field === field).length >= supplementLimits.maxFiles) {
    refuse('invalid', 'too-many-files', { max: supplementLimits.maxFiles })
  }
  return { field, papers, applicantId: case_.applicantId }
}
