import type { ErrorReply } from '../../../server/http/contract/words.ts'
import { ApiError, OfflineError } from './faults.ts'

/** Who is asking, kept by the session: the town of the address, the token each change is sent with, and how to get a new one. */
export const caller: { tenant: string; formToken: string; renew?: () => Promise<void> } = { tenant: '', formToken: '' }

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export interface Sending {
  method?: Method
  query?: Record<string, string | number | undefined>
  /** Sent as JSON, or as it is when it is a FormData or a file. */
  body?: unknown
  signal?: AbortSignal
  /** The page asks of its own accord, nobody touched it: it must not keep a session alive. */
  background?: boolean
  /** Goes on after the page is left (a last save). */
  keepalive?: boolean
}

/** Asks `/api/{tenant}{path}`. Throws ApiError for a refusal, OfflineError when no answer came. */
export function send<Reply>(path: string, sending: Sending = {}): Promise<Reply> {
  return sendTo<Reply>(`/api/${encodeURIComponent(caller.tenant)}${path}`, sending)
}

/** The same for addresses that belong to no town. A token that another tab has made old is renewed once. */
export async function sendTo<Reply>(address: string, sending: Sending = {}): Promise<Reply> {
  try {
    return await sendOnce<Reply>(address, sending)
  } catch (error) {
    if (!caller.renew || !(error instanceof ApiError) || error.code !== 'form-token-wrong') throw error
    await caller.renew()
    return sendOnce<Reply>(address, sending)
  }
}

async function sendOnce<Reply>(address: string, { method = 'GET', query, body, signal, keepalive, background }: Sending): Promise<Reply> {
  const asItIs = body instanceof FormData || body instanceof Blob
  const headers: Record<string, string> = { accept: 'application/json' }
  if (background) headers['x-salter-background'] = 'true'
  if (method !== 'GET') headers['x-salter-token'] = caller.formToken
  if (body !== undefined && !asItIs) headers['content-type'] = 'application/json'
  const response = await fetch(address + queryOf(query), {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : asItIs ? body : JSON.stringify(body),
    signal,
    keepalive,
  }).catch((cause: unknown) => {
    throw cause instanceof DOMException && cause.name === 'AbortError' ? cause : new OfflineError(cause)
  })
  if (!response.ok) throw await errorOf(response)
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as Reply
}

function queryOf(query: Sending['query']): string {
  const pairs = Object.entries(query ?? {}).filter((pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== '')
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}

/** A gateway's own error page is no JSON: then the status alone speaks. */
export async function errorOf(response: Response): Promise<ApiError> {
  const reply: Partial<ErrorReply> = await response.json().catch(() => ({}))
  return new ApiError(response.status, reply.code ?? codeByStatus(response.status), reply.facts, reply.faults, reply.reference)
}

function codeByStatus(status: number): string {
  if (status === 401) return 'not-signed-in'
  if (status === 403) return 'not-allowed'
  if (status === 404) return 'not-found'
  if (status === 413) return 'file-too-large'
  return status >= 500 ? 'neighbor-down' : 'request-not-understood'
}
