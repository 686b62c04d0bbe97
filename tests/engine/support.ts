import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { ActivatedJob, Engine, Resource } from '../../server/engine/engine.ts'

/** A diagram of `tests/diagrams`, ready to deploy. */
export async function diagram(name: string): Promise<Resource> {
  return { name: `${name}.bpmn`, content: await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8') }
}

/** Jobs of the type that are ready now. */
export function takeJobs(engine: Engine, type: string, limit = 100): Promise<ActivatedJob[]> {
  return engine.activateJobs({ type, worker: 'test', timeout: 60_000, maxJobsToActivate: limit, requestTimeout: -1 })
}

/** The one job of the type that is ready now. */
export async function takeOne(engine: Engine, type: string): Promise<ActivatedJob> {
  const jobs = await takeJobs(engine, type)
  expect(jobs).toHaveLength(1)
  return jobs[0]!
}
