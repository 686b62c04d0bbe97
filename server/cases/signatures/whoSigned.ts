import { searchKey } from '../../rules/searchKey.ts'
import type { Transaction } from '../../db/transaction.ts'
import { plainNumber } from '../applicant.ts'
import type { Context } from '../context.ts'
import type { ApplicantGiven } from '../draft.ts'
import { nameOf } from '../person.ts'
import { findMandate } from '../store/mandateRows.ts'
import { findPerson, identifierHashOf } from '../store/personRows.ts'
import type { KeptSignature, KeptSignatures, WhoSigned } from './keptSignatures.ts'

/** Who files, as far as it is known when a signature is looked at. Hashes are hex. */
export interface Filer {
  applicantHash: string | null
  applicantName: string
  /** The account's own person, who may file for another. */
  ownHash: string | null
}

/**
 * Reads who files from the session and from what they have told; `found` is the person a clerk has found. A company has no number
 * that a person's certificate could carry.
 */
export async function readFiler(
  trx: Transaction, { actor, keys, tenant }: Context, given: Partial<ApplicantGiven>, found?: string,
): Promise<Filer> {
  const own = actor.kind === 'citizen' && actor.personId ? await findPerson(trx, actor.personId) : undefined
  const ownHash = own ? await identifierHashOf(trx, own.id) : null
  if (given.mandateId) {
    const mandate = await findMandate(trx, given.mandateId)
    // Somebody else's mandate says nothing of whom this one acts for.
    const represented = mandate && mandate.personId === own?.id ? await findPerson(trx, mandate.forPersonId) : undefined
    const applicantHash = represented ? await identifierHashOf(trx, represented.id) : null
    return { applicantHash, applicantName: represented ? nameOf(represented) : '', ownHash }
  }
  const isPerson = given.kind === undefined || given.kind === 'person'
  // Signed in and filing as a person: login has said who they are, and typing does not change it.
  if (own && isPerson) return { applicantHash: ownHash, applicantName: nameOf(own), ownHash }
  const seen = found && isPerson ? await findPerson(trx, found) : undefined
  if (seen) return { applicantHash: await identifierHashOf(trx, seen.id), applicantName: nameOf(seen), ownHash }
  const number = isPerson && given.number ? plainNumber({ kind: 'person', number: given.number }) : null
  const typed = number === null ? null : keys.identifierHash(tenant.id, number).toString('hex')
  const name = isPerson ? [given.givenName, given.familyName].filter(Boolean).join(' ') : ''
  return { applicantHash: typed, applicantName: name, ownHash }
}

/** The number in the certificate decides; a name alone is only a remark (ETSI EN 319 412-1, 5.1.3; names are shared). */
export function whoSigned({ numberHash, signer }: Pick<KeptSignature, 'numberHash' | 'signer'>, filer: Filer): WhoSigned {
  if (numberHash !== null && numberHash === filer.applicantHash) return 'applicant'
  if (numberHash !== null && numberHash === filer.ownHash) return 'representative'
  if (numberHash !== null && filer.applicantHash !== null) return 'other'
  const isSameName = filer.applicantName !== '' && wordsOf(signer?.name ?? '') === wordsOf(filer.applicantName)
  return isSameName ? 'same-name' : 'unknown'
}

/** The report with whose signature each is, for this filer. */
export const withFiler = (kept: KeptSignatures, filer: Filer): KeptSignatures => ({
  ...kept, signatures: kept.signatures.map((each) => ({ ...each, who: whoSigned(each, filer) })),
})

// Given and family name stand in either order, in either script.
const wordsOf = (name: string): string => searchKey(name).split(' ').sort().join(' ')
