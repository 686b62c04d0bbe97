import { readVariables } from './readRequest.ts'
import { storable } from '../behaviors/incidents.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import { throwErrorFrom } from '../elements/throwing.ts'
import type { Key } from '../key.ts'
import type { Command } from './command.ts'
import { findJob, mustBeOpen, needsJob } from './jobs.ts'

export interface ThrowError {
  jobKey: Key
  errorCode: string
  errorMessage?: string
  /** JSON text of an object, local to the event that catches the error. */
  variables?: string
}

const intent = 'THROW_ERROR'

/** Reports a business error. The nearest event that catches it goes on instead of the task; without one, an incident. */
export const throwError: Command<ThrowError, void> = {
  intent,
  needs: needsJob,

  decide({ jobKey, errorCode, errorMessage = '', variables: json = '' }, decision) {
    const found = findJob(decision, intent, 'throw an error for job', jobKey)
    mustBeOpen(found, intent, 'throw an error for job')
    const variables = readVariables(intent, json)
    const { job, instance, element } = found
    decision.record({ type: 'job-error-thrown', job, error: storable(`${errorCode}: ${errorMessage}`) })
    const lifecycle = new Lifecycle(decision, instance)
    throwErrorFrom(lifecycle, element, errorCode, errorMessage, variables)
    lifecycle.run()
  },
}
