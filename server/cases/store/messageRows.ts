import type { Transaction } from '../../db/transaction.ts'
import type { ChannelName } from '../case.ts'
import type { Message } from '../message.ts'
import { ours } from './ours.ts'

/** Writes a message to be sent; answers false when `onlyOnce` has been written before. */
export async function insertMessage(trx: Transaction, message: Message, given: { onlyOnce: string; createdAt: Date }): Promise<boolean> {
  const written = await trx('messages')
    .insert({
      tenant_id: ours(trx),
      id: message.id,
      case_id: message.caseId,
      channel: message.channel,
      direction: 'out',
      kind: message.kind,
      address: message.address,
      language: message.language,
      subject: message.subject,
      body: message.body,
      only_once: given.onlyOnce,
      status: message.status,
      created_at: given.createdAt,
    })
    .onConflict(trx.raw('(tenant_id, only_once) WHERE only_once IS NOT NULL'))
    .ignore()
    .returning('id')
  return written.length === 1
}

export async function findMessage(trx: Transaction, id: string): Promise<Message | undefined> {
  const row: MessageRow | undefined = await trx('messages').where({ id }).first()
  return row && toMessage(row)
}

export async function updateMessage(
  trx: Transaction,
  id: string,
  change: { status: Message['status']; attempts: number; lastError?: string | null; sentAt?: Date },
): Promise<void> {
  await trx('messages')
    .where({ id })
    .update({
      status: change.status,
      attempts: change.attempts,
      ...(change.lastError !== undefined && { last_error: change.lastError }),
      ...(change.sentAt && { sent_at: change.sentAt }),
    })
}

/** Where the message goes instead of where it was meant to go. */
export async function correctAddress(trx: Transaction, id: string, address: string): Promise<void> {
  await trx('messages').where({ id }).update({ address })
}

/** A message as a list of them shows it, in or out, over whatever channel. */
export interface MessageLine {
  id: string
  caseId: string
  channel: ChannelName
  direction: 'in' | 'out'
  subject: string
  status: 'waiting' | 'sent' | 'failed' | 'received'
  at: Date
}

/** The messages of these cases, newest first. */
export async function messagesOfCases(trx: Transaction, caseIds: readonly string[], most: number): Promise<MessageLine[]> {
  return trx('messages').whereIn('case_id', [...caseIds]).orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id', order: 'desc' }])
    .limit(most).select('id', 'case_id as caseId', 'channel', 'direction', 'subject', 'status', 'created_at as at')
}

interface MessageRow {
  id: string
  case_id: string | null
  channel: Message['channel']
  kind: Message['kind']
  address: string
  language: string
  subject: string
  body: string
  status: Message['status']
  attempts: number
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    caseId: row.case_id,
    channel: row.channel,
    kind: row.kind,
    address: row.address,
    language: row.language,
    subject: row.subject,
    body: row.body,
    status: row.status,
    attempts: row.attempts,
  }
}
