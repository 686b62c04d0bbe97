import type { Message } from '../../cases/message.ts'
import type { SentMessage } from '../contract/cases.ts'

/** What the town has written, for whoever may see the address: each with where it stands. */
export function showMessages(messages: readonly Message[]): SentMessage[] {
  return messages.map(({ id, channel, kind, address, status, failure, attempts, createdAt, sentAt, deliveredAt }) => ({
    id, channel, kind, address, failure, attempts,
    state: status,
    at: (deliveredAt ?? sentAt ?? createdAt).toISOString(),
  }))
}
