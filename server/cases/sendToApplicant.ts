import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import { localDay } from '../rules/countDays.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { dueOn } from './deadlines/deadline.ts'
import { longDate } from './letters/letterWords.ts'
import { townWords } from './letters/townWords.ts'
import { standingOf } from './mandates/mandate.ts'
import { readRepresentative } from './mandates/useMandate.ts'
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
    const address = await addressOf(trx, context, case_, kind)
    if (!address) return false
    const { subject, body } = fillMail(mailWords(case_.language), kind, gaps)
    const message = {
      id: uuidv7(),
      caseId,
      channel: 'email' as const,
      kind,
      address,
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

/**
 * Whom to write to. Whose mandate lets them receive is written to in the applicant's stead, and so is who filed under one with the
 * receipt of it; when it ends, the next mail goes to the applicant.
 */
async function addressOf(trx: Transaction, context: Context, case_: Case, kind: MessageKind): Promise<string | null> {
  const representative = case_.mandateId === null ? null : await readRepresentative(trx, case_)
  const holds = representative?.mandate && standingOf(representative.mandate, localDay(context.clock.now(), context.tenant.timeZone)) === 'in-force'
  if (holds && (kind === 'receipt' || representative.mandate!.deeds.includes('receive')) && representative.person.email) {
    return representative.person.email
  }
  const applicant = case_.applicantId ? await findPerson(trx, case_.applicantId) : undefined
  return applicant?.email ?? null
}

async function gapsOf({ db, packages, publicUrl, tenant }: Context, case_: Case): Promise<Record<string, string>> {
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
