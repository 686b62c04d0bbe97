import type { Chance } from './chance.ts'
import { ask, type SoakDatabase } from './database.ts'
import type { EnginePair } from './enginePair.ts'
import type { Link } from './link.ts'

export interface Stricken {
  readonly database: SoakDatabase
  readonly pair: EnginePair
  readonly chance: Chance
}

export interface Fault {
  /** Its number at the command line. */
  readonly option: string
  strike(stricken: Stricken): Promise<void>
}

/** Shorter and longer than the silence after which a standby takes over. */
const HALT_MS = [300, 6000] as const

/** As long as a router needs that is started again. */
const SWALLOW_MS = [3000, 30_000] as const

const FULL_MS = [3000, 10_000] as const
const FILL_AGAIN_MS = 100

/** What is done to engines, lines and database under load. Each leaves them so that they can go on by themselves. */
export const faults = {
  'engine killed': { option: '--kills', strike: async ({ pair }) => (await pair.serving()).kill() },

  'both engines killed': {
    option: '--double-kills', strike: async ({ pair }) => void (await Promise.all(pair.engines.map((engine) => engine.kill()))),
  },

  'database killed': { option: '--database-kills', strike: ({ database }) => database.crash() },

  'backends ended': {
    option: '--ends',
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

  'database line cut': { option: '--cuts', strike: async ({ pair }) => (await pair.servingLines()).toDatabase.cut() },

  // The commit that was under way arrives when another engine may have taken over.
  'database line halted': {
    option: '--halts', strike: async ({ pair, chance }) => halted((await pair.servingLines()).toDatabase, chance.between(...HALT_MS)),
  },

  'database line half open': { option: '--half-opens', strike: async ({ pair }) => (await pair.servingLines()).toDatabase.halfOpen() },

  'database line swallowing': {
    option: '--black-holes',
    strike: async ({ pair, chance }) => swallowing([(await pair.servingLines()).toDatabase], chance.between(...SWALLOW_MS)),
  },

  'both database lines swallowing': {
    option: '--double-black-holes',
    strike: ({ pair, chance }) => swallowing(pair.lines.map((each) => each.toDatabase), chance.between(...SWALLOW_MS)),
  },

  'client lines cut': { option: '--client-cuts', strike: async ({ pair }) => pair.lines.forEach((each) => each.toClients.cut()) },

  'client line halted': {
    option: '--client-halts', strike: async ({ pair, chance }) => halted((await pair.servingLines()).toClients, chance.between(...HALT_MS)),
  },

  'client line swallowing': {
    option: '--client-black-holes',
    strike: async ({ pair, chance }) => swallowing([(await pair.servingLines()).toClients], chance.between(...SWALLOW_MS)),
  },

  'disk full': { option: '--full-disks', strike: ({ database, chance }) => full(database, chance.between(...FULL_MS)) },

  // PostgreSQL cannot go on without its log: it ends all at once, and cannot even recover until there is room.
  'log full': {
    option: '--full-logs',
    async strike({ database, chance }) {
      await database.disk.fill()
      await writeLogUntilItEnds(database.superUrl)
      await full(database, chance.between(...FULL_MS))
    },
  },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as FaultName[]

/** Those that need a disk to fill. */
export const diskFaults: readonly FaultName[] = ['disk full', 'log full']

async function halted(link: Link, forMs: number): Promise<void> {
  link.halt()
  await elapsed(forMs)
  link.restore()
}

async function swallowing(links: readonly Link[], forMs: number): Promise<void> {
  for (const link of links) link.swallow()
  await elapsed(forMs)
  for (const link of links) link.restore()
}

/** Fills the disk, and again whatever the database gives back meanwhile, then makes room. */
async function full({ disk, revive }: SoakDatabase, forMs: number): Promise<void> {
  const endMs = performance.now() + forMs
  do {
    await disk.fill()
    await elapsed(FILL_AGAIN_MS)
  } while (performance.now() < endMs)
  await disk.empty()
  await revive()
}

const writeMuchLog = 'SELECT pg_logical_emit_message(true, \'soak\', repeat(\'x\', 4000000))'

async function writeLogUntilItEnds(superUrl: string): Promise<void> {
  for (;;) {
    const isGone = await ask(superUrl, writeMuchLog).then(() => false, () => true)
    if (isGone) return
  }
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms))
}
