/** Databases as they are after years: what sleeps in them is run once for real, and copied. */
import { readFile } from 'node:fs/promises'
import { systemClock } from '../../../server/base/clock.ts'
import { quietLog } from '../../../server/base/log.ts'
import { startEngine, type Engine, type Resource } from '../../../server/engine/engine.ts'
import { postgresStore } from '../../../server/engine/store/postgresStore.ts'
import type { BenchDatabase } from '../postgres.ts'
import { COMPLETE, variables, workloadDiagram } from '../workload.ts'
import { copyInstance } from './copyInstance.ts'

export const USER_TASK = 'io.camunda.zeebe:userTask'

const YEAR_MS = 31_536_000_000

/** Between two copies, so that they do not all lie at one place of an index. */
const APART_MS = 7

/** No engine may be open there meanwhile. */
type OwnedDatabase = Pick<BenchDatabase, 'ownerUrl'>

/** Keys of the user tasks that wait, by their number. */
export type Sleeping = { jobKey(index: number): string }

export async function benchDiagram(name: string): Promise<Resource> {
  return { name: `${name}.bpmn`, content: await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8') }
}

/** What is left to do for a request that was woken; another type than the workload's, whose workers would be busy with it. */
export const WOKEN = 'deliver-woken'

/** Municipal requests that wait for a clerk: their user task is with the inbox for a year. */
export async function fillSleeping(database: OwnedDatabase, count: number): Promise<Sleeping> {
  const { instanceKey, deadline } = await withEngine(database, async (engine) => {
    const { name, content } = await workloadDiagram()
    const sleeping = String(content).replace('id="municipal-request"', 'id="sleeping-request"').replace('deliver-act', WOKEN)
    await engine.deploy([{ name, content }, { name: 'sleeping-request.bpmn', content: sleeping }])
    const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'sleeping-request', variables })
    await complete(engine, 'check-request', COMPLETE)
    return { instanceKey: processInstanceKey, deadline: (await take(engine, USER_TASK, YEAR_MS)).deadline }
  })
  return copyInstance({
    url: database.ownerUrl, instanceKey, count: count - 1, moments: [deadline], laterMs: (index) => index * APART_MS,
  })
}

/** Requests whose term ends at a moment, the copies' `apartMs` after each other. */
export async function fillTerms(database: OwnedDatabase, count: number, endsAt: number, apartMs: number): Promise<void> {
  const { instanceKey, deadline } = await withEngine(database, async (engine) => {
    await engine.deploy([await benchDiagram('request-with-term')])
    const given = JSON.stringify({ ...JSON.parse(variables) as object, termEnds: new Date(endsAt).toISOString() })
    const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'request-with-term', variables: given })
    return { instanceKey: processInstanceKey, deadline: (await take(engine, USER_TASK, YEAR_MS)).deadline }
  })
  await copyInstance({
    url: database.ownerUrl, instanceKey, count: count - 1, moments: [endsAt, deadline], laterMs: (index) => index * apartMs,
  })
}

/** The reference process under so many ids. Answers them. */
export async function deployMany(database: OwnedDatabase, count: number): Promise<string[]> {
  const { content } = await workloadDiagram()
  const ids = Array.from({ length: count }, (_, index) => `municipal-request-${index + 1}`)
  await withEngine(database, async (engine) => {
    for (const id of ids) {
      const named = String(content).replace('id="municipal-request"', `id="${id}"`)
      await engine.deploy([{ name: `${id}.bpmn`, content: named }])
    }
  })
  return ids
}

export async function withEngine<Answer>(database: OwnedDatabase, act: (engine: Engine) => Promise<Answer>): Promise<Answer> {
  const store = postgresStore({ url: database.ownerUrl, holder: 'fill', clock: systemClock, log: quietLog })
  const engine = await startEngine({ store })
  try {
    return await act(engine)
  } finally {
    await engine.close()
  }
}

async function take(engine: Engine, type: string, timeout: number): Promise<{ key: string; deadline: number }> {
  const [job] = await engine.activateJobs({ type, worker: 'inbox', timeout, maxJobsToActivate: 1 })
  if (!job) throw new Error(`Expected a job of type ${type}, but none came`)
  return job
}

async function complete(engine: Engine, type: string, given: string): Promise<void> {
  const { key } = await take(engine, type, 60_000)
  await engine.completeJob({ jobKey: key, variables: given })
}
