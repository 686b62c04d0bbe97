import { refuse } from '../base/errors.ts'
import { acceptedType, plainName, type FileGiven } from './acceptedFile.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { uploadLimits, type CaseDocument } from './document.ts'
import type { Draft } from './draft.ts'
import { keepUpload } from './keepUpload.ts'
import { isMyDraft } from './may.ts'
import { refusalOf, type KeptSignatures } from './signatures/keptSignatures.ts'
import { mustBeSigned } from './signatures/mustBeSigned.ts'
import { readSignatures, type GivenFile } from './signatures/readSignatures.ts'
import { readFiler, withFiler } from './signatures/whoSigned.ts'
import { documentsOfDraft, insertDocument } from './store/documentRows.ts'
import { lockDraft } from './store/draftRows.ts'

/**
 * Adds a file to one's draft: at most ten, at most 10 MB each, PDF, JPEG, PNG or a signature by its bytes, its name and its declared
 * type alike. Its signatures are validated and the finding kept with it. Refusals: file-too-large, file-type-not-accepted,
 * too-many-files, draft-not-found, and signature-refused with the reason, where the procedure asks for a signed paper.
 */
export async function attachFile(context: Context, draftId: string, given: FileGiven): Promise<CaseDocument> {
  const { actor } = context
  const mediaType = await acceptedType(given)
  const { draft, papers } = await refuseUnlessRoom(context, draftId)
  const file = { fileName: plainName(given.fileName), field: given.field, mediaType, bytes: given.bytes }
  const signatures = await acceptedSignatures(context, draft, file, papers)
  return keepUpload(context, { ...file, caseId: null, draftId }, async (trx, made) => {
    const document = { ...made, signatures }
    // Again, with the draft locked: two files may come at once.
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    refuseWhenFull(await documentsOfDraft(trx, draftId))
    await insertDocument(trx, document)
    if (signatures) await addAudit(trx, context, { action: 'document.validate', subject: document.id, facts: auditFacts(signatures) })
    return document
  })
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
