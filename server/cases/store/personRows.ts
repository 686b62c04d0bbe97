import type { Transaction } from '../../db/transaction.ts'
import type { Person } from '../person.ts'
import { ours } from './ours.ts'

export interface NewPerson extends Omit<Person, 'notices'> {
  notices?: Person['notices']
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
    born_on: person.bornOn,
    identifier_hash: person.identifierHash,
    identifier_mask: person.numberMask || null,
    email: person.email,
    phone: person.phone,
    address: person.address === null ? null : JSON.stringify(person.address),
    language: person.language,
    ...(person.notices && { notices: person.notices }),
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
  contact: Pick<Person, 'email' | 'phone' | 'address' | 'language'> & { notices?: Person['notices'] },
): Promise<void> {
  await trx('people')
    .where({ id })
    .update({
      ...(contact.email !== null && { email: contact.email }),
      ...(contact.phone !== null && { phone: contact.phone }),
      ...(contact.address !== null && { address: JSON.stringify(contact.address) }),
      language: contact.language,
      ...(contact.notices && { notices: contact.notices }),
    })
}

/** How the person is told of news from now on; a telephone that is null stays as it was. */
export async function updateNotices(trx: Transaction, id: string, { notices, phone }: Pick<Person, 'notices' | 'phone'>): Promise<void> {
  await trx('people').where({ id }).update({ notices, ...(phone !== null && { phone }) })
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

/** The people with these ids who were not merged into others, in the given order. */
export async function livingPeople(trx: Transaction, ids: readonly string[]): Promise<Person[]> {
  const rows: PersonRow[] = await trx('people').whereIn('id', [...ids]).whereNull('merged_into')
  const people = new Map(rows.map((row) => [row.id, toPerson(row)]))
  return ids.flatMap((id) => people.get(id) ?? [])
}

/** Whose proven number this is. */
export async function personOfNumber(trx: Transaction, identifierHash: Buffer): Promise<Person | undefined> {
  const row: PersonRow | undefined = await trx('people').where({ identifier_hash: identifierHash }).first()
  return row && toPerson(row)
}

/**
 * The row that stands for this person now, held so that nobody merges it away until the transaction ends: what is written next must
 * not point to a row that leads elsewhere.
 */
export async function standingPerson(trx: Transaction, id: string): Promise<string> {
  const row: { merged_into: string | null } | undefined = await trx('people').where({ id }).forKeyShare().first('merged_into')
  return row?.merged_into ? standingPerson(trx, row.merged_into) : id
}

/** Ids of those born on a day, `yyyy-mm-dd`, by name. */
export async function peopleBornOn(trx: Transaction, day: string, most: number): Promise<string[]> {
  const rows: { id: string }[] = await trx('people')
    .where({ born_on: day }).whereNull('merged_into').orderBy(['search_key', 'id']).limit(most).select('id')
  return rows.map(({ id }) => id)
}

/** A row as lists and merges look at it. */
export interface StoredPerson {
  person: Person
  isProven: boolean
  mergedInto: string | null
  createdAt: Date
}

export async function storedPeople(trx: Transaction, ids: readonly string[]): Promise<Map<string, StoredPerson>> {
  const rows: PersonRow[] = await trx('people').whereIn('id', [...ids])
  return new Map(rows.map((row) => [row.id, toStored(row)]))
}

/** As {@link storedPeople}; until the transaction ends nobody else changes them or makes anything that points to them. */
export async function lockPeople(trx: Transaction, ids: readonly string[]): Promise<Map<string, StoredPerson>> {
  // In one order, so that two merges of the same rows wait for each other instead of locking each other out.
  const rows: PersonRow[] = await trx('people').whereIn('id', [...ids]).orderBy('id').forUpdate()
  return new Map(rows.map((row) => [row.id, toStored(row)]))
}

function toStored(row: PersonRow): StoredPerson {
  return { person: toPerson(row), isProven: row.identifier_hash !== null, mergedInto: row.merged_into, createdAt: row.created_at }
}

interface PersonRow {
  id: string
  kind: Person['kind']
  given_name: string
  family_name: string
  born_on: string | null
  identifier_hash: Buffer | null
  identifier_mask: string | null
  merged_into: string | null
  created_at: Date
  email: string | null
  phone: string | null
  /** One line, or parts as a register gives them. */
  address: string | Record<string, string> | null
  language: string
  notices: Person['notices']
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    kind: row.kind,
    givenName: row.given_name,
    familyName: row.family_name,
    bornOn: row.born_on,
    numberMask: row.identifier_mask ?? '',
    email: row.email,
    phone: row.phone,
    address: typeof row.address === 'object' && row.address !== null ? Object.values(row.address).join(', ') : row.address,
    language: row.language,
    notices: row.notices,
  }
}
