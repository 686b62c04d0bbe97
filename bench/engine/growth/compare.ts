import type { Cost } from './benchEngine.ts'

export interface Compared {
  name: string
  a: Cost
  b: Cost
  /** Rate of b as a share of a's: the middle of the rounds. */
  share: number
}

/** Runs its workload for so many seconds. */
export type Side = (seconds: number) => Promise<Cost>

export interface Sides {
  name: string
  a: Side
  b: Side
}

const WARM_UP_SECONDS = 3

/** In turn, now one side first and now the other, so that whatever else the machine does hits both. */
export async function compare({ name, a, b }: Sides, { rounds, seconds }: { rounds: number; seconds: number }): Promise<Compared> {
  for (const side of [a, b]) await side(WARM_UP_SECONDS)
  const costs: { a: Cost; b: Cost }[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await a(seconds)
      costs.push({ a: first, b: await b(seconds) })
    } else {
      const first = await b(seconds)
      costs.push({ b: first, a: await a(seconds) })
    }
  }
  return {
    name,
    a: middleOf(costs.map((each) => each.a)),
    b: middleOf(costs.map((each) => each.b)),
    share: middle(costs.map((each) => each.b.rate / each.a.rate)),
  }
}

function middleOf(costs: readonly Cost[]): Cost {
  const of = (field: keyof Cost): number => middle(costs.map((each) => each[field] ?? NaN))
  const [createP95, completeP95, engineMs, backendMs] = [of('createP95'), of('completeP95'), of('engineMs'), of('backendMs')]
  return {
    instances: costs.reduce((sum, each) => sum + each.instances, 0),
    seconds: costs.reduce((sum, each) => sum + each.seconds, 0),
    rate: of('rate'), createP95, completeP95, engineMs,
    backendMs: Number.isNaN(backendMs) ? undefined : backendMs,
  }
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN
}
