import { bringResult } from '../behaviors/variables.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import type { Key } from '../key.ts'
import type { Command } from './command.ts'
import { findJob, mustBeOpen, needsJob } from './jobs.ts'
import { readVariables } from './readRequest.ts'

export interface CompleteJob {
  jobKey: Key
  /** JSON text of an object. */
  variables?: string
}

const intent = 'COMPLETE'

/** Ends a job, and with it its task; the process goes on at once. Also for a job nobody activated. */
export const completeJob: Command<CompleteJob, void> = {
  intent,
  needs: needsJob,

  decide({ jobKey, variables: json = '' }, decision) {
    const found = findJob(decision, intent, 'complete job', jobKey)
    mustBeOpen(found, intent, 'complete job')
    const variables = readVariables(intent, json)
    const { job, instance, element } = found
    decision.record({ type: 'job-completed', instance, element, job })
    bringResult(decision, instance, element, variables)
    const lifecycle = new Lifecycle(decision, instance)
    lifecycle.complete(element)
    lifecycle.run()
  },
}
