import { Outage } from '../base/errors.ts'
import type { Channel } from './channel.ts'

/** The twin of a channel whose neighbor does not answer: for tests, and for a town that switched a channel off. */
export function brokenChannel(name: Channel['name']): Channel {
  const silent = async (): Promise<never> => {
    throw new Outage(name, new Error('Expected an answer, but the neighbor is silent'))
  }
  return { name, send: silent, check: silent }
}
