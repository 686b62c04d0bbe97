import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { ShelvedPackage } from '../context.ts'
import { isSignatureFile, type CaseDocument } from '../document.ts'
import { formOf } from '../forms.ts'
import { saveSignatures } from '../store/documentRows.ts'
import { isSigned, refusalOf } from './keptSignatures.ts'
import { withFiler, type Filer } from './whoSigned.ts'

/** Whether the procedure asks for a signed paper in this field: `documents.<id>`, or a field of the form that answers for one. */
export function mustBeSigned(pack: ShelvedPackage, field: string): boolean {
  const id = field.startsWith('documents.') ? field.slice('documents.'.length)
    : documentOfField(formOf(pack, pack.procedure.startForm), field)
  return pack.procedure.documents.some((each) => each.id === id && each.signed === true)
}

interface Component {
  key?: string
  documentId?: string
  components?: unknown
}

function documentOfField(within: Component, field: string): string | undefined {
  for (const each of Array.isArray(within.components) ? (within.components as Component[]) : []) {
    const found = each.key === field ? (each.documentId ?? each.key) : documentOfField(each, field)
    if (found) return found
  }
  return undefined
}

/**
 * Looks at the papers again when the request is filed, for only now it is sure who files: whose signature each is is written
 * anew, and a paper that must be signed and is not, by itself or by a signature beside it, is refused.
 */
export async function checkSignedPapers(
  trx: Transaction, pack: ShelvedPackage, papers: readonly CaseDocument[], filer: Filer,
): Promise<void> {
  const known = papers.map((paper) => ({ ...paper, signatures: paper.signatures && withFiler(paper.signatures, filer) }))
  const covered = new Set(known.filter(({ signatures }) => isSigned(signatures)).map(({ signatures }) => signatures!.beside))
  for (const { field, id, mediaType, signatures } of known) {
    if (!mustBeSigned(pack, field ?? '')) continue
    const reason = signatures && refusalOf(signatures)
    if (reason) refuse('invalid', 'signature-refused', { reason })
    if (!isSigned(signatures) && !covered.has(id)) refuse('invalid', 'signature-missing')
    // A signature file whose paper was taken out again proves nothing about what is filed.
    const beside = isSignatureFile(mediaType) ? signatures?.beside : null
    if (beside && !papers.some((paper) => paper.id === beside)) refuse('invalid', 'signature-missing')
  }
  for (const { id, signatures } of known) if (signatures) await saveSignatures(trx, id, signatures)
}
