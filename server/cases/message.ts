/** A message to a person over one of the channels. */
export interface Message {
  id: string
  caseId: string | null
  channel: MessageChannel
  kind: MessageKind
  address: string
  language: string
  subject: string
  /**
   * May hold the gaps `{code}` and `{activation}`: the access code, and the link to open an account with, are filled in when the
   * message leaves and are kept nowhere.
   */
  body: string
  /** sent: the neighbor has it; delivered: the person's telephone has it, which only some neighbors tell. */
  status: 'waiting' | 'sent' | 'delivered' | 'failed'
  /** Why it failed; null while it has not. */
  failure: MessageFailure | null
  attempts: number
  createdAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
}

export const messageChannels = ['email', 'sms'] as const
export type MessageChannel = (typeof messageChannels)[number]

/** News of a case, told by whichever way the applicant chose. */
export const newsKinds = [
  'receipt', 'act', 'notice', 'term-stands', 'term-runs', 'term-extended', 'supplement', 'supplement-missed',
] as const
export type NewsKind = (typeof newsKinds)[number]

/** What goes to an e-mail address alone: it proves that the address is the person's own, or carries a link that does something. */
export const mailKinds = ['activation', 'activation-checked', 'mandate-offer', 'mandate-given'] as const

/** What the town writes of its own accord. */
export const messageKinds = [...newsKinds, ...mailKinds] as const
export type MessageKind = (typeof messageKinds)[number]

/**
 * refused: no such address; undelivered: taken, but it never arrived; gave-up: nobody took it for too long; too-many: the number had
 * enough for a day.
 */
export const messageFailures = ['refused', 'undelivered', 'gave-up', 'too-many'] as const
export type MessageFailure = (typeof messageFailures)[number]

/** By which way a person wants to be told of news. */
export const noticeChoices = ['email', 'sms', 'both'] as const
export type NoticeChoice = (typeof noticeChoices)[number]
