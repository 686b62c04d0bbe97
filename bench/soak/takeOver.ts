import type { EnginePair } from './enginePair.ts'
import type { SupervisedEngine } from './supervisedEngine.ts'
import { Traffic } from './traffic.ts'

const JOB_MS = 2000

const LONGEST_PAUSE_MS = 1000

/** From the kill to the first request that was sent after it and acknowledged, in milliseconds, in rising order. */
export type TakeOverTimes = readonly number[]

/** Kills the engine that serves, so many times, while clients file requests as fast as they are answered and workers work. */
export async function takeOver(pair: EnginePair, times: number): Promise<TakeOverTimes> {
  const traffic = await Traffic.open({ addresses: pair.addresses, clients: 16, workers: 4, jobMs: JOB_MS, pauseMs: 0 })
  const tookMs: number[] = []
  traffic.file()
  for (let count = 0; count < times; count++) {
    const serving = await pair.serving()
    await untilStandingBy(pair.otherThan(serving))
    await new Promise((resume) => setTimeout(resume, Math.random() * LONGEST_PAUSE_MS))
    const killedMs = performance.now()
    await serving.kill()
    await traffic.nextAcknowledged()
    tookMs.push(performance.now() - killedMs)
  }
  await traffic.close()
  return tookMs.sort((a, b) => a - b)
}

/** One that was killed itself before is started again; it stands by when it can be read. */
async function untilStandingBy(engine: SupervisedEngine): Promise<void> {
  while ((await engine.metric('salter_engine_serving').catch(() => undefined)) !== 0) await new Promise((resume) => setTimeout(resume, 50))
}
