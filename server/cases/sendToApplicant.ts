import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import { smsParts } from '../rules/sms/smsParts.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { dueOn } from './deadlines/deadline.ts'
import { longDate, shortDate } from './letters/letterWords.ts'
import { townWords } from './letters/townWords.ts'
import type { MessageChannel, MessageKind } from './message.ts'
import { noticeAddresses } from './noticeAddresses.ts'
import { addToOutbox } from './outbox.ts'
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
  kind: MessageKind,
  { onlyOnce }: { onlyOnce: string },
): Promise<void> {
  const { clock, db } = context
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) refuse('not-found', 'not-found')
  const gaps = await gapsOf(context, case_)
  const written = await db.transaction(async (trx) => {
    const applicant = case_.applicantId ? await findPerson(trx, case_.applicantId) : undefined
    const ways = applicant ? noticeAddresses(context, applicant, kind) : []
    let written = 0
    for (const { channel, address } of ways) {
      const id = uuidv7()
      const once = `${onlyOncePrefix[channel]}${onlyOnce}`
      const message = {
        id, caseId, channel, kind, address, language: case_.language, ...wordsOf(context, case_, kind, channel, gaps),
        onlyOnce: `${kind} ${once}`, createdAt: new Date(clock.now()),
      }
      const failure = channel === 'sms' && (await hasEnough(trx, address, clock.now())) ? 'too-many' as const : undefined
      if (!(await insertMessage(trx, { ...message, ...(failure && { failure }) })) || failure) continue
      written++
      await addToOutbox(trx, { kind: channel === 'sms' ? 'send-sms' : 'send-message', messageId: id }, clock.now())
    }
    if (kind === 'receipt' && written > 0) {
      // One line however many ways it went: each way stands among the messages.
      const facts = { channel: ways[0]!.channel }
      await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'receipt-sent', facts, onlyOnce: `receipt-sent ${onlyOnce}` })
    }
    return written
  })
  if (written > 0) context.wakeOutbox()
}

// Who files for a whole street gets all of it; whoever types a stranger's number into our forms does not flood them.
const mostTextsADay = 20

async function hasEnough(trx: Transaction, number: string, nowMs: number): Promise<boolean> {
  return (await countTextsTo(trx, number, new Date(nowMs - 24 * 3_600_000))) >= mostTextsADay
}

const onlyOncePrefix: Readonly<Record<MessageChannel, string>> = { email: '', sms: 'sms ' }

function wordsOf(
  { tenant }: Context, { language }: Case, kind: MessageKind, channel: MessageChannel, gaps: Record<string, string>,
): { subject: string; body: string; parts?: number } {
  const words = mailWords(language)
  if (channel === 'email') return fillMail(words, kind, gaps)
  const body = fillSms(words, kind, gaps, { language, letters: tenant.smsLetters })
  return { subject: '', body, parts: smsParts(body).parts }
}

async function gapsOf({ db, packages, publicUrl, tenant }: Context, case_: Case): Promise<Record<string, string>> {
  const { language } = case_
  const deadline = (await db.transaction((trx) => deadlinesOf(trx, [case_.id]))).get(case_.id)
  const pack = await packages.version(case_.procedure, case_.packageVersion)
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
