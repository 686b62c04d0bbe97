import type { CaseDocument } from '../../../server/http/contract/cases.ts'

/** How a paper can be shown on the page, if at all. */
export function shownAs({ mediaType }: Pick<CaseDocument, 'mediaType'>): 'picture' | 'pages' | 'download' {
  if (mediaType.startsWith('image/')) return 'picture'
  return mediaType === 'application/pdf' ? 'pages' : 'download'
}
