import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { isSame, normalizeCode } from '../../identity/keys.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { lockMandate, saveMandate } from '../store/mandateRows.ts'
import type { Mandate } from './mandate.ts'
import { offerCode } from './offerMandate.ts'
import { ownPerson } from './people.ts'

/**
 * Takes an offer, signed in: who holds the link has read the mailbox it was sent to, and the giver reads the name of who took it.
 * Refusals: not-signed-in, mandate-offer-over (taken, withdrawn, too late, or not this code), mandate-for-oneself.
 */
export async function acceptOffer(context: Context, mandateId: string, code: string): Promise<Mandate> {
  const { actor, clock, db } = context
  const personId = ownPerson(actor)
  return db.transaction(async (trx) => {
    const mandate = await openOffer(trx, context, mandateId, code)
    if (mandate.forPersonId === personId) refuse('invalid', 'mandate-for-oneself')
    const taken: Mandate = {
      ...mandate, personId, state: 'confirmed', proof: 'own-word', decidedBy: actor.id, decidedName: actor.name, decidedAt: new Date(clock.now()),
    }
    await saveMandate(trx, taken)
    await addAudit(trx, context, { action: 'mandate.accept', subject: mandate.id, forWhom: mandate.forPersonId })
    return taken
  })
}

/** What an offer would let one do, for whoever has its link and has signed in. Refusals: not-signed-in, mandate-offer-over. */
export async function readOffer(context: Context, mandateId: string, code: string): Promise<Mandate> {
  ownPerson(context.actor)
  return context.db.transaction((trx) => openOffer(trx, context, mandateId, code))
}

async function openOffer(trx: Transaction, { clock, keys, tenant }: Context, mandateId: string, code: string): Promise<Mandate> {
  const mandate = await lockMandate(trx, mandateId)
  const fits = isSame(Buffer.from(normalizeCode(code)), Buffer.from(offerCode(keys, tenant.id, mandateId)))
  const isOpen = mandate?.state === 'offered' && mandate.offerUntil !== null && mandate.offerUntil.getTime() > clock.now()
  if (!mandate || !fits || !isOpen) refuse('wrong-state', 'mandate-offer-over')
  return mandate
}
