import type { z } from 'zod'
import type { Context } from '../../cases/context.ts'
import type { FailedJob, Incident, StalledEntry, Troubles } from '../../cases/operation/trouble.ts'
import { may } from '../../cases/may.ts'
import { titleOf, wordsOf, type Words } from '../../cases/words.ts'
import type { FailedJobRow, IncidentRow, OperationPage, StalledRow } from '../contract/operation.ts'
import type { Language } from '../contract/words.ts'
import { stepName } from './showTimeline.ts'

/** Zeebe's error types, each to the sentence that tells it to somebody who runs an office and not an engine. */
const kinds: Readonly<Record<string, IncidentRow['kind']>> = {
  JOB_NO_RETRIES: 'job',
  IO_MAPPING_ERROR: 'expression',
  CONDITION_ERROR: 'expression',
  EXTRACT_VALUE_ERROR: 'expression',
  FORM_NOT_FOUND: 'form',
  CALLED_ELEMENT_ERROR: 'called',
  CALLED_DECISION_ERROR: 'decision',
  DECISION_EVALUATION_ERROR: 'decision',
  UNHANDLED_ERROR_EVENT: 'error-not-caught',
  MESSAGE_SIZE_EXCEEDED: 'too-large',
}

/** A case as the page names it, and the words of its procedure. */
interface Held {
  row: NonNullable<IncidentRow['case']>
  words: Words
}

/** What stands still, in the reader's language; engine words only under `technical`. */
export async function showOperation(context: Context, troubles: Troubles, language: Language): Promise<z.infer<typeof OperationPage>> {
  const held = await heldCases(context, troubles, language)
  return {
    incidents: troubles.incidents?.map((each) => showIncident(each, held)) ?? null,
    failedJobs: troubles.failedJobs?.map((each) => showFailedJob(each, held)) ?? null,
    stalled: troubles.stalled.map((each) => showStalled(each, held)),
    may: { mend: may(context.actor, 'operation.mend') },
  }
}

async function heldCases({ packages, tenant }: Context, { cases }: Troubles, language: Language): Promise<ReadonlyMap<string, Held>> {
  const held = [...cases.values()].map(async ({ id, number, procedure, packageVersion }): Promise<[string, Held]> => {
    const pack = await packages.version(procedure, packageVersion)
    return [id, { row: { id, number, title: titleOf(pack, language, tenant.country) }, words: wordsOf(pack, language, tenant.country) }]
  })
  return new Map(await Promise.all(held))
}

function showIncident({ key, kind, since, ...at }: Incident, held: ReadonlyMap<string, Held>): IncidentRow {
  return { key, kind: kinds[kind] ?? 'unknown', since: since.toISOString(), ...showPlace(at, held) }
}

function showFailedJob({ key, type, triesLeft, ...at }: FailedJob, held: ReadonlyMap<string, Held>): FailedJobRow {
  return { key, type, triesLeft, ...showPlace(at, held) }
}

function showPlace(
  { caseId, elementId, processId, instanceKey, message }: Pick<Incident, 'caseId' | 'elementId' | 'processId' | 'instanceKey' | 'message'>,
  held: ReadonlyMap<string, Held>,
): Pick<IncidentRow, 'case' | 'step' | 'technical'> {
  const of = caseId === null ? undefined : held.get(caseId)
  return {
    case: of?.row ?? null,
    step: of ? stepName(elementId, of.words) : elementId,
    technical: { process: processId, element: elementId, instance: instanceKey, message },
  }
}

function showStalled(
  { id, kind, caseId, address, attempts, lastError, createdAt, stalledAt }: StalledEntry, held: ReadonlyMap<string, Held>,
): StalledRow {
  return {
    id, kind, address, attempts, lastError,
    case: (caseId === null ? undefined : held.get(caseId)?.row) ?? null,
    createdAt: createdAt.toISOString(),
    since: stalledAt.toISOString(),
  }
}
