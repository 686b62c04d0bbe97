import { v7 as uuidv7 } from 'uuid'
import { Refusal } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import { sha256 } from '../identity/keys.ts'
import type { Context } from './context.ts'
import type { CaseDocument } from './document.ts'
import type { NewDocument } from './store/documentRows.ts'

/** A file that was accepted, and what it belongs to. */
export interface Upload extends Pick<CaseDocument, 'caseId' | 'draftId' | 'mandateId' | 'field'> {
  fileName: string
  mediaType: string
  bytes: Uint8Array
}

/**
 * Stores a file that somebody handed in and lets `write` put its document beside it, in one transaction. What `write` refuses leaves no
 * bytes behind. Answers the document as it was written.
 */
export async function keepUpload(
  { actor, clock, db, files, tenant }: Context, { bytes, ...upload }: Upload,
  write: (trx: Transaction, document: NewDocument) => Promise<NewDocument>,
): Promise<CaseDocument> {
  const storageKey = await files.put(tenant.id, bytes)
  const document: NewDocument = {
    ...upload,
    id: uuidv7(),
    kind: 'upload',
    title: upload.fileName,
    number: null,
    letter: null,
    verifyCode: null,
    forCitizen: true,
    createdAt: new Date(clock.now()),
    createdBy: actor.id,
    sizeBytes: bytes.length,
    sha256: sha256(Buffer.from(bytes)).toString('hex'),
    storageKey,
    signatures: null,
  }
  try {
    return await db.transaction((trx) => write(trx, document))
  } catch (error) {
    // Only a refusal is sure to have written no row; a connection that broke at the commit may have left one.
    if (error instanceof Refusal) await files.remove(tenant.id, storageKey)
    throw error
  }
}
