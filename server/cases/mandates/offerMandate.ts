import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { isEmail } from '../../rules/isEmail.ts'
import type { Transaction } from '../../db/transaction.ts'
import { crockford, type Keys } from '../../identity/keys.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { refuseFaults } from '../formRefusal.ts'
import { longDate } from '../letters/letterWords.ts'
import { townWords } from '../letters/townWords.ts'
import { addToOutbox } from '../outbox.ts'
import { nameOf } from '../person.ts'
import { countOffers, insertMandate } from '../store/mandateRows.ts'
import { insertMessage } from '../store/messageRows.ts'
import { findPerson } from '../store/personRows.ts'
import { fillMail, mailWords } from '../texts/mailWords.ts'
import type { Mandate } from './mandate.ts'
import { caseOfNumber } from './onlyCase.ts'
import { ownPerson } from './people.ts'
import { checkTerms, fault, keptTerms, type TermsGiven } from './terms.ts'

export interface MandateOffered extends TermsGiven {
  /** To whom the invitation goes. */
  email: string
  /** One request of theirs and no other; empty: as `procedures` says. */
  caseNumber: string
  /** Of the invitation: one of the six languages. */
  language: string
}

// Two weeks to open a mail, as for a draft that waits for its paper.
const openMs = 14 * 24 * 3_600_000
// More than anybody has helpers; fewer than whoever sends mails to strangers would like.
const mostOpen = 10

/**
 * A person lets another act for them, as proxy or as helper: the other gets an invitation by mail and takes it signed in. Whether
 * they have an account here is not told. Refusals: not-signed-in, form-has-faults, too-many-offers, mandate-other-scope.
 */
export async function offerMandate(context: Context, given: MandateOffered): Promise<Mandate> {
  const { actor, clock, db, wakeOutbox } = context
  const forPersonId = ownPerson(actor)
  refuseFaults([
    ...(given.kind === 'proxy' || given.kind === 'helper' ? [] : [fault('kind', 'not-an-option')]),
    ...(isEmail(given.email) ? [] : [fault('email', 'not-an-email')]),
    ...checkTerms(context, given),
  ])
  const mandate = await db.transaction(async (trx) => {
    const at = new Date(clock.now())
    const owner = await findPerson(trx, forPersonId)
    if (!owner) throw new Error(`Expected person ${forPersonId} behind an account, but found none`)
    if ((await countOffers(trx, forPersonId, at)) >= mostOpen) refuse('wrong-state', 'too-many-offers', { most: mostOpen })
    const caseId = given.caseNumber ? await caseOfNumber(trx, given.caseNumber, forPersonId) : null
    const mandate: Mandate = {
      ...keptTerms(context, { ...given, procedures: caseId ? null : given.procedures }),
      id: uuidv7(),
      personId: null,
      forPersonId,
      caseId,
      state: 'offered',
      proof: null,
      proofNote: '',
      numberHash: null,
      offeredTo: given.email,
      offerUntil: new Date(clock.now() + openMs),
      askedBy: actor.id,
      decidedBy: null,
      decidedName: null,
      decidedAt: null,
      reason: '',
      createdAt: at,
    }
    await insertMandate(trx, mandate)
    await invite(trx, context, mandate, { language: given.language, from: nameOf(owner) })
    await addAudit(trx, context, { action: 'mandate.offer', subject: mandate.id, forWhom: forPersonId, facts: { kind: mandate.kind } })
    return mandate
  })
  wakeOutbox()
  return mandate
}

/** What the invitation's link carries. Computed, so that it is kept nowhere; 75 bits. */
export function offerCode(keys: Keys, tenantId: string, mandateId: string): string {
  return crockford(Buffer.from(keys.sign(`mandate offer\0${tenantId}\0${mandateId}`), 'base64url').subarray(0, 15))
}

async function invite(
  trx: Transaction, { clock, publicUrl, tenant }: Context, mandate: Mandate,
  { language, from }: { language: string; from: string },
): Promise<void> {
  const town = townWords(tenant, language)
  const { subject, body } = fillMail(mailWords(language), 'mandate-offer', {
    from,
    town: town.name,
    unit: town.unitName(tenant.units[0]!.id),
    phone: tenant.contact.phone,
    until: longDate(mandate.offerUntil!.toISOString(), { locale: language, timeZone: tenant.timeZone }),
    link: `${publicUrl}/${tenant.id}/mandates?offer=${mandate.id}`,
  })
  // The message has the offer's id: from it the code is computed when the mail leaves.
  const message = { id: mandate.id, caseId: null, channel: 'email' as const, kind: 'mandate-offer' as const, address: mandate.offeredTo!, language }
  const given = { onlyOnce: `mandate-offer ${mandate.id}`, createdAt: mandate.createdAt }
  await insertMessage(trx, { ...message, subject, body, ...given })
  await addToOutbox(trx, { kind: 'send-message', messageId: message.id }, clock.now())
}
