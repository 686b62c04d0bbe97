import type { SupervisedEngine } from './supervisedEngine.ts'
import { Traffic } from './traffic.ts'

const JOB_MS = 2000

const LONGEST_PAUSE_MS = 1000
const TAKEN_OVER_WITHIN_MS = 3000

/** From the kill to the answer to the first request that was sent after it and acknowledged, in milliseconds. */
export interface TakeOver {
  readonly times: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly slowestMs: number
}

/** Kills the engine that serves, so many times, while clients file requests as fast as they are answered and workers work. */
export async function takeOver(engines: readonly [SupervisedEngine, SupervisedEngine], times: number): Promise<TakeOver> {
  const addresses = engines.map(({ address }) => address)
  const traffic = await Traffic.open({ addresses, clients: 16, workers: 4, jobMs: JOB_MS, pauseMs: 0 })
  const tookMs: number[] = []
  traffic.file()
  for (let count = 0; count < times; count++) {
    const serving = await servingOf(engines)
    await untilStandingBy(engines.find((each) => each !== serving)!)
    await new Promise((resume) => setTimeout(resume, Math.random() * LONGEST_PAUSE_MS))
    const killedMs = performance.now()
    await serving.kill()
    await traffic.nextAcknowledged()
    tookMs.push(performance.now() - killedMs)
  }
  await traffic.close()
  const sorted = tookMs.map(Math.round).sort((a, b) => a - b)
  const within = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1]!
  return { times, p50Ms: within(0.5), p95Ms: within(0.95), slowestMs: within(1) }
}

/** What does not fit, in sentences. */
export function takeOverFindings({ slowestMs }: TakeOver): string[] {
  return slowestMs > TAKEN_OVER_WITHIN_MS ? [`it took up to ${slowestMs} ms until the other engine served`] : []
}

async function servingOf(engines: readonly SupervisedEngine[]): Promise<SupervisedEngine> {
  for (;;) {
    for (const engine of engines) if (await engine.isServing()) return engine
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

/** One that was killed itself before is started again; it stands by when it can be read. */
async function untilStandingBy(engine: SupervisedEngine): Promise<void> {
  while ((await engine.metric('salter_engine_serving').catch(() => undefined)) !== 0) await new Promise((resume) => setTimeout(resume, 50))
}
