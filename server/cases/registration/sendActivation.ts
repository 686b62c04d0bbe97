import { v7 as uuidv7 } from 'uuid'
import { sha256 } from '../../identity/keys.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import { longDate } from '../letters/letterWords.ts'
import { addToOutbox } from '../outbox.ts'
import { gapsOf } from '../sendToApplicant.ts'
import { findCase } from '../store/caseRows.ts'
import { insertMessage } from '../store/messageRows.ts'
import { lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { fillMail, mailWords } from '../texts/mailWords.ts'
import { addTimeline } from '../timeline.ts'
import { activationTokenOf, codeAsked } from './activationCode.ts'
import { linkLifeMs, waitsUntil, type Registration } from './registration.ts'

/**
 * Sends the link by which the account is opened; the link before it stops working. The same job again sends nothing. Answers until
 * when the process should wait for it, ISO 8601.
 */
export async function sendActivation(context: Context, caseId: string, jobKey: string): Promise<string> {
  const { clock, db, keys, tenant } = context
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) throw new Error(`Expected case ${caseId} but found none`)
  const gaps = await gapsOf(context, case_)
  const linkUntil = new Date(clock.now() + linkLifeMs)
  const waiting = await db.transaction(async (trx) => {
    const registration = await lockRegistration(trx, caseId)
    if (!registration) throw new Error(`Expected case ${caseId} to be a registration, but it is none`)
    if (registration.lastLetterJob === jobKey) return registration.linkUntil ?? linkUntil
    // Confirmed or cancelled meanwhile: the message that says so is on its way to the process.
    if (registration.state !== 'waiting') return linkUntil
    const letter = registration.letters + 1
    await updateRegistration(trx, caseId, {
      letters: letter, lastLetterJob: jobKey, linkUntil, tries: 0, changedAt: new Date(clock.now()),
      tokenHash: sha256(activationTokenOf(keys, tenant.id, caseId, letter)),
    })
    const message = messageOf(case_, registration, { ...gaps, until: momentInWords(context, case_, linkUntil) })
    await insertMessage(trx, message, { onlyOnce: `activation ${jobKey}`, createdAt: new Date(clock.now()) })
    await addToOutbox(trx, { kind: 'send-message', messageId: message.id }, clock.now())
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'activation-sent', onlyOnce: `activation-sent ${jobKey}` })
    return linkUntil
  })
  context.wakeOutbox()
  context.events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
  return waitsUntil(waiting).toISOString()
}

function messageOf(case_: Case, { email }: Registration, gaps: Record<string, string>) {
  const kind = codeAsked(case_) === 'slip' ? 'activation' as const : 'activation-checked' as const
  const { subject, body } = fillMail(mailWords(case_.language), kind, { ...gaps, email })
  return {
    id: uuidv7(), caseId: case_.id, channel: 'email' as const, kind, address: email, language: case_.language, subject, body,
    status: 'waiting' as const, attempts: 0,
  }
}

function momentInWords({ tenant }: Context, { language }: Case, moment: Date): string {
  const time = moment.toLocaleTimeString('en-GB', { timeZone: tenant.timeZone, hour: '2-digit', minute: '2-digit' })
  return `${longDate(moment.toISOString(), { locale: language, timeZone: tenant.timeZone })}, ${time}`
}
