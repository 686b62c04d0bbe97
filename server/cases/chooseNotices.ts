import { refuse } from '../base/errors.ts'
import { faultsOfMobile } from './applicant.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { refuseFaults } from './formRefusal.ts'
import type { NoticeChoice } from './message.ts'
import { findPerson, updateNotices } from './store/personRows.ts'

/**
 * By which way a signed-in citizen is told of news from now on, in all their cases; messages already written go as they were meant.
 * Refusals: not-allowed (nobody's account), form-has-faults (`notices`, `phone`, `email`).
 */
export async function chooseNotices(context: Context, { notices, phone }: { notices: NoticeChoice; phone: string }): Promise<void> {
  const { actor, db } = context
  const { personId } = actor
  if (actor.kind !== 'citizen' || personId === undefined) refuse('not-allowed', 'not-allowed')
  await db.transaction(async (trx) => {
    const person = (await findPerson(trx, personId)) ?? refuse('not-found', 'not-found')
    const number = phone.trim()
    // A number that nobody is to write to may be a landline.
    const wrong = notices === 'email' ? [] : faultsOfMobile(context, number)
    refuseFaults([
      ...wrong.map((code) => ({ key: code === 'not-an-option' ? 'notices' : 'phone', code, facts: {} })),
      ...(notices !== 'sms' && !person.email ? [{ key: 'email', code: 'required' as const, facts: {} }] : []),
    ])
    await updateNotices(trx, personId, { notices, phone: number || null })
    await addAudit(trx, context, { action: 'notices.choose', subject: personId, forWhom: personId, facts: { notices } })
  })
}
