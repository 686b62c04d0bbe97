import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Json } from '../case.ts'
import type { Context } from '../context.ts'
import { mayOperate } from '../may.ts'
import { isTheTowns } from '../../zeebe/names.ts'
import type { Incident } from './trouble.ts'

/** What a job gets when its incident is resolved: as many as a service task has by default. */
export const FRESH_TRIES = 3

/** Ids the product itself gives a process: to change them would tie it to another case (architecture, decision 5). */
const reserved: readonly string[] = ['caseId', 'packageVersion']

export interface Repair {
  /** Why it is right to go on; kept in the audit. */
  reason: string
  /** Values the process is to go on with, by variable. Their names are kept in the audit, their values are not. */
  variables?: Readonly<Record<string, Json>>
}

/**
 * Lets a step that failed try once more, with corrected values if any are given. Resolving tells whether the cause is gone:
 * a step that fails again has a new incident.
 */
export async function resolveIncident(context: Context, incidentKey: string, { reason, variables = {} }: Repair): Promise<void> {
  const { actor, db, engine } = context
  if (!mayOperate(actor)) refuse('not-allowed', 'not-allowed')
  const incident = await townsIncident(context, incidentKey)
  const names = Object.keys(variables)
  const taken = names.find((name) => reserved.includes(name))
  if (taken) refuse('invalid', 'variable-reserved', { name: taken })
  // Written down before it is done: nothing is done without a trace.
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'incident.resolve', subject: incident.caseId ?? incident.instanceKey, reason,
    facts: { incident: incident.key, kind: incident.kind, process: incident.processId, element: incident.elementId, variables: names },
  }))
  if (names.length > 0) await engine.setVariables(incident.elementInstanceKey, variables)
  if (incident.jobKey) await engine.updateJobRetries(incident.jobKey, FRESH_TRIES)
  await engine.resolveIncident(incident.key)
}

/** The incident, if it is one of the town's own processes; to others it does not exist. */
async function townsIncident({ processView, tenant }: Context, key: string): Promise<Incident> {
  const incident = await processView.incident(key)
  if (incident === null) refuse('wrong-state', 'processes-not-shown')
  if (!incident || !isTheTowns(tenant.id, incident.processId)) refuse('not-found', 'not-found')
  return incident
}
