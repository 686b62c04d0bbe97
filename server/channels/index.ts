import type { Channel } from './channel.ts'
import { liveEmail } from './email/live.ts'

export interface ChannelSettings {
  SMTP_URL: string
  MAIL_FROM: string
}

/** The channels of this installation. Each is live; in the demo the neighbor behind it is a simulator that speaks the real protocol. */
export function openChannels({ SMTP_URL, MAIL_FROM }: ChannelSettings): { readonly email: Channel } {
  return {
    email: liveEmail({ smtpUrl: SMTP_URL, from: MAIL_FROM }),
  }
}
