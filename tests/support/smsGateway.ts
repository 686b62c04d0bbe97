import type { Clock } from '../../server/base/clock.ts'
import type { Channel } from '../../server/channels/channel.ts'
import { startSmsCatcher } from '../../server/channels/sms/catcher.ts'
import { liveSms } from '../../server/channels/sms/live.ts'
import { makeSmsGateway, type SmsGateway } from '../../server/channels/sms/simulator.ts'

export const hookSecret = 'a secret that the gateway knows, for tests'
const authorization = 'Bearer a key for tests'

export interface TestSms {
  gateway: SmsGateway
  /** The live channel, over real HTTP to the gateway. */
  channel: Channel
  /** Its page, and where messages are posted. */
  url: string
  close(): Promise<void>
}

/** The simulated gateway on a free port, and the live channel that speaks to it. */
export async function testSms(
  { clock, silenceMs = 5000, key = authorization }: { clock: Clock; silenceMs?: number; key?: string },
): Promise<TestSms> {
  const gateway = makeSmsGateway({ authorization, hookSecret, clock })
  const catcher = await startSmsCatcher(gateway, 0)
  return {
    gateway,
    channel: liveSms({ url: `${catcher.url}/messages`, authorization: key, sender: 'Sombor', silenceMs }),
    url: catcher.url,
    close: () => catcher.close(),
  }
}
