import type { UploadedFile } from '../../../server/http/contract/drafts.ts'
import type { AnswerSupplement, ExtendTerm, RequestSupplement, SuspendTerm } from '../../../server/http/contract/terms.ts'
import { sendFile } from './drafts.ts'
import { send } from './send.ts'

/** Stops the clock of the task's case. */
export function suspendTerm(taskId: string, wish: SuspendTerm): Promise<void> {
  return send<void>(`/inbox/tasks/${taskId}/term/suspend`, { method: 'POST', body: wish })
}

/** Lets it run again. */
export function resumeTerm(taskId: string): Promise<void> {
  return send<void>(`/inbox/tasks/${taskId}/term/resume`, { method: 'POST' })
}

/** Makes the term longer, once. */
export function extendTerm(taskId: string, wish: ExtendTerm): Promise<void> {
  return send<void>(`/inbox/tasks/${taskId}/term/extend`, { method: 'POST', body: wish })
}

/** Asks the citizen for what is missing. */
export function requestSupplement(taskId: string, wish: RequestSupplement): Promise<void> {
  return send<void>(`/inbox/tasks/${taskId}/supplement`, { method: 'POST', body: wish })
}

/** Sends what the town has asked for. */
export function answerSupplement(caseId: string, answer: AnswerSupplement): Promise<void> {
  return send<void>(`/cases/${caseId}/supplement`, { method: 'POST', body: answer })
}

/** Adds one file to it; `sent` is told the bytes that have left. */
export function supplyFile(caseId: string, file: File, sent: (bytes: number) => void, signal: AbortSignal): Promise<UploadedFile> {
  return sendFile(`/cases/${caseId}/supplement/files`, file, sent, signal)
}

export function takeBackFile(caseId: string, fileId: string): Promise<void> {
  return send<void>(`/cases/${caseId}/supplement/files/${fileId}`, { method: 'DELETE' })
}
