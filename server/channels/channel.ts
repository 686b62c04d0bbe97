/** One way to reach a person. Each has a live adapter, a simulator that speaks the real protocol, and an outage twin. */
export interface Channel {
  readonly name: 'email' | 'sms' | 'viber' | 'chat' | 'voicemail'
  /**
   * Sends one message; answers the neighbor's own id of it. Throws an Outage when the neighbor does not take it now, a Refusal when it
   * never will.
   */
  send(message: OutgoingMessage): Promise<{ externalId: string }>
  /** Asks the neighbor whether it would take a message now; throws an Outage if not. */
  check(): Promise<void>
}

export interface OutgoingMessage {
  /** Our own id: sent along, so that a message sent twice can be told. */
  id: string
  to: string
  subject: string
  /** Plain text. */
  text: string
  language: string
  attachments: readonly { fileName: string; mediaType: string; bytes: Uint8Array }[]
  /** Where a neighbor that tells of arrival (SMS) tells it. */
  reportTo?: string
}
