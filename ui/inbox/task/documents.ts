import type { CaseDocument } from '../../../server/http/contract/cases.ts'
import { caller } from '../../shared/api/index.ts'

/** Where staff reads a paper of a case; each reading is written into the log of the case. */
export function staffDocumentAddress(documentId: string): string {
  return `/api/${caller.tenant}/inbox/documents/${documentId}`
}

/** How a paper can be shown on the page, if at all. */
export function shownAs({ mediaType }: Pick<CaseDocument, 'mediaType'>): 'picture' | 'pages' | 'download' {
  if (mediaType.startsWith('image/')) return 'picture'
  return mediaType === 'application/pdf' ? 'pages' : 'download'
}
