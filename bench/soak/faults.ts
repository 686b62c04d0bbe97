import { ask, type SoakDatabase } from './database.ts'
import type { EnginePair } from './enginePair.ts'

export interface Stricken {
  readonly database: SoakDatabase
  readonly pair: EnginePair
}

export interface Fault {
  /** Its number at the command line. */
  readonly option: string
  strike(stricken: Stricken): Promise<void>
}

/** What is done to engines and database under load. Each leaves them so that they can go on by themselves. */
export const faults = {
  'engine killed': { option: '--kills', strike: async ({ pair }) => (await pair.serving()).kill() },

  'both engines killed': {
    option: '--double-kills', strike: async ({ pair }) => void (await Promise.all(pair.engines.map((engine) => engine.kill()))),
  },

  'database killed': { option: '--database-kills', strike: ({ database }) => database.crash() },

  'connection cut': {
    option: '--cuts',
    strike: async ({ database }) => void (await ask(database.superUrl,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \'salter-engine\'')),
  },

  // The one that stood still believes that it still writes, until the epoch tells it otherwise.
  'engine paused': {
    option: '--pauses',
    async strike({ pair }) {
      const paused = await pair.serving()
      paused.pause()
      await pair.otherThan(paused).untilServing()
      paused.resume()
    },
  },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as FaultName[]
