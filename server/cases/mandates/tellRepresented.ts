import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import { townWords } from '../letters/townWords.ts'
import { addToOutbox } from '../outbox.ts'
import { nameOf } from '../person.ts'
import { insertMessage } from '../store/messageRows.ts'
import { findPerson } from '../store/personRows.ts'
import { fillMail, mailWords } from '../texts/mailWords.ts'
import type { Mandate } from './mandate.ts'

/**
 * Writes to whoever is acted for, where the town has their address: a mandate made on a false paper is noticed by nobody sooner.
 * Call `wakeOutbox` after the commit.
 */
export async function tellRepresented(trx: Transaction, { clock, publicUrl, tenant }: Context, mandate: Mandate): Promise<void> {
  const represented = await findPerson(trx, mandate.forPersonId)
  const who = mandate.personId ? await findPerson(trx, mandate.personId) : undefined
  if (!represented?.email || !who) return
  const { language } = represented
  const town = townWords(tenant, language)
  const { subject, body } = fillMail(mailWords(language), 'mandate-given', {
    who: nameOf(who),
    town: town.name,
    unit: town.unitName(tenant.units[0]!.id),
    phone: tenant.contact.phone,
    link: `${publicUrl}/${tenant.id}/mandates`,
  })
  const message = { id: uuidv7(), caseId: null, channel: 'email' as const, kind: 'mandate-given' as const, address: represented.email, language }
  const given = { onlyOnce: `mandate-given ${mandate.id}`, createdAt: new Date(clock.now()) }
  await insertMessage(trx, { ...message, subject, body, ...given })
  await addToOutbox(trx, { kind: 'send-message', messageId: message.id }, clock.now())
}
