import { fileTypeFromBuffer } from 'file-type'
import { v7 as uuidv7 } from 'uuid'
import { refuse, Refusal } from '../base/errors.ts'
import { sha256 } from '../identity/keys.ts'
import type { Context } from './context.ts'
import { uploadLimits, type CaseDocument } from './document.ts'
import { isMyDraft } from './may.ts'
import { documentsOfDraft, insertDocument, type NewDocument } from './store/documentRows.ts'
import { lockDraft } from './store/draftRows.ts'

export interface FileGiven {
  /** The form field or `documents.<id>` it answers. */
  field: string
  fileName: string
  /** As the browser says; believed only when the bytes agree. */
  declaredType: string
  bytes: Uint8Array
}

/** Adds a file to one's draft: at most ten, at most 10 MB each, PDF, JPEG or PNG by its bytes, its name and its declared type alike. */
export async function attachFile(context: Context, draftId: string, given: FileGiven): Promise<CaseDocument> {
  const { actor, clock, db, files, tenant } = context
  if (given.bytes.length > uploadLimits.maxBytes) refuse('invalid', 'file-too-large', { maxBytes: uploadLimits.maxBytes })
  const mediaType = await acceptedType(given)
  await refuseUnlessRoom(context, draftId)
  const storageKey = await files.put(tenant.id, given.bytes)
  const document: NewDocument = {
    id: uuidv7(),
    caseId: null,
    draftId,
    kind: 'upload',
    title: plainName(given.fileName),
    field: given.field,
    number: null,
    letter: null,
    verifyCode: null,
    forCitizen: true,
    createdAt: new Date(clock.now()),
    createdBy: actor.id,
    fileName: plainName(given.fileName),
    mediaType,
    sizeBytes: given.bytes.length,
    sha256: sha256(Buffer.from(given.bytes)).toString('hex'),
    storageKey,
  }
  try {
    await db.transaction(async (trx) => {
      // Again, with the draft locked: two files may come at once.
      const draft = await lockDraft(trx, draftId)
      if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
      refuseWhenFull(await documentsOfDraft(trx, draftId))
      await insertDocument(trx, document)
    })
  } catch (error) {
    // Only a refusal is sure to have written no row; a connection that broke at the commit may have left one.
    if (error instanceof Refusal) await files.remove(tenant.id, storageKey)
    throw error
  }
  return document
}

// Asked before the bytes are stored, so that a stranger cannot fill the disk.
async function refuseUnlessRoom({ actor, db }: Context, draftId: string): Promise<void> {
  await db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    refuseWhenFull(await documentsOfDraft(trx, draftId))
  })
}

function refuseWhenFull(documents: readonly CaseDocument[]): void {
  if (documents.length >= uploadLimits.maxFiles) refuse('invalid', 'too-many-files', { max: uploadLimits.maxFiles })
}

async function acceptedType({ fileName, declaredType, bytes }: FileGiven): Promise<string> {
  const real = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  const ending = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const accepted = uploadLimits.mediaTypes[real]?.includes(ending)
  // Browsers leave the type out or say octet-stream when they do not know; only a contradiction counts.
  const contradicted = declaredType in uploadLimits.mediaTypes && declaredType !== real
  if (!accepted || contradicted) {
    refuse('invalid', 'file-type-not-accepted', { accepted: Object.keys(uploadLimits.mediaTypes), found: real || 'unknown' })
  }
  return real
}

/** The name without folders and control characters, 200 characters at most with its ending kept. */
function plainName(fileName: string): string {
  const name = (fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim()
  const ending = /\.[a-z]+$/i.exec(name)?.[0] ?? ''
  return name.length <= 200 ? name : name.slice(0, 200 - ending.length) + ending
}
