import type { Channel } from './channel.ts'

/** The channels of a copy for practice: every message is taken, kept where the case is, and sent to nobody. */
export function trainingChannels(): { readonly email: Channel } {
  return { email: trainingChannel('email') }
}

function trainingChannel(name: Channel['name']): Channel {
  return {
    name,
    send: async ({ id }) => ({ externalId: `training:${id}` }),
    check: async () => undefined,
  }
}
