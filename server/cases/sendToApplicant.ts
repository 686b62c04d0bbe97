import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { dueOn } from './deadlines/deadline.ts'
import { longDate } from './letters/letterWords.ts'
import { townWords } from './letters/townWords.ts'
import type { MessageKind } from './message.ts'
import { addToOutbox } from './outbox.ts'
import { findCase } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { insertMessage } from './store/messageRows.ts'
import { findPerson } from './store/personRows.ts'
import { fillMail, mailWords } from './texts/mailWords.ts'
import { addTimeline } from './timeline.ts'
import { titleOf } from './words.ts'

/**
 * Writes to the applicant by e-mail in the case's language; the outbox sends it. Nobody is written to twice for the same
 * `onlyOnce` (a job's key), and nobody who has left no address.
 */
export async function sendToApplicant(
  context: Context,
  caseId: string,
  kind: MessageKind,
  { onlyOnce }: { onlyOnce: string },
): Promise<void> {
  const { clock, db } = context
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) refuse('not-found', 'not-found')
  const gaps = await gapsOf(context, case_)
  const written = await db.transaction(async (trx) => {
    const applicant = case_.applicantId ? await findPerson(trx, case_.applicantId) : undefined
    if (!applicant?.email) return false
    const { subject, body } = fillMail(mailWords(case_.language), kind, gaps)
    const message = {
      id: uuidv7(),
      caseId,
      channel: 'email' as const,
      kind,
      address: applicant.email,
      language: case_.language,
      subject,
      body,
      status: 'waiting' as const,
      attempts: 0,
    }
    if (!(await insertMessage(trx, message, { onlyOnce: `${kind} ${onlyOnce}`, createdAt: new Date(clock.now()) }))) return false
    await addToOutbox(trx, { kind: 'send-message', messageId: message.id }, clock.now())
    if (kind === 'receipt') {
      await addTimeline(trx, {
        caseId,
        atMs: clock.now(),
        kind: 'receipt-sent',
        facts: { channel: 'email' },
        onlyOnce: `receipt-sent ${onlyOnce}`,
      })
    }
    return true
  })
  if (written) context.wakeOutbox()
}

/** What a mail about a case may name. */
export async function gapsOf({ db, packages, publicUrl, tenant }: Context, case_: Case): Promise<Record<string, string>> {
  const { language } = case_
  const deadline = (await db.transaction((trx) => deadlinesOf(trx, [case_.id]))).get(case_.id)
  const pack = await packages.version(case_.procedure, case_.packageVersion)
  const town = townWords(tenant, language)
  const inWords = (iso: string): string => longDate(iso, { locale: language, timeZone: tenant.timeZone })
  return {
    number: case_.number,
    title: titleOf(pack, language, tenant.country),
    town: town.name,
    unit: town.unitName(case_.unitId),
    phone: tenant.contact.phone,
    filedOn: inWords(case_.filedAt.toISOString()),
    dueOn: deadline ? inWords(dueOn(deadline, tenant)) : '',
    link: case_.accountId ? `${publicUrl}/${tenant.id}/requests/${case_.id}` : `${publicUrl}/${tenant.id}/status`,
  }
}
