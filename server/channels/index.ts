import type { Channel } from './channel.ts'
import { liveEmail } from './email/live.ts'
import { liveSms } from './sms/live.ts'

export interface ChannelSettings {
  SMTP_URL: string
  MAIL_FROM: string
  SMS_URL?: string | undefined
  SMS_AUTHORIZATION?: string | undefined
  SMS_SENDER: string
  SMS_TEMPLATE?: string | undefined
}

/** The ways out of one installation. What is not there is not offered. */
export interface Channels {
  readonly email: Channel
  readonly sms?: Channel | undefined
}

/** The channels of this installation. Each is live; in the demo the neighbor behind it is a simulator that speaks the real protocol. */
export function openChannels({ SMTP_URL, MAIL_FROM, SMS_URL, SMS_AUTHORIZATION, SMS_SENDER, SMS_TEMPLATE }: ChannelSettings): Channels {
  return {
    email: liveEmail({ smtpUrl: SMTP_URL, from: MAIL_FROM }),
    ...(SMS_URL && SMS_AUTHORIZATION && {
      sms: liveSms({ url: SMS_URL, authorization: SMS_AUTHORIZATION, sender: SMS_SENDER, template: SMS_TEMPLATE }),
    }),
  }
}
