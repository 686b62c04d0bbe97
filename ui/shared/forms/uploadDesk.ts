import type { SignatureWords } from '../words/signatureWords.ts'

/** One file on its way or arrived, as its row shows it. */
export interface FileRow {
  id: string
  field: string
  name: string
  sizeBytes: number
  /** kept: the server has it. waiting: no connection, it goes by itself later. refused: `sentence` says why and what to do. */
  state: 'sending' | 'kept' | 'waiting' | 'refused'
  sentBytes: number
  sentence?: string
  /** What was found about its signatures, in words. */
  signatures?: readonly SignatureWords[]
}

/** Where a `files` field leaves its files. Rows change by replacement; listeners hear of each change. */
export interface UploadDesk {
  rows(field: string): readonly FileRow[]
  add(field: string, files: readonly File[], max: number): void
  remove(field: string, id: string): void
  listen(listener: (field: string) => void): () => void
}
