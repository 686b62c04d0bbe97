import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import { localDay } from '../rules/countDays.ts'
import { smsParts } from '../rules/sms/smsParts.ts'
import type { Case } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { dueOn } from './deadlines/deadline.ts'
import { longDate, shortDate } from './letters/letterWords.ts'
import { townWords } from './letters/townWords.ts'
import { standingOf } from './mandates/mandate.ts'
import { readRepresentative } from './mandates/useMandate.ts'
import type { MessageChannel, NewsKind } from './message.ts'
import { noticeAddresses } from './noticeAddresses.ts'
import { addToOutbox } from './outbox.ts'
import type { Person } from './person.ts'
import { findCase } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { countTextsTo, insertMessage } from './store/messageRows.ts'
import { findPerson } from './store/personRows.ts'
import { fillMail, fillSms, mailWords } from './texts/mailWords.ts'
import { addTimeline } from './timeline.ts'
import { titleOf } from './words.ts'

/**
 * Writes to the applicant in the case's language, by the ways they have; the outbox sends it. Nobody is written to twice by one way
 * for the same `onlyOnce` (a job's key), and nobody who has left no address.
 */
export async function sendToApplicant(
  context: Context,
  caseId: string,
  kind: 'receipt' | 'act' | 'notice',
  { onlyOnce }: { onlyOnce: string },
): Promise<void> {
  const { clock, db, packages } = context
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) refuse('not-found', 'not-found')
  // Before the transaction: an old package may have to be read, and a connection that waits for another one can wait forever.
  const pack = await packages.version(case_.procedure, case_.packageVersion)
  // Who waits for an account has the letter that opens it; more would go to an address that nobody has proven yet.
  if (kind === 'notice' && pack.procedure.account) return
  const ways = await db.transaction(async (trx) => {
    const ways = await writeToApplicant(trx, context, { case: case_, package: pack, kind, onlyOnce })
    if (kind === 'receipt' && ways.length > 0) {
      // One line however many ways it went: each way stands among the messages.
      const facts = { channel: ways[0]! }
      await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'receipt-sent', facts, onlyOnce: `receipt-sent ${onlyOnce}` })
    }
    return ways
  })
  if (ways.length > 0) context.wakeOutbox()
}

/** What the town writes of its own accord, as part of a deed. */
export interface Writing {
  case: Case
  package: ShelvedPackage
  kind: NewsKind
  /** What it says besides what is known of the case. */
  gaps?: Record<string, string>
  /** The same text twice is sent once. */
  onlyOnce?: string
}

/**
 * As {@link sendToApplicant}, within the verb's own transaction: what was done and that it is told are one. Answers the ways it will
 * go. Call `context.wakeOutbox()` after the commit.
 */
export async function writeToApplicant(trx: Transaction, context: Context, writing: Writing): Promise<MessageChannel[]> {
  const { clock } = context
  const { case: case_, kind } = writing
  const whom = await whomToWrite(trx, context, case_, kind)
  const ways = whom ? noticeAddresses(context, whom, kind) : []
  if (ways.length === 0) return []
  const gaps = { ...(await gapsOf(trx, context, case_, writing.package)), ...writing.gaps }
  const written: MessageChannel[] = []
  for (const { channel, address } of ways) {
    const id = uuidv7()
    const message = {
      id, caseId: case_.id, channel, kind, address, language: case_.language, ...wordsOf(context, case_, kind, channel, gaps),
      onlyOnce: `${kind} ${onlyOncePrefix[channel]}${writing.onlyOnce ?? id}`, createdAt: new Date(clock.now()),
    }
    const failure = channel === 'sms' && (await hasEnough(trx, address, clock.now())) ? 'too-many' as const : undefined
    if (!(await insertMessage(trx, { ...message, ...(failure && { failure }) })) || failure) continue
    written.push(channel)
    await addToOutbox(trx, { kind: channel === 'sms' ? 'send-sms' : 'send-message', messageId: id }, clock.now())
  }
  return written
}

/**
 * Whom to write to. Whose mandate lets them receive is written to in the applicant's stead, and so is who filed under one with the
 * receipt of it; when it ends, the next news goes to the applicant.
 */
async function whomToWrite(trx: Transaction, context: Context, case_: Case, kind: NewsKind): Promise<Person | undefined> {
  const representative = case_.mandateId === null ? null : await readRepresentative(trx, case_)
  const mandate = representative?.mandate
  const holds = mandate && standingOf(mandate, localDay(context.clock.now(), context.tenant.timeZone)) === 'in-force'
  const receives = holds && (kind === 'receipt' || mandate.deeds.includes('receive'))
  if (receives && (representative.person.email || representative.person.phone)) return representative.person
  return case_.applicantId ? findPerson(trx, case_.applicantId) : undefined
}

// Who files for a whole street gets all of it; whoever types a stranger's number into our forms does not flood them.
const mostTextsADay = 20

async function hasEnough(trx: Transaction, number: string, nowMs: number): Promise<boolean> {
  return (await countTextsTo(trx, number, new Date(nowMs - 24 * 3_600_000))) >= mostTextsADay
}

const onlyOncePrefix: Readonly<Record<MessageChannel, string>> = { email: '', sms: 'sms ' }

function wordsOf(
  { tenant }: Context, { language }: Case, kind: NewsKind, channel: MessageChannel, gaps: Record<string, string>,
): { subject: string; body: string; parts?: number } {
  const words = mailWords(language)
  if (channel === 'email') return fillMail(words, kind, gaps)
  const body = fillSms(words, kind, gaps, { language, letters: tenant.smsLetters })
  return { subject: '', body, parts: smsParts(body).parts }
}

/** What a message about a case may name. */
export async function gapsOf(
  trx: Transaction, { publicUrl, tenant }: Context, case_: Case, pack: ShelvedPackage,
): Promise<Record<string, string>> {
  const { language } = case_
  const deadline = (await deadlinesOf(trx, [case_.id])).get(case_.id)
  const town = townWords(tenant, language)
  const where = { locale: language, timeZone: tenant.timeZone }
  const due = deadline && dueOn(deadline, tenant)
  return {
    number: case_.number,
    title: titleOf(pack, language, tenant.country),
    town: town.name,
    unit: town.unitName(case_.unitId),
    phone: tenant.contact.phone,
    filedOn: longDate(case_.filedAt.toISOString(), where),
    dueOn: due ? longDate(due, where) : '',
    due: due ? shortDate(due, where) : '',
    link: case_.accountId ? `${publicUrl}/${tenant.id}/requests/${case_.id}` : `${publicUrl}/${tenant.id}/status`,
    // Short, for a telephone. The number alone opens nothing: the page asks for the code, or for the account.
    shortLink: `${publicUrl}/${tenant.id}/status?n=${encodeURIComponent(case_.number).replaceAll('%2F', '/')}`,
  }
}
