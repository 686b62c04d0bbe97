import type { Transaction } from '../../db/transaction.ts'
import type { Registration, RegistrationState } from '../registration/registration.ts'
import { ours } from './ours.ts'

export async function insertRegistration(
  trx: Transaction,
  given: Pick<Registration, 'caseId' | 'personId' | 'state' | 'email' | 'identifierHash'> & { startedAt: Date },
): Promise<void> {
  await trx('registrations').insert({
    tenant_id: ours(trx),
    case_id: given.caseId,
    person_id: given.personId,
    state: given.state,
    email: given.email,
    identifier_hash: given.identifierHash,
    started_at: given.startedAt,
    changed_at: given.startedAt,
  })
}

export async function findRegistration(trx: Transaction, caseId: string): Promise<Registration | undefined> {
  const row: RegistrationRow | undefined = await trx('registrations').where({ case_id: caseId }).first()
  return row && toRegistration(row)
}

/** As {@link findRegistration}; nobody else changes it until the transaction ends. */
export async function lockRegistration(trx: Transaction, caseId: string): Promise<Registration | undefined> {
  const row: RegistrationRow | undefined = await trx('registrations').where({ case_id: caseId }).forUpdate().first()
  return row && toRegistration(row)
}

/** The registration whose last link has this token's hash, locked. */
export async function lockRegistrationOfLink(trx: Transaction, tokenHash: Buffer): Promise<Registration | undefined> {
  const row: RegistrationRow | undefined = await trx('registrations').where({ token_hash: tokenHash }).forUpdate().first()
  return row && toRegistration(row)
}

/** Registrations under way of a number or an address. */
export async function registrationsUnderWay(
  trx: Transaction, of: { identifierHash: Buffer | null; email: string },
): Promise<Registration[]> {
  const states: RegistrationState[] = ['starting', 'waiting']
  const rows: RegistrationRow[] = await trx('registrations')
    .whereIn('state', states)
    .where((query) => {
      void query.whereRaw('lower(email) = ?', [of.email.toLowerCase()])
      if (of.identifierHash) void query.orWhere({ identifier_hash: of.identifierHash })
    })
  return rows.map(toRegistration)
}

export async function updateRegistration(
  trx: Transaction,
  caseId: string,
  change: Partial<Omit<Registration, 'caseId' | 'personId' | 'identifierHash'>> & { changedAt: Date },
): Promise<void> {
  await trx('registrations')
    .where({ case_id: caseId })
    .update({
      ...(change.state !== undefined && { state: change.state }),
      ...(change.email !== undefined && { email: change.email }),
      ...(change.subject !== undefined && { subject: change.subject }),
      ...(change.tokenHash !== undefined && { token_hash: change.tokenHash }),
      ...(change.linkUntil !== undefined && { link_until: change.linkUntil }),
      ...(change.letters !== undefined && { letters: change.letters }),
      ...(change.lastLetterJob !== undefined && { last_letter_job: change.lastLetterJob }),
      ...(change.tries !== undefined && { tries: change.tries }),
      changed_at: change.changedAt,
    })
}

interface RegistrationRow {
  case_id: string
  person_id: string
  state: RegistrationState
  email: string
  identifier_hash: Buffer | null
  subject: string | null
  token_hash: Buffer | null
  link_until: Date | null
  letters: number
  last_letter_job: string | null
  tries: number
}

function toRegistration(row: RegistrationRow): Registration {
  return {
    caseId: row.case_id,
    personId: row.person_id,
    state: row.state,
    email: row.email,
    identifierHash: row.identifier_hash,
    subject: row.subject,
    tokenHash: row.token_hash,
    linkUntil: row.link_until,
    letters: row.letters,
    lastLetterJob: row.last_letter_job,
    tries: row.tries,
  }
}
