import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Json } from '../case.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { ofTheTown } from './ofTheTown.ts'
import { FRESH_TRIES } from './trouble.ts'

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
  const { actor, db, engine, processView } = context
  if (!may(actor, 'operation.mend')) refuse('not-allowed', 'not-allowed')
  const incident = ofTheTown(context, await processView.incident(incidentKey))
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
