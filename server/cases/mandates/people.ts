import { v7 as uuidv7 } from 'uuid'
import { maskNumber } from '../../rules/identifiers/index.ts'
import { searchKey } from '../../rules/searchKey.ts'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Actor } from '../../identity/actor.ts'
import { bornOnOf, plainNumber } from '../applicant.ts'
import type { Context } from '../context.ts'
import { nameOf } from '../person.ts'
import { proveNumber } from '../store/identityRows.ts'
import { identifierHashOf, insertPerson, lockNumber, personOfNumber } from '../store/personRows.ts'
import type { PersonGiven } from './terms.ts'

/** The person behind the account that asks: only a citizen has one to act as. Refusals: not-signed-in, not-allowed (staff). */
export function ownPerson({ kind, personId }: Actor): string {
  if (kind === 'staff') refuse('not-allowed', 'not-allowed')
  return kind === 'citizen' && personId !== undefined ? personId : refuse('not-allowed', 'not-signed-in')
}

/** The keyed hash of a number as it was told. */
export function hashOf({ keys, tenant }: Context, given: Pick<PersonGiven, 'kind' | 'number'>): Buffer {
  return keys.identifierHash(tenant.id, plainNumber(given))
}

/** Writes somebody as they were claimed to be. The number proves nothing until a clerk has seen it on a paper. */
export function keepClaimed(trx: Transaction, context: Context, given: PersonGiven): Promise<string> {
  return keepPerson(trx, context, given, null)
}

/** Finds or makes the person whose number a clerk sees. */
export function keepSeen(trx: Transaction, context: Context, given: PersonGiven): Promise<string> {
  return keepPerson(trx, context, given, hashOf(context, given))
}

/**
 * A clerk has seen the number of somebody claimed: the person the town knows by it, else the claimed one, who now has it. Refuses
 * ('number-of-another') where the claimed row has become one with somebody whose own number is proven.
 */
export async function proveClaimed(
  trx: Transaction, context: Context, personId: string, given: Pick<PersonGiven, 'kind' | 'number'>,
): Promise<string> {
  const hash = hashOf(context, given)
  await lockNumber(trx, hash)
  const known = await personOfNumber(trx, hash)
  if (known) return known.id
  if ((await identifierHashOf(trx, personId)) !== null) refuse('wrong-state', 'number-of-another')
  await proveNumber(trx, personId, { hash, mask: maskNumber(given.number), bornOn: bornOnOf(context, given) })
  return personId
}

async function keepPerson(trx: Transaction, context: Context, given: PersonGiven, identifierHash: Buffer | null): Promise<string> {
  const { clock, tenant } = context
  if (identifierHash) await lockNumber(trx, identifierHash)
  const language = tenant.languages[0]!
  const name = { givenName: given.kind === 'company' ? '' : given.givenName, familyName: given.familyName }
  return insertPerson(trx, {
    ...name,
    id: uuidv7(),
    kind: given.kind,
    bornOn: identifierHash ? bornOnOf(context, given) : null,
    numberMask: maskNumber(given.number),
    identifierHash,
    email: null,
    phone: null,
    address: null,
    language,
    searchKey: searchKey(nameOf({ ...name, language })),
    createdAt: new Date(clock.now()),
  })
}
