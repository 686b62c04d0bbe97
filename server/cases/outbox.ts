import type { Transaction } from '../db/transaction.ts'
import type { Json } from './case.ts'
import { insertOutbox } from './store/outboxRows.ts'

/** Starts the process of a case. Idempotent by its message id while the message lives. */
export interface PublishMessage {
  kind: 'publish-message'
  name: string
  correlationKey: string
  messageId: string
  timeToLiveMs: number
  variables: Record<string, Json>
}

/** Tells the engine that a clerk is done. Idempotent by the job's key. */
export interface CompleteJob {
  kind: 'complete-job'
  jobKey: string
  taskId: string
  variables: Record<string, Json>
}

/**
 * Sends a message to a person; `messageId` is a row of `messages`. By e-mail it may reach them twice, never not at all; an SMS gateway
 * knows a message that it has taken by our id. SMS is a kind of its own, so that a gateway that hangs holds up no e-mail.
 */
export interface SendMessage {
  kind: 'send-message' | 'send-sms'
  messageId: string
}

export type OutboxPayload = PublishMessage | CompleteJob | SendMessage

/** Whether it is a message to a person. */
export function isToPerson(payload: OutboxPayload): payload is SendMessage {
  return payload.kind === 'send-message' || payload.kind === 'send-sms'
}

/** Something that has been decided and is yet to be told to a neighbor. */
export interface OutboxEntry {
  id: string
  payload: OutboxPayload
  createdAt: Date
  /** This one included. */
  attempts: number
}

/** Notes, in the verb's own transaction, what a neighbor must be told. Call `context.wakeOutbox()` after the commit. */
export function addToOutbox(trx: Transaction, payload: OutboxPayload, atMs: number): Promise<void> {
  return insertOutbox(trx, payload, atMs)
}
