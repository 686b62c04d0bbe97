import type {
  AuditCheck, DiscardStalled, OperationPage, ResolveIncident, RetryJob, SendAgain,
} from '../../../server/http/contract/operation.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send } from './send.ts'

/** All that stands still in the town. */
export function fetchOperation(language: Language, asking: { background?: boolean } = {}): Promise<OperationPage> {
  return send<OperationPage>('/inbox/operation', { query: { language }, ...asking })
}

/** Goes through the whole audit, from its first entry to its last. */
export function checkAudit(): Promise<AuditCheck> {
  return send<AuditCheck>('/inbox/operation/audit')
}

export function resolveIncident(key: string, repair: ResolveIncident): Promise<void> {
  return send<void>(`/inbox/operation/incidents/${key}/resolve`, { method: 'POST', body: repair })
}

export function retryJob(key: string, body: RetryJob): Promise<void> {
  return send<void>(`/inbox/operation/jobs/${key}/retry`, { method: 'POST', body })
}

export function sendAgain(id: string, body: SendAgain): Promise<void> {
  return send<void>(`/inbox/operation/stalled/${id}/send-again`, { method: 'POST', body })
}

export function discardStalled(id: string, body: DiscardStalled): Promise<void> {
  return send<void>(`/inbox/operation/stalled/${id}/discard`, { method: 'POST', body })
}
