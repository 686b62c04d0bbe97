import { keyAfter } from '../key.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import type { Decision } from './decision.ts'

export interface NewJob {
  type: string
  retries: number
  headers: Readonly<Record<string, string>>
}

/** Makes the job of a task. Its key is the one after the task's, which was set apart for it (see `newElementKey`). */
export function createJob(decision: Decision, instance: Instance, element: ElementInstance, { type, retries, headers }: NewJob): void {
  decision.record({
    type: 'job-created', instance, element,
    job: {
      key: keyAfter(element.key), instanceKey: instance.key, elementKey: element.key, type, state: 'activatable', retries,
      ready: decision.nextKey(), dueAt: null, worker: '', headers: JSON.stringify(headers), error: '',
    },
  })
}

/** A key for an element, and the one after it for its job. */
export function newElementKey(decision: Decision): string {
  const key = decision.nextKey()
  decision.nextKey()
  return key
}
