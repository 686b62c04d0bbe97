/** How cost grows: with what sleeps, with job types, with definitions, with due dates. */
import type { BenchDatabase, BenchServer } from '../postgres.ts'
import { COMPLETE, referenceWorkload, variables, type Workload } from '../workload.ts'
import { CLIENTS, openEngine } from './benchEngine.ts'
import { compare, type Compared } from './compare.ts'
import { measureDueAtOnce, type DueAtOnce } from './dueAtOnce.ts'
import { benchDiagram, deployMany, fillSleeping, fillTerms } from './fill.ts'
import { measureProcess, type EngineProcess } from './process.ts'

export interface GrowthSizes {
  few: number
  sleeping: number
  types: number
  definitions: number
  terms: number
  dueAtOnce: number
  toWake: number
  /** Of each run of a side. */
  seconds: number
  rounds: number
}

export const defaultSizes: GrowthSizes = {
  few: 10_000, sleeping: 200_000, types: 300, definitions: 2000, terms: 200_000, dueAtOnce: 20_000, toWake: 20_000, seconds: 3, rounds: 6,
}

export const fullSizes: GrowthSizes = {
  ...defaultSizes, sleeping: 5_000_000, terms: 1_000_000, dueAtOnce: 100_000, toWake: 50_000, seconds: 4, rounds: 10,
}

export interface Growth {
  compared: Compared[]
  process: EngineProcess
  dueAtOnce: DueAtOnce
}

const MONTH_MS = 30 * 86_400_000

export async function measureGrowth(server: BenchServer, sizes: GrowthSizes, tell: (sentence: string) => void): Promise<Growth> {
  const few = await server.database('growth_few')
  await fillSleeping(few, sizes.few)
  const many = await server.database('growth_sleeping')
  tell(`${count(sizes.sleeping)} sleeping instances are being copied …`)
  const sleeping = await fillSleeping(many, sizes.sleeping)
  const definitions = await server.database('growth_definitions')
  tell(`${count(sizes.definitions)} definitions are being deployed …`)
  await fillSleeping(definitions, sizes.few)
  const processIds = await deployMany(definitions, sizes.definitions)
  const terms = await server.database('growth_terms')
  tell(`${count(sizes.terms)} instances with a due date are being copied …`)
  await fillSleeping(terms, sizes.few)
  await fillTerms(terms, sizes.terms, Date.now() + 12 * MONTH_MS, 7)

  const compared = [
    await against(few, many, `${count(sizes.few)} → ${count(sizes.sleeping)} sleeping instances`, sizes),
    await against(few, terms, `none → ${count(sizes.terms)} due dates ahead`, sizes),
    await against(few, definitions, `1 → ${count(sizes.definitions)} process definitions, all in use`, sizes, ofMany(processIds)),
    await betweenTypes(few, sizes),
  ]
  tell('the engine as a process of its own …')
  const process = await measureProcess(many, sleeping, sizes.sleeping - 1, sizes)
  tell(`${count(sizes.dueAtOnce)} terms end at the same moment …`)
  const endsAt = Date.now() + MONTH_MS
  await fillTerms(terms, sizes.dueAtOnce, endsAt, 0)
  return { compared, process, dueAtOnce: await measureDueAtOnce(terms, endsAt, sizes.seconds * 2) }
}

async function against(few: BenchDatabase, other: BenchDatabase, name: string, sizes: GrowthSizes, many?: Many): Promise<Compared> {
  const [a, b] = [await openEngine(few), await openEngine(other)]
  try {
    if (many) await b.run(() => !many.areAllUsed(), CLIENTS, many.workload)
    return await compare({ name, a: (seconds) => a.run(seconds), b: (seconds) => b.run(seconds, CLIENTS, many?.workload) }, sizes)
  } finally {
    await a.close()
    await b.close()
  }
}

/** The same process and as many workers on both sides, two of each type where there are many. */
async function betweenTypes(database: BenchDatabase, sizes: GrowthSizes): Promise<Compared> {
  const engine = await openEngine(database)
  try {
    await engine.caller.deploy(await benchDiagram('typed-request'))
    const side = (types: number) => (seconds: number) => engine.run(seconds, CLIENTS, ofTypes(types, 2 * sizes.types / types))
    return await compare({ name: `1 → ${sizes.types} job types`, a: side(1), b: side(sizes.types) }, sizes)
  } finally {
    await engine.close()
  }
}

interface Many {
  workload: Workload
  /** What is used the first time reads its diagram, as once after each start. */
  areAllUsed(): boolean
}

/** The reference workload over many processes, one after the other. */
function ofMany(processIds: readonly string[]): Many {
  let used = 0
  const next = (): ReturnType<Workload['next']> => ({ processId: processIds[used++ % processIds.length]!, variables })
  return { workload: { ...referenceWorkload(CLIENTS), next }, areAllUsed: () => used >= processIds.length }
}

/** Each request goes through three of the types, one after the other, so that the worker of the next is free. */
function ofTypes(count: number, workersPerType: number): Workload {
  const types = Array.from({ length: count }, (_, index) => `step-${index}`)
  let next = 0
  return {
    types,
    workersPerType,
    next() {
      const steps = [0, 1, 2].map((step) => types[(next + step) % count])
      next += steps.length
      return { processId: 'typed-request', variables: JSON.stringify({ ...JSON.parse(variables) as object, steps }) }
    },
    answer: () => COMPLETE,
  }
}

function count(number: number): string {
  return number.toLocaleString('en')
}
