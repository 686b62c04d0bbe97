import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Case } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { dueOn } from './deadlines/deadline.ts'
import { longDate } from './letters/letterWords.ts'
import { townWords } from './letters/townWords.ts'
import type { Message, MessageKind } from './message.ts'
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
  const { clock, db, packages } = context
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) refuse('not-found', 'not-found')
  // Before the transaction: an old package may have to be read, and a connection that waits for another one can wait forever.
  const pack = await packages.version(case_.procedure, case_.packageVersion)
  const written = await db.transaction(async (trx) => {
    if (!(await writeToApplicant(trx, context, { case: case_, package: pack, kind, onlyOnce }))) return false
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

/** A mail of the town's own accord, as part of a deed. */
export interface Writing {
  case: Case
  package: ShelvedPackage
  kind: MessageKind
  /** What the mail says besides what is known of the case. */
  gaps?: Record<string, string>
  /** The same text twice is sent once. */
  onlyOnce?: string
}

/**
 * As {@link sendToApplicant}, within the verb's own transaction: what was done and that it is told are one. Answers whether
 * anything was written. Call `context.wakeOutbox()` after the commit.
 */
export async function writeToApplicant(
  trx: Transaction, context: Context, { case: case_, package: pack, kind, gaps, onlyOnce }: Writing,
): Promise<boolean> {
  const { clock } = context
  const applicant = case_.applicantId ? await findPerson(trx, case_.applicantId) : undefined
  if (!applicant?.email) return false
  const { subject, body } = fillMail(mailWords(case_.language), kind, { ...(await gapsOf(trx, context, case_, pack)), ...gaps })
  const id = uuidv7()
  const message: Message = {
    id, caseId: case_.id, channel: 'email', kind, address: applicant.email, language: case_.language, subject, body, status: 'waiting', attempts: 0,
  }
  const isNew = await insertMessage(trx, message, { onlyOnce: `${kind} ${onlyOnce ?? id}`, createdAt: new Date(clock.now()) })
  if (isNew) await addToOutbox(trx, { kind: 'send-message', messageId: id }, clock.now())
  return isNew
}

async function gapsOf(
  trx: Transaction, { publicUrl, tenant }: Context, case_: Case, pack: ShelvedPackage,
): Promise<Record<string, string>> {
  const { language } = case_
  const deadline = (await deadlinesOf(trx, [case_.id])).get(case_.id)
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
