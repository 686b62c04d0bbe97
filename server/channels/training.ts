import type { Channel } from './channel.ts'
import type { Channels } from './index.ts'

/** The channels of a copy for practice: every message is taken, kept where the case is, and sent to nobody. */
export function trainingChannels(): Channels {
  return { email: trainingChannel('email'), sms: trainingChannel('sms') }
}

function trainingChannel(name: Channel['name']): Channel {
  return {
    name,
    send: async ({ id }) => ({ externalId: `training:${id}` }),
    check: async () => undefined,
  }
}
