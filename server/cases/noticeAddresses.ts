import { mobileNumber } from '../rules/phones/mobileNumber.ts'
import type { Context } from './context.ts'
import type { MessageChannel, NewsKind } from './message.ts'
import type { Person } from './person.ts'

/**
 * Where a person is written to. The receipt goes to every address they left, because it proves the filing; later news by the way they
 * chose. Where that way leads nowhere (the number was a landline, the channel was switched off), another is better than silence.
 */
export function noticeAddresses(
  { channels, tenant }: Pick<Context, 'channels' | 'tenant'>, person: Person, kind: NewsKind,
): { channel: MessageChannel; address: string }[] {
  const mobile = channels.sms && person.phone ? mobileNumber(person.phone, tenant.country) : undefined
  const ways = [
    ...(person.email ? [{ channel: 'email' as const, address: person.email }] : []),
    ...(mobile?.ok ? [{ channel: 'sms' as const, address: mobile.e164 }] : []),
  ]
  if (kind === 'receipt') return ways
  const chosen = ways.filter(({ channel }) => person.notices === 'both' || person.notices === channel)
  return chosen.length > 0 ? chosen : ways.slice(0, 1)
}
