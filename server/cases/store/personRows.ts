import type { Transaction } from '../../db/transaction.ts'
import type { Person } from '../person.ts'
import { ours } from './ours.ts'

export interface NewPerson extends Person {
  /** Keyed hash; only of a number that is proven to be this person's. */
  identifierHash: Buffer | null
  searchKey: string
  createdAt: Date
}

/** Writes a person; when the number is known already, answers the person who has it instead. */
export async function insertPerson(trx: Transaction, person: NewPerson): Promise<string> {
  const row = {
    tenant_id: ours(trx),
    id: person.id,
    kind: person.kind,
    given_name: person.givenName,
    family_name: person.familyName,
    identifier_hash: person.identifierHash,
    identifier_mask: person.numberMask || null,
    email: person.email,
    phone: person.phone,
    address: person.address === null ? null : JSON.stringify(person.address),
    language: person.language,
    search_key: person.searchKey,
    created_at: person.createdAt,
  }
  const written: { id: string }[] = await trx('people')
    .insert(row)
    .onConflict(trx.raw('(tenant_id, identifier_hash) WHERE identifier_hash IS NOT NULL'))
    // Touching the row answers its id also when it was there.
    .merge(['language'])
    .returning('id')
  return written[0]!.id
}

/** Writes what a person has told anew; what is null stays as it was. */
export async function updateContact(
  trx: Transaction,
  id: string,
  contact: Pick<Person, 'email' | 'phone' | 'address' | 'language'>,
): Promise<void> {
  await trx('people')
    .where({ id })
    .update({
      ...(contact.email !== null && { email: contact.email }),
      ...(contact.phone !== null && { phone: contact.phone }),
      ...(contact.address !== null && { address: JSON.stringify(contact.address) }),
      language: contact.language,
    })
}

/** The keyed hash of a person's number, hex; null where no number is proven to be theirs. */
export async function identifierHashOf(trx: Transaction, id: string): Promise<string | null> {
  const row: { identifier_hash: Buffer | null } | undefined = await trx('people').where({ id }).first('identifier_hash')
  return row?.identifier_hash?.toString('hex') ?? null
}

/** Lets one decide at a time whose number it is, until the transaction ends: the second finds the first's person. */
export async function lockNumber(trx: Transaction, identifierHash: Buffer): Promise<void> {
  await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('number ' || current_tenant() || ?, 0))`, [identifierHash.toString('hex')])
}

/** The person whose number is proven to be this one. */
export async function findPersonByNumber(trx: Transaction, identifierHash: Buffer): Promise<string | undefined> {
  const row: { id: string } | undefined = await trx('people').where({ identifier_hash: identifierHash }).first('id')
  return row?.id
}

/** From now on the number is known to be this person's. */
export async function proveNumber(trx: Transaction, id: string, identifierHash: Buffer): Promise<void> {
  await trx('people').where({ id }).update({ identifier_hash: identifierHash })
}

/** Where a person can be written to, told by who acts for them: kept where the town knows of none, never over what it knows. */
export async function fillAddress(trx: Transaction, id: string, address: string): Promise<void> {
  await trx('people').where({ id, address: null }).update({ address: JSON.stringify(address) })
}

export async function findPerson(trx: Transaction, id: string): Promise<Person | undefined> {
  const row: PersonRow | undefined = await trx('people').where({ id }).first()
  return row && toPerson(row)
}

/** The people with these ids. */
export async function peopleOf(trx: Transaction, ids: readonly string[]): Promise<Map<string, Person>> {
  const rows: PersonRow[] = await trx('people').whereIn('id', [...ids])
  return new Map(rows.map((row) => [row.id, toPerson(row)]))
}

interface PersonRow {
  id: string
  kind: Person['kind']
  given_name: string
  family_name: string
  identifier_mask: string | null
  email: string | null
  phone: string | null
  /** One line, or parts as a register gives them. */
  address: string | Record<string, string> | null
  language: string
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    kind: row.kind,
    givenName: row.given_name,
    familyName: row.family_name,
    numberMask: row.identifier_mask ?? '',
    email: row.email,
    phone: row.phone,
    address: typeof row.address === 'object' && row.address !== null ? Object.values(row.address).join(', ') : row.address,
    language: row.language,
  }
}
