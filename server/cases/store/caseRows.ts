import type { Transaction } from '../../db/transaction.ts'
import type { Answers, Case } from '../case.ts'
import type { Person } from '../person.ts'
import { ours } from './ours.ts'
import { findPerson } from './personRows.ts'

export interface NewCase extends Case {
  draftId: string
  accessCodeHash: Buffer
  searchKey: string
}

/** Lets one filing with this client key in at a time, until the transaction ends: the second click waits and finds the first. */
export async function lockClientKey(trx: Transaction, clientKey: string): Promise<void> {
  await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('client key ' || current_tenant() || ?, 0))`, [clientKey.toLowerCase()])
}

export async function insertCase(trx: Transaction, case_: NewCase): Promise<void> {
  await trx('cases').insert({
    tenant_id: ours(trx),
    id: case_.id,
    procedure: case_.procedure,
    package_version: case_.packageVersion,
    number: case_.number,
    number_key: numberKey(case_.number),
    access_code_hash: case_.accessCodeHash,
    status: case_.status,
    language: case_.language,
    channel: case_.channel,
    unit_id: case_.unitId,
    taken_in: case_.takenIn,
    applicant_id: case_.applicantId,
    account_id: case_.accountId,
    mandate_id: case_.mandateId,
    answers: JSON.stringify(case_.answers),
    variables: JSON.stringify({ task: case_.taskAnswers }),
    fee_minor: case_.feeMinor,
    currency: case_.currency,
    delivery: case_.delivery,
    client_key: case_.clientKey,
    draft_id: case_.draftId,
    subject: case_.subject,
    search_key: case_.searchKey,
    filed_at: case_.filedAt,
    changed_at: case_.changedAt,
  })
}

export async function insertParty(
  trx: Transaction,
  party: { caseId: string; personId: string; role: 'applicant' | 'representative' },
): Promise<void> {
  await trx('case_parties').insert({ tenant_id: ours(trx), case_id: party.caseId, person_id: party.personId, role: party.role })
}

/** Who acted for the applicant of a case. */
export async function representativeOf(trx: Transaction, caseId: string): Promise<Person | undefined> {
  const row: { person_id: string } | undefined = await trx('case_parties').where({ case_id: caseId, role: 'representative' }).first('person_id')
  return row && findPerson(trx, row.person_id)
}

/** The newest cases filed under a mandate. */
export async function casesUnderMandate(trx: Transaction, mandateId: string): Promise<Case[]> {
  const rows: CaseRow[] = await trx('cases').where({ mandate_id: mandateId }).orderBy('filed_at', 'desc').limit(50)
  return rows.map(toCase)
}

export async function findCase(trx: Transaction, id: string): Promise<Case | undefined> {
  const row: CaseRow | undefined = await trx('cases').where({ id }).first()
  return row && toCase(row)
}

/** As {@link findCase}; nobody else changes the case until the transaction ends. */
export async function lockCase(trx: Transaction, id: string): Promise<Case | undefined> {
  const row: CaseRow | undefined = await trx('cases').where({ id }).forUpdate().first()
  return row && toCase(row)
}

export async function findCaseByClientKey(trx: Transaction, clientKey: string): Promise<Case | undefined> {
  const row: CaseRow | undefined = await trx('cases').where({ client_key: clientKey }).first()
  return row && toCase(row)
}

/** Whether a case was made of this draft. */
export async function isFiled(trx: Transaction, draftId: string): Promise<boolean> {
  return (await trx('cases').where({ draft_id: draftId }).first('id')) !== undefined
}

/** The case of a register number, in any letter case and with any blanks, with the hash of its access code. */
export async function findCaseByNumber(trx: Transaction, number: string): Promise<{ case: Case; accessCodeHash: Buffer } | undefined> {
  const row: CaseRow | undefined = await trx('cases').where({ number_key: numberKey(number) }).first()
  return row && { case: toCase(row), accessCodeHash: row.access_code_hash }
}

export async function casesOf(trx: Transaction, ids: readonly string[]): Promise<Map<string, Case>> {
  const rows: CaseRow[] = await trx('cases').whereIn('id', [...ids])
  return new Map(rows.map((row) => [row.id, toCase(row)]))
}

/**
 * What an account has filed in its own name, what was filed for its person by others, and what the people named in `forOthers` have
 * there, newest first.
 */
export async function casesOfCitizen(
  trx: Transaction,
  citizen: { accountId: string; personId: string | undefined; forOthers: readonly string[] },
  limit: number,
): Promise<Case[]> {
  const rows: CaseRow[] = await trx('cases')
    .where({ account_id: citizen.accountId, mandate_id: null })
    .modify((query) => (citizen.personId ? void query.orWhere({ applicant_id: citizen.personId }) : undefined))
    .modify((query) => (citizen.forOthers.length > 0 ? void query.orWhereIn('applicant_id', [...citizen.forOthers]) : undefined))
    .orderBy('filed_at', 'desc')
    .limit(limit)
  return rows.map(toCase)
}

export async function updateCase(
  trx: Transaction,
  id: string,
  change: Partial<Pick<Case, 'status' | 'outcome' | 'closedAt' | 'feeMinor' | 'acts'>> & { changedAt: Date },
): Promise<void> {
  await trx('cases')
    .where({ id })
    .update({
      ...(change.status !== undefined && { status: change.status }),
      ...(change.outcome !== undefined && { outcome: change.outcome }),
      ...(change.closedAt !== undefined && { closed_at: change.closedAt }),
      ...(change.feeMinor !== undefined && { fee_minor: change.feeMinor }),
      ...(change.acts !== undefined && { acts: change.acts }),
      changed_at: change.changedAt,
    })
}

/** Lays the answers of a completed task over those of the earlier ones. */
export async function addTaskAnswers(trx: Transaction, caseId: string, answers: Answers, changedAt: Date): Promise<void> {
  await trx('cases')
    .where({ id: caseId })
    .update({
      variables: trx.raw(
        `variables || jsonb_build_object('task', coalesce(variables -> 'task', '{}') || ?::jsonb)`,
        [JSON.stringify(answers)],
      ),
      changed_at: changedAt,
    })
}

function numberKey(number: string): string {
  return number.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

export interface CaseRow {
  id: string
  procedure: string
  package_version: number
  number: string
  access_code_hash: Buffer
  status: Case['status']
  outcome: Case['outcome']
  language: string
  channel: Case['channel']
  unit_id: string
  taken_in: string | null
  applicant_id: string | null
  account_id: string | null
  mandate_id: string | null
  answers: Answers
  variables: { task?: Answers }
  fee_minor: number | null
  currency: string | null
  delivery: Case['delivery']
  client_key: string
  subject: string
  acts: number
  filed_at: Date
  closed_at: Date | null
  changed_at: Date
}

export function toCase(row: CaseRow): Case {
  return {
    id: row.id,
    procedure: row.procedure,
    packageVersion: row.package_version,
    number: row.number,
    status: row.status,
    outcome: row.outcome,
    language: row.language,
    channel: row.channel,
    unitId: row.unit_id,
    takenIn: row.taken_in,
    applicantId: row.applicant_id,
    accountId: row.account_id,
    mandateId: row.mandate_id,
    answers: row.answers,
    taskAnswers: row.variables.task ?? {},
    feeMinor: row.fee_minor,
    currency: row.currency,
    delivery: row.delivery,
    clientKey: row.client_key,
    subject: row.subject,
    acts: row.acts,
    filedAt: row.filed_at,
    closedAt: row.closed_at,
    changedAt: row.changed_at,
  }
}
