/** A citizen's account in one town: made at the first login, tied to one person row. Towns know nothing of each other. */
import type { Knex } from 'knex'
import { v7 as uuidv7 } from 'uuid'
import { checkPersonalNumber, maskNumber } from '../rules/identifiers/index.ts'
import { searchKey } from '../rules/searchKey.ts'
import type { Claims } from './claims.ts'
import type { TenantDoor } from './tenantDoor.ts'

export interface Account {
  accountId: string
  personId: string
}

/** What the town knows of a signed-in citizen. */
export interface KnownContact {
  givenName: string
  familyName: string
  email: string
  phone: string
  address: string
  personalNumberMask: string
  /** When somebody of the town hall last saw them with a document; null: never. */
  identityConfirmedAt: Date | null
}

/**
 * The account behind a login; at the first one it is made. A person whose proven number the town has already is the
 * same person; name, e-mail, phone and address follow what Keycloak says.
 */
export async function accountOf(door: TenantDoor, claims: Claims, language: string): Promise<Account> {
  return door.db.transaction(async (trx) => {
    // Two tabs may sign in at once: the second waits here and finds the account made.
    await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`account ${door.tenant.id} ${claims.sub}`])
    const kept = await findAccount(trx, claims.sub)
    if (kept) {
      await updateContact(trx, kept.personId, claims)
      return kept
    }
    const personId = await makePerson(trx, door, claims, language)
    const accountId = uuidv7()
    await trx('accounts').insert({
      tenant_id: trx.raw('current_tenant()'),
      id: accountId,
      subject: claims.sub,
      person_id: personId,
      created_at: new Date(door.clock.now()),
    })
    return { accountId, personId }
  })
}

/** What is known of the person behind an account; undefined when there is no such person. */
export async function knownContact(door: TenantDoor, personId: string): Promise<KnownContact | undefined> {
  const [row, check] = await door.db.transaction(async (trx): Promise<[PersonRow | undefined, { checked_at: Date } | undefined]> => [
    await trx('people').where({ id: personId }).first(),
    await trx('identity_checks').where({ person_id: personId }).orderBy('checked_at', 'desc').first('checked_at'),
  ])
  return row && {
    givenName: row.given_name,
    familyName: row.family_name,
    email: row.email ?? '',
    phone: row.phone ?? '',
    address: typeof row.address === 'object' && row.address !== null ? Object.values(row.address).join(', ') : (row.address ?? ''),
    personalNumberMask: row.identifier_mask ?? '',
    identityConfirmedAt: check?.checked_at ?? null,
  }
}

interface PersonRow {
  given_name: string
  family_name: string
  email: string | null
  phone: string | null
  /** One line, or parts as a register gives them. */
  address: string | Record<string, string> | null
  identifier_mask: string | null
}

async function findAccount(trx: Knex.Transaction, subject: string): Promise<Account | undefined> {
  const row: { id: string; person_id: string } | undefined = await trx('accounts').where({ subject }).first('id', 'person_id')
  return row && { accountId: row.id, personId: row.person_id }
}

async function makePerson(trx: Knex.Transaction, door: TenantDoor, claims: Claims, language: string): Promise<string> {
  const number = numberIn(claims, door)
  const check = checkPersonalNumber(door.tenant.country, number)
  const written: { id: string }[] = await trx('people')
    .insert({
      tenant_id: trx.raw('current_tenant()'),
      id: uuidv7(),
      kind: 'person',
      identifier_hash: number ? door.keys.identifierHash(door.tenant.id, number) : null,
      identifier_mask: number ? maskNumber(number) : null,
      born_on: (check.ok && check.birthDate) || null,
      language,
      created_at: new Date(door.clock.now()),
      given_name: claims.given_name,
      family_name: claims.family_name || claims.preferred_username,
      email: claims.email || null,
      phone: claims.phone_number || null,
      address: claims.address.formatted ? JSON.stringify(claims.address.formatted) : null,
      search_key: searchKey(`${claims.family_name} ${claims.given_name}`),
    })
    .onConflict(trx.raw('(tenant_id, identifier_hash) WHERE identifier_hash IS NOT NULL'))
    // Someone the town knows already, from the counter or another account. Touching the row answers its id.
    .merge(['identifier_hash'])
    .returning('id')
  const personId = written[0]!.id
  await updateContact(trx, personId, claims)
  return personId
}

/** The number that an authority has proved, digits only; empty: none. */
function numberIn({ personal_number, personal_number_sealed }: Claims, { keys }: TenantDoor): string {
  const number = personal_number || (personal_number_sealed && keys.open(Buffer.from(personal_number_sealed, 'base64url')))
  return number.replace(/[\s-]/g, '')
}

/** What Keycloak leaves empty stays as the town knows it. */
async function updateContact(trx: Knex.Transaction, personId: string, claims: Claims): Promise<void> {
  const { given_name, family_name } = claims
  const columns = {
    ...(family_name && { given_name, family_name, search_key: searchKey(`${family_name} ${given_name}`) }),
    ...(claims.email && { email: claims.email }),
    ...(claims.phone_number && { phone: claims.phone_number }),
    ...(claims.address.formatted && { address: JSON.stringify(claims.address.formatted) }),
  }
  if (Object.keys(columns).length > 0) await trx('people').where({ id: personId }).update(columns)
}
