import { fileTypeFromBuffer } from 'file-type'
import { v7 as uuidv7 } from 'uuid'
import { refuse, Refusal } from '../base/errors.ts'
import { sha256 } from '../identity/keys.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { uploadLimits, type CaseDocument } from './document.ts'
import type { Draft } from './draft.ts'
import { isMyDraft } from './may.ts'
import { refusalOf, type KeptSignatures } from './signatures/keptSignatures.ts'
import { mustBeSigned } from './signatures/mustBeSigned.ts'
import { readSignatures, type GivenFile } from './signatures/readSignatures.ts'
import { readFiler, withFiler } from './signatures/whoSigned.ts'
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

/**
 * Adds a file to one's draft: at most ten, at most 10 MB each, PDF, JPEG, PNG or a signature by its bytes, its name and its declared
 * type alike. Its signatures are validated and the finding kept with it. Refusals: file-too-large, file-type-not-accepted,
 * too-many-files, draft-not-found, and signature-refused with the reason, where the procedure asks for a signed paper.
 */
export async function attachFile(context: Context, draftId: string, given: FileGiven): Promise<CaseDocument> {
  const { actor, clock, db, files, tenant } = context
  if (given.bytes.length > uploadLimits.maxBytes) refuse('invalid', 'file-too-large', { maxBytes: uploadLimits.maxBytes })
  const mediaType = await acceptedType(given)
  const { draft, papers } = await refuseUnlessRoom(context, draftId)
  const file = { fileName: plainName(given.fileName), field: given.field, mediaType, bytes: given.bytes }
  const signatures = await acceptedSignatures(context, draft, file, papers)
  const storageKey = await files.put(tenant.id, given.bytes)
  const document: NewDocument = {
    id: uuidv7(),
    caseId: null,
    draftId,
    kind: 'upload',
    title: file.fileName,
    field: given.field,
    number: null,
    letter: null,
    verifyCode: null,
    forCitizen: true,
    createdAt: new Date(clock.now()),
    createdBy: actor.id,
    fileName: file.fileName,
    mediaType,
    sizeBytes: given.bytes.length,
    sha256: sha256(Buffer.from(given.bytes)).toString('hex'),
    storageKey,
    signatures,
  }
  try {
    await db.transaction(async (trx) => {
      // Again, with the draft locked: two files may come at once.
      const draft = await lockDraft(trx, draftId)
      if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
      refuseWhenFull(await documentsOfDraft(trx, draftId))
      await insertDocument(trx, document)
      if (signatures) await addAudit(trx, context, { action: 'document.validate', subject: document.id, facts: auditFacts(signatures) })
    })
  } catch (error) {
    // Only a refusal is sure to have written no row; a connection that broke at the commit may have left one.
    if (error instanceof Refusal) await files.remove(tenant.id, storageKey)
    throw error
  }
  return document
}

// Asked before the bytes are stored, so that a stranger cannot fill the disk.
async function refuseUnlessRoom({ actor, db }: Context, draftId: string): Promise<{ draft: Draft; papers: CaseDocument[] }> {
  return db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    const papers = await documentsOfDraft(trx, draftId)
    refuseWhenFull(papers)
    return { draft, papers }
  })
}

/** What is found about the signatures of the file; refuses, and says so in the audit, where a good one is asked for. */
async function acceptedSignatures(
  context: Context, draft: Draft, file: GivenFile, papers: readonly CaseDocument[],
): Promise<KeptSignatures | null> {
  const found = await readSignatures(context, file, papers)
  if (!found) return null
  return context.db.transaction(async (trx) => {
    const kept = withFiler(found, await readFiler(trx, context, draft.applicant))
    const pack = context.packages.newest(draft.procedure)
    const reason = pack && mustBeSigned(pack, file.field) ? refusalOf(kept) : null
    if (reason) await addAudit(trx, context, { action: 'document.refuse', subject: draft.id, facts: { ...auditFacts(kept), reason } })
    return { kept, reason }
  }).then(({ kept, reason }) => (reason ? refuse('invalid', 'signature-refused', { reason }) : kept))
}

const auditFacts = ({ kind, trust, signatures }: KeptSignatures) => ({
  kind, trust, verdicts: signatures.map(({ indication, sub, who }) => [indication, sub, who].filter(Boolean).join(' ')),
})

function refuseWhenFull(documents: readonly CaseDocument[]): void {
  if (documents.length >= uploadLimits.maxFiles) refuse('invalid', 'too-many-files', { max: uploadLimits.maxFiles })
}

/** The real type of a file, where it is one of those accepted and nothing contradicts it. Refusal: file-type-not-accepted. */
export async function acceptedType({ fileName, declaredType, bytes }: FileGiven): Promise<string> {
  const real = (await fileTypeFromBuffer(bytes))?.mime ?? signatureType(bytes, fileName)
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const accepted = uploadLimits.mediaTypes[real]?.includes(ending)
  // Browsers leave the type out or say octet-stream when they do not know; only a contradiction counts.
  const contradicted = declaredType in uploadLimits.mediaTypes && declaredType !== real
  if (!accepted || contradicted) {
    refuse('invalid', 'file-type-not-accepted', { accepted: Object.keys(uploadLimits.mediaTypes), found: real || 'unknown' })
  }
  return real
}

// The same bytes lie beside a file or around it: whoever made them says which by the ending.
function signatureType(bytes: Uint8Array, fileName: string): string {
  // A SEQUENCE that names signedData, 1.2.840.113549.1.7.2, within its first bytes (RFC 5652, 3 and 5.1).
  const isSignature = bytes[0] === 0x30 && Buffer.from(bytes.subarray(0, 24)).includes(Buffer.from('06092a864886f70d010702', 'hex'))
  if (!isSignature) return ''
  return /\.p7m$/i.test(fileName) ? 'application/pkcs7-mime' : 'application/pkcs7-signature'
}

/** The name without folders and control characters, 200 characters at most with its ending kept. */
export function plainName(fileName: string): string {
  const name = (fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim()
  const ending = /\.[a-z0-9]+$/i.exec(name)?.[0] ?? ''
  return name.length <= 200 ? name : name.slice(0, 200 - ending.length) + ending
}
