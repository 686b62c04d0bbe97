import type { Transaction } from '../../db/transaction.ts'
import type { CaseDocument } from '../document.ts'
import type { KeptSignatures } from '../signatures/keptSignatures.ts'
import { ours } from './ours.ts'

export interface NewDocument extends CaseDocument {
  /** Job key: an act is made once, however often its job comes. */
  madeFor?: string
  createdBy: string
}

/** Writes a document with its first version. */
export async function insertDocument(trx: Transaction, document: NewDocument): Promise<void> {
  await trx('documents').insert({
    tenant_id: ours(trx),
    id: document.id,
    case_id: document.caseId,
    draft_id: document.draftId,
    mandate_id: document.mandateId ?? null,
    kind: document.kind,
    title: document.title,
    field: document.field,
    number: document.number,
    letter: document.letter,
    verify_code: document.verifyCode,
    made_for: document.madeFor ?? null,
    for_citizen: document.forCitizen,
    created_at: document.createdAt,
  })
  await trx('document_versions').insert({
    tenant_id: ours(trx),
    document_id: document.id,
    version: 1,
    file_name: document.fileName,
    media_type: document.mediaType,
    size_bytes: document.sizeBytes,
    sha256: Buffer.from(document.sha256, 'hex'),
    storage_key: document.storageKey,
    signatures: document.signatures && JSON.stringify(document.signatures),
    created_by: document.createdBy,
    created_at: document.createdAt,
  })
}

/** Writes anew what is known of the signatures of a document's newest version. */
export async function saveSignatures(trx: Transaction, documentId: string, signatures: KeptSignatures): Promise<void> {
  const newest = trx('document_versions').where({ document_id: documentId }).max('version')
  await trx('document_versions').where({ document_id: documentId, version: newest }).update({ signatures: JSON.stringify(signatures) })
}

export async function documentsOfCase(trx: Transaction, caseId: string): Promise<CaseDocument[]> {
  return (await withVersion(trx).where('documents.case_id', caseId).orderBy(['documents.created_at', 'documents.id'])).map(toDocument)
}

export async function documentsOfDraft(trx: Transaction, draftId: string): Promise<CaseDocument[]> {
  return (await withVersion(trx).where('documents.draft_id', draftId).orderBy(['documents.created_at', 'documents.id'])).map(toDocument)
}

/** The papers that prove a mandate. */
export async function documentsOfMandate(trx: Transaction, mandateId: string): Promise<CaseDocument[]> {
  return (await documentsOfMandates(trx, [mandateId])).get(mandateId) ?? []
}

/** The papers of several mandates, by mandate. */
export async function documentsOfMandates(trx: Transaction, mandateIds: readonly string[]): Promise<Map<string, CaseDocument[]>> {
  const rows = await withVersion(trx).whereIn('documents.mandate_id', [...mandateIds]).orderBy(['documents.created_at', 'documents.id'])
  const byMandate = new Map<string, CaseDocument[]>()
  for (const document of rows.map(toDocument)) byMandate.set(document.mandateId!, [...(byMandate.get(document.mandateId!) ?? []), document])
  return byMandate
}

export async function findDocument(trx: Transaction, id: string): Promise<CaseDocument | undefined> {
  const row = await withVersion(trx).where('documents.id', id).first()
  return row && toDocument(row)
}

export async function findDocumentMadeFor(trx: Transaction, jobKey: string): Promise<CaseDocument | undefined> {
  const row = await withVersion(trx).where('documents.made_for', jobKey).first()
  return row && toDocument(row)
}

export async function findDocumentByVerifyCode(trx: Transaction, code: string): Promise<CaseDocument | undefined> {
  const row = await withVersion(trx).where('documents.verify_code', code).first()
  return row && toDocument(row)
}

/** The draft's papers become the case's, handed in by whoever files: where that is nobody known, who uploaded them is forgotten. */
export async function moveDocuments(trx: Transaction, draftId: string, to: { caseId: string; handedInBy: string }): Promise<void> {
  const moved: { id: string }[] = await trx('documents')
    .where({ draft_id: draftId })
    .update({ case_id: to.caseId, draft_id: null })
    .returning('id')
  await trx('document_versions').whereIn('document_id', moved.map(({ id }) => id)).update({ created_by: to.handedInBy })
}

export async function showToCitizen(trx: Transaction, documentId: string): Promise<void> {
  await trx('documents').where({ id: documentId }).update({ for_citizen: true })
}

/** Removes documents with all versions; answers the storage keys that nothing refers to any more. */
export async function deleteDocuments(trx: Transaction, ids: readonly string[]): Promise<string[]> {
  const versions: { storage_key: string }[] = await trx('document_versions')
    .whereIn('document_id', [...ids])
    .delete()
    .returning('storage_key')
  await trx('documents').whereIn('id', [...ids]).delete()
  return versions.map((version) => version.storage_key)
}

/** Offers a document to the citizen's inbox; answers false when it was offered before. */
export async function insertDelivery(
  trx: Transaction,
  delivery: { id: string; caseId: string; documentId: string; method: 'inbox'; offeredAt: Date },
): Promise<boolean> {
  const written = await trx('deliveries')
    .insert({
      tenant_id: ours(trx),
      id: delivery.id,
      case_id: delivery.caseId,
      document_id: delivery.documentId,
      method: delivery.method,
      status: 'offered',
      offered_at: delivery.offeredAt,
    })
    .onConflict(['tenant_id', 'document_id', 'method'])
    .ignore()
    .returning('id')
  return written.length === 1
}

/** Notes the moment the citizen opened a document; answers false when it was opened before or never offered. */
export async function receiveDelivery(trx: Transaction, documentId: string, at: Date): Promise<boolean> {
  const changed = await trx('deliveries')
    .where({ document_id: documentId, status: 'offered' })
    .update({ status: 'received', received_at: at })
  return changed > 0
}

function withVersion(trx: Transaction) {
  return trx<DocumentRow>('documents')
    .joinRaw(
      `JOIN LATERAL (SELECT * FROM document_versions v
                     WHERE  v.tenant_id = documents.tenant_id AND v.document_id = documents.id
                     ORDER BY v.version DESC LIMIT 1) newest ON true`,
    )
    .select<DocumentRow[]>(
      'documents.*',
      'newest.file_name',
      'newest.media_type',
      'newest.size_bytes',
      'newest.sha256',
      'newest.storage_key',
      'newest.signatures',
    )
}

interface DocumentRow {
  id: string
  case_id: string | null
  draft_id: string | null
  mandate_id: string | null
  kind: CaseDocument['kind']
  title: string
  field: string | null
  number: string | null
  letter: string | null
  verify_code: string | null
  for_citizen: boolean
  created_at: Date
  file_name: string
  media_type: string
  size_bytes: number
  sha256: Buffer
  storage_key: string
  signatures: KeptSignatures | null
}

function toDocument(row: DocumentRow): CaseDocument {
  return {
    id: row.id,
    caseId: row.case_id,
    draftId: row.draft_id,
    mandateId: row.mandate_id,
    kind: row.kind,
    title: row.title,
    field: row.field,
    number: row.number,
    letter: row.letter,
    verifyCode: row.verify_code,
    forCitizen: row.for_citizen,
    createdAt: row.created_at,
    fileName: row.file_name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256.toString('hex'),
    storageKey: row.storage_key,
    signatures: row.signatures,
  }
}
