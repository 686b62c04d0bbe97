/** A message to a person over one of the channels. */
export interface Message {
  id: string
  caseId: string | null
  channel: 'email'
  kind: MessageKind
  address: string
  language: string
  subject: string
  /** May hold the gap `{code}`: the access code is filled in when the message leaves and is kept nowhere. */
  body: string
  status: 'waiting' | 'sent' | 'failed'
  attempts: number
}

/** What the town writes of its own accord. */
export const messageKinds = ['receipt', 'act', 'notice', 'mandate-offer', 'mandate-given'] as const
export type MessageKind = (typeof messageKinds)[number]
