import type { Draft, HandedOver, SaveDraft, UploadedFile } from '../../../server/http/contract/drafts.ts'
import { OfflineError } from './faults.ts'
import { caller, errorOf, send } from './send.ts'

/** Keeps a draft. The id is the browser's own, so a lost reply costs nothing. */
export function saveDraft(draftId: string, draft: SaveDraft, keepalive = false): Promise<Draft> {
  return send<Draft>(`/drafts/${draftId}`, { method: 'PUT', body: draft, keepalive })
}

export function fetchDraft(draftId: string): Promise<Draft> {
  return send<Draft>(`/drafts/${draftId}`)
}

/** The newest draft of mine for a procedure; refused with `not-found` when there is none. */
export function fetchNewestDraft(procedure: string): Promise<Draft> {
  return send<Draft>('/drafts', { query: { procedure } })
}

export function deleteDraft(draftId: string): Promise<void> {
  return send<void>(`/drafts/${draftId}`, { method: 'DELETE' })
}

/** A code for a link, by which another takes the draft over. */
export function handOverDraft(draftId: string): Promise<HandedOver> {
  return send<HandedOver>(`/drafts/${draftId}/hand-over`, { method: 'POST' })
}

/** Takes over what another has prepared. */
export function takeOverDraft(draftId: string, code: string): Promise<Draft> {
  return send<Draft>(`/drafts/${draftId}/take-over`, { method: 'POST', body: { code } })
}

export function deleteFile(draftId: string, fileId: string): Promise<void> {
  return send<void>(`/drafts/${draftId}/files/${fileId}`, { method: 'DELETE' })
}

/** Sends one file of a draft; `sent` is told the bytes that have left. */
export function uploadFile(
  draftId: string, field: string, file: File, sent: (bytes: number) => void, signal: AbortSignal,
): Promise<UploadedFile> {
  return sendFile(`/drafts/${draftId}/files?field=${encodeURIComponent(field)}`, file, sent, signal)
}

/** Sends one file to an address of the town. XMLHttpRequest, because fetch tells nothing of what was sent. */
export function sendFile(path: string, file: File, sent: (bytes: number) => void, signal: AbortSignal): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/${caller.tenant}${path}`)
    request.setRequestHeader('x-salter-token', caller.formToken)
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => sent(event.loaded)
    request.onload = () => {
      const response = new Response(request.responseText, { status: Math.max(request.status, 200) })
      void (response.ok ? response.json().then(resolve, reject) : errorOf(response).then(reject))
    }
    request.onerror = () => reject(new OfflineError(new Error('The upload broke off')))
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const body = new FormData()
    body.append('file', file)
    request.send(body)
  })
}
