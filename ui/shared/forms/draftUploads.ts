import { v7 as uuid } from 'uuid'
import type { UploadedFile } from '../../../server/http/contract/drafts.ts'
import type { ShownSignatures } from '../../../server/http/contract/signatures.ts'
import { ApiError, OfflineError } from '../api/index.ts'
import type { FileRow, UploadDesk } from './uploadDesk.ts'
import type { SignatureWords } from '../words/signatureWords.ts'

export const mostBytes = 10 * 1024 * 1024
const mediaTypes = ['application/pdf', 'image/jpeg', 'image/png']
// Many computers have no type for these.
const isSignature = (name: string): boolean => /\.p7[sm]$/i.test(name)

export interface DraftUploads extends UploadDesk {
  /** What the server has of this draft already. */
  restore(files: readonly UploadedFile[]): void
  close(): void
}
interface Given {
  /** What a file is added to must be on the server before it. */
  ensureSaved: () => Promise<void>
  send: (field: string, file: File, sent: (bytes: number) => void, signal: AbortSignal) => Promise<UploadedFile>
  forget: (fileId: string) => Promise<void>
  words: (key: string, facts: Record<string, unknown>) => string
  size: (bytes: number) => string
  signatures: (found: ShownSignatures | null) => readonly SignatureWords[]
}

/** The files of a draft, or of what was asked for: sent one after another, kept waiting without a connection, refused with the remedy. */
export function draftUploads({ ensureSaved, send, forget, words, size, signatures }: Given): DraftUploads {
  let rows: FileRow[] = []
  const sources = new Map<string, File>()
  const stops = new Map<string, AbortController>()
  const listeners = new Set<(field: string) => void>()
  let line: Promise<void> = Promise.resolve()

  const tell = (field: string): void => listeners.forEach((listener) => listener(field))
  const put = (id: string, change: Partial<FileRow>): void => {
    rows = rows.map((row) => (row.id === id ? { ...row, ...change } : row))
    const row = rows.find((each) => each.id === (change.id ?? id))
    if (row) tell(row.field)
  }

  async function sendOne(id: string): Promise<void> {
    const file = sources.get(id)
    const row = rows.find((each) => each.id === id)
    if (!file || !row) return
    const stop = new AbortController()
    stops.set(id, stop)
    put(id, { state: 'sending', sentBytes: 0 })
    try {
      await ensureSaved()
      // The envelope of the form is sent too: never more than all of the file.
      const sent = (bytes: number): void => put(id, { sentBytes: Math.min(bytes, file.size) })
      const kept = await send(row.field, file, sent, stop.signal)
      sources.delete(id)
      put(id, {
        id: kept.id, name: kept.name, sizeBytes: kept.sizeBytes, state: 'kept', sentBytes: kept.sizeBytes,
        signatures: signatures(kept.signatures),
      })
    } catch (error) {
      if (error instanceof OfflineError) put(id, { state: 'waiting', sentBytes: 0 })
      else if (error instanceof ApiError) put(id, { state: error.passing ? 'waiting' : 'refused', sentence: sentenceOf(error, file) })
      else if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    } finally {
      stops.delete(id)
    }
  }

  function sentenceOf(error: ApiError, file: File): string {
    if (error.code === 'file-too-large') return words('files.tooLarge', { name: file.name, size: size(mostBytes) })
    if (error.code === 'signature-refused') {
      return words('signatures.refused', { name: file.name, why: words(`signatures.reasons.${String(error.facts['reason'])}`, {}) })
    }
    if (error.code === 'file-type-not-accepted') return words('files.wrongType', { name: file.name })
    return words(`errors.${error.code}`, error.facts)
  }

  function add(field: string, files: readonly File[], max: number): void {
    let free = max - rows.filter((row) => row.field === field && row.state !== 'refused').length
    for (const file of files) {
      const row: FileRow = { id: uuid(), field, name: file.name, sizeBytes: file.size, state: 'waiting', sentBytes: 0 }
      const refusal = !mediaTypes.includes(file.type) && !isSignature(file.name) ? words('files.wrongType', { name: file.name })
        : file.size > mostBytes ? words('files.tooLarge', { name: file.name, size: size(mostBytes) })
          : free <= 0 ? words('files.tooMany', { max }) : undefined
      if (refusal) rows = [...rows, { ...row, state: 'refused', sentence: refusal }]
      else {
        free--
        rows = [...rows, row]
        sources.set(row.id, file)
        line = line.then(() => sendOne(row.id))
      }
      tell(field)
    }
  }

  function remove(field: string, id: string): void {
    const row = rows.find((each) => each.id === id)
    stops.get(id)?.abort()
    sources.delete(id)
    rows = rows.filter((each) => each.id !== id)
    tell(field)
    // Gone from the page at once; if the server does not hear of it now, the file goes with the draft.
    const unheard = (error: unknown): void => console.warn('The file stays until its draft goes', error)
    if (row?.state === 'kept') void forget(id).catch(unheard)
  }

  const again = (): void => {
    for (const { id, state } of rows) if (state === 'waiting' && sources.has(id)) line = line.then(() => sendOne(id))
  }
  window.addEventListener('online', again)

  return {
    rows: (field) => rows.filter((row) => row.field === field),
    add,
    remove,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restore(files) {
      rows = files.map(({ id, field, name, sizeBytes, signatures: found }) => (
        { id, field, name, sizeBytes, state: 'kept', sentBytes: sizeBytes, signatures: signatures(found) }
      ))
      new Set(files.map(({ field }) => field)).forEach(tell)
    },
    close: () => window.removeEventListener('online', again),
  }
}
