import { createTransport } from 'nodemailer'
import { Outage, Refusal } from '../../base/errors.ts'
import type { Channel } from '../channel.ts'

export interface EmailSettings {
  /** smtp:// or smtps://, with user and password when the relay asks for them. */
  smtpUrl: string
  /** Sender: an address, or a name with the address in angle brackets. */
  from: string
}

/** How long a silent relay is waited for. */
const SILENCE_MS = 10_000

/**
 * E-mail over SMTP (RFC 5321). The message id is made of our own id, so a message sent twice is the same to a mail program.
 * Throws an Outage when the relay is silent or says "later"; Refusal 'recipient-refused' when it says "never" (5xx).
 */
export function liveEmail({ smtpUrl, from }: EmailSettings): Channel {
  const relay = new URL(smtpUrl)
  const transport = createTransport({
    host: relay.hostname,
    port: Number(relay.port) || (relay.protocol === 'smtps:' ? 465 : 25),
    secure: relay.protocol === 'smtps:',
    ...(relay.username && { auth: { user: decodeURIComponent(relay.username), pass: decodeURIComponent(relay.password) } }),
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
  })
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'

  return {
    name: 'email',
    async send({ id, to, subject, text, language, attachments }) {
      try {
        const sent = await transport.sendMail({
          from,
          // As an object, so that a comma in it cannot become a second recipient.
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          // RFC 3834: no one's holiday reply should come back to the town hall's relay.
          headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
          attachments: attachments.map(({ fileName, mediaType, bytes }) => (
            { filename: fileName, contentType: mediaType, content: Buffer.from(bytes) }
          )),
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { externalId: sent.messageId }
      } catch (error) {
        throw understand(error)
      }
    },
    async check() {
      await transport.verify().catch((error: unknown) => {
        throw new Outage('email', error)
      })
    },
  }
}

/**
 * A 5xx about the recipient or the message will be the same tomorrow; everything else may pass.
 * The relay's words may name the person, so they are left out.
 */
function understand(error: unknown): Error {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  const isFinal = responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  if (isFinal) return new Refusal('invalid', 'recipient-refused', { responseCode })
  return new Outage('email', new Error(`Expected the relay to take a message, but: ${code ?? 'no code'} ${responseCode ?? ''}`.trim()))
}
