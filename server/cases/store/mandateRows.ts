import type { Transaction } from '../../db/transaction.ts'
import type { Mandate } from '../mandates/mandate.ts'
import { ours } from './ours.ts'

export async function insertMandate(trx: Transaction, mandate: Mandate): Promise<void> {
  await trx('mandates').insert({ tenant_id: ours(trx), id: mandate.id, ...toRow(mandate) })
}

export async function saveMandate(trx: Transaction, mandate: Mandate): Promise<void> {
  await trx('mandates').where({ id: mandate.id }).update(toRow(mandate))
}

export async function findMandate(trx: Transaction, id: string): Promise<Mandate | undefined> {
  const row: MandateRow | undefined = await columns(trx).where({ id }).first()
  return row && toMandate(row)
}

/** As {@link findMandate}; nobody else decides on it until the transaction ends. */
export async function lockMandate(trx: Transaction, id: string): Promise<Mandate | undefined> {
  const row: MandateRow | undefined = await columns(trx).where({ id }).forUpdate().first()
  return row && toMandate(row)
}

/** All mandates a person holds, in whatever state; of one represented person, if named. */
export async function mandatesHeldBy(trx: Transaction, personId: string, forPersonId?: string): Promise<Mandate[]> {
  const rows: MandateRow[] = await columns(trx).where({ person_id: personId, ...(forPersonId && { for_person_id: forPersonId }) })
  return rows.map(toMandate)
}

/** Those a person holds and those given in their name, newest first. */
export async function mandatesAround(trx: Transaction, personId: string): Promise<Mandate[]> {
  const rows: MandateRow[] = await columns(trx)
    .where({ person_id: personId })
    // What somebody claims about a person is no mandate of theirs until it is confirmed.
    .orWhere((given) => given.where({ for_person_id: personId }).whereIn('state', ['offered', 'confirmed', 'revoked']))
    .orderBy('created_at', 'desc')
  return rows.map(toMandate)
}

/** How many offers of a person wait for their takers. */
export async function countOffers(trx: Transaction, forPersonId: string, at: Date): Promise<number> {
  const open = trx('mandates').where({ for_person_id: forPersonId, state: 'offered' }).where('offer_until', '>', at)
  const rows: { count: string }[] = await open.count()
  return Number(rows[0]!.count)
}

/** What waits for a clerk, the oldest first: asked for, with a paper to be looked at. */
export async function mandatesToDecide(trx: Transaction, limit: number): Promise<Mandate[]> {
  const rows: MandateRow[] = await columns(trx)
    .where({ state: 'asked' })
    .whereExists(trx('documents').whereRaw('documents.tenant_id = mandates.tenant_id AND documents.mandate_id = mandates.id'))
    .orderBy('created_at')
    .limit(limit)
  return rows.map(toMandate)
}

/** The newest mandates of the town, of people whose name has each word of the search key. */
export async function newestMandates(trx: Transaction, searchKey: string, limit: number): Promise<Mandate[]> {
  const words = searchKey.split(' ').filter(Boolean)
  const rows: MandateRow[] = await columns(trx)
    .modify((query) => {
      for (const word of words) {
        void query.whereExists(trx('people').whereRaw('people.tenant_id = mandates.tenant_id AND people.id IN (person_id, for_person_id)')
          .whereRaw('position(? IN people.search_key) > 0', [word]))
      }
    })
    .orderBy('created_at', 'desc')
    .limit(limit)
  return rows.map(toMandate)
}

// Days as the column has them: pg would make instants of them, at midnight of some zone.
const columns = (trx: Transaction) =>
  trx('mandates').select('*', trx.raw('valid_from::text AS first_day'), trx.raw('valid_to::text AS last_day'))

function toRow(mandate: Mandate): Record<string, unknown> {
  return {
    kind: mandate.kind,
    person_id: mandate.personId,
    for_person_id: mandate.forPersonId,
    procedures: mandate.procedures,
    case_id: mandate.caseId,
    deeds: mandate.deeds,
    valid_from: mandate.validFrom,
    valid_to: mandate.validTo,
    state: mandate.state,
    proof: mandate.proof,
    proof_note: mandate.proofNote,
    number_hash: mandate.numberHash,
    offered_to: mandate.offeredTo,
    offer_until: mandate.offerUntil,
    asked_by: mandate.askedBy,
    decided_by: mandate.decidedBy,
    decided_name: mandate.decidedName,
    decided_at: mandate.decidedAt,
    reason: mandate.reason,
    created_at: mandate.createdAt,
  }
}

interface MandateRow {
  id: string
  kind: Mandate['kind']
  person_id: string | null
  for_person_id: string
  procedures: string[] | null
  case_id: string | null
  deeds: Mandate['deeds']
  first_day: string
  last_day: string | null
  state: Mandate['state']
  proof: Mandate['proof']
  proof_note: string
  number_hash: Buffer | null
  offered_to: string | null
  offer_until: Date | null
  asked_by: string
  decided_by: string | null
  decided_name: string | null
  decided_at: Date | null
  reason: string
  created_at: Date
}

function toMandate(row: MandateRow): Mandate {
  return {
    id: row.id,
    kind: row.kind,
    personId: row.person_id,
    forPersonId: row.for_person_id,
    procedures: row.procedures,
    caseId: row.case_id,
    deeds: row.deeds,
    validFrom: row.first_day,
    validTo: row.last_day,
    state: row.state,
    proof: row.proof,
    proofNote: row.proof_note,
    numberHash: row.number_hash,
    offeredTo: row.offered_to,
    offerUntil: row.offer_until,
    askedBy: row.asked_by,
    decidedBy: row.decided_by,
    decidedName: row.decided_name,
    decidedAt: row.decided_at,
    reason: row.reason,
    createdAt: row.created_at,
  }
}
