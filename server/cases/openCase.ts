import { v7 as uuidv7 } from 'uuid'
import { createHash } from 'node:crypto'
import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import { anonymous, assuranceLevels, type AssuranceLevel } from '../identity/actor.ts'
import { localDay } from '../rules/countDays.ts'
import { checkAnswers, keptAnswers, type FormFault } from '../rules/form/index.ts'
import { neededLevel } from '../rules/neededLevel.ts'
import { searchKey } from '../rules/searchKey.ts'
import { startMessage } from '../zeebe/names.ts'
import { accessCodeOf } from './accessCode.ts'
import {
  checkApplicant, filedFor, isSeenByStaff, keepApplicant, keepRepresented, knownPerson, type WhoFiles,
} from './applicant.ts'
import { addAudit } from './audit.ts'
import type { Answers, Case } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { startDeadline } from './deadlines/startDeadline.ts'
import { termVariables } from './deadlines/lookAtTerm.ts'
import type { CaseDocument } from './document.ts'
import { feeRuleAt } from './feeRule.ts'
import { refuseFaults } from './formRefusal.ts'
import { formOf } from './forms.ts'
import type { MandateDeed } from './mandates/mandate.ts'
import { isMandateOver, useMandate } from './mandates/useMandate.ts'
import { isMyDraft, may } from './may.ts'
import { addToOutbox } from './outbox.ts'
import { nameOf, type Person } from './person.ts'
import { nextNumber } from './register/nextNumber.ts'
import { beginRegistration } from './registration/beginRegistration.ts'
import { checkRegistration } from './registration/checkRegistration.ts'
import { requestVariables } from './requestVariables.ts'
import { findCaseByClientKey, insertCase, insertParty, isFiled, lockClientKey } from './store/caseRows.ts'
import { documentsOfDraft, moveDocuments } from './store/documentRows.ts'
import { deleteDraftRow, lockDraft } from './store/draftRows.ts'
import { standingPerson } from './store/personRows.ts'
import { insertRegisterEntry } from './store/registerRows.ts'
import { addTimeline } from './timeline.ts'
import { checkSignedPapers } from './signatures/mustBeSigned.ts'
import { readFiler } from './signatures/whoSigned.ts'
import { titleOf } from './words.ts'

/** A request as a door hands it over. */
export interface Filing extends WhoFiles {
  procedure: string
  draftId: string
  /** Made once per form by whoever shows it: the second click carries the same. */
  clientKey: string
  answers: Answers
}

export interface OpenedCase {
  case: Case
  /** 10 Crockford characters, shown once. */
  accessCode: string
  /** Whether an earlier click had filed it. */
  alreadyThere: boolean
  /** Faults that did not forbid filing. */
  warnings: FormFault[]
}

// For this long the engine remembers the message and takes no second one with its id (architecture, decision 3).
const messageLifeMs = 24 * 3_600_000

/**
 * Files a request: register number, access code, legal term and the message that starts its process, all or nothing.
 * Filing does not need the engine: the outbox delivers when it answers. Refusals: procedure-not-offered, level-too-low,
 * draft-not-found, already-filed (the draft went out under another key: a second tab or device), not-found (another account
 * used the key, or the person a clerk names is none of this town's), signature-missing and signature-refused (a paper that must
 * be signed), form-has-faults (a FormRefusal with all faults), and for another: mandate-not-found, and why the mandate does not
 * allow it (mandates/mandate.ts).
 */
export async function openCase(context: Context, filing: Filing): Promise<OpenedCase> {
  const opened = await context.db.transaction((trx) => openCaseIn(trx, context, filing))
  announceCase(context, opened)
  return opened
}

/** As {@link openCase}, within a transaction that does more. Call {@link announceCase} after its commit. */
export async function openCaseIn(trx: Transaction, context: Context, given: Filing): Promise<OpenedCase> {
  const accessCode = accessCodeOf(context.keys, context.tenant.id, given.clientKey)
  await lockClientKey(trx, given.clientKey)
  const earlier = await findCaseByClientKey(trx, given.clientKey)
  if (earlier) return { case: await ownCase(trx, context, earlier), accessCode, alreadyThere: true, warnings: [] }

  const acting = await actingFor(trx, context, given)
  const filing = acting ? filedFor(given, acting.represented) : given
  const mandated = acting?.mandate.deeds
  const pack = offeredPackage(context, filing, mandated)
  const documents = await draftDocuments(trx, context, filing)
  const { answers, warnings } = checkFiling(context, pack, filing, documents)
  const needed = neededLevel<AssuranceLevel>(pack.procedure.assurance, pack.procedure.levels, answers, assuranceLevels)
  expectLevel(context, filing, needed, mandated)
  await checkSignedPapers(trx, pack, documents, await readFiler(trx, context, filing.applicant, knownPerson(context.actor, filing)))
  const applicant = acting ? await keepRepresented(trx, acting.represented, filing) : await keepApplicant(trx, context, filing)
  // Who wants to stay unnamed stays so, signed in or not: neither account nor name goes into the case.
  const filer = applicant === null && context.actor.kind === 'citizen' ? { ...context, actor: anonymous } : context
  const mandateId = acting?.mandate.id ?? null
  const opened = await register(trx, filer, { pack, filing, answers, documents, applicant, mandateId, accessCode })
  return { case: opened, accessCode, alreadyThere: false, warnings }
}

/** Tells the outbox loop and open pages of a case that was opened just now. */
export function announceCase(context: Context, opened: OpenedCase): void {
  if (opened.alreadyThere) return
  context.wakeOutbox()
  context.events.publish({ kind: 'case-changed', tenantId: context.tenant.id, caseId: opened.case.id, taskId: null })
}

/** Whom the filing is for and by which mandate, where it is for another. On the portal only: at a counter the clerk files. */
function actingFor(trx: Transaction, context: Context, { applicant, channel, procedure }: Filing) {
  if (!applicant.mandateId) return null
  if (channel !== 'portal') refuse('not-allowed', 'mandate-not-found')
  return useMandate(trx, context, applicant.mandateId, { deed: 'file', procedure, caseId: null })
}

function offeredPackage(context: Context, filing: Filing, mandated?: readonly MandateDeed[]): ShelvedPackage {
  const pack = context.packages.newest(filing.procedure) ?? refuse('not-found', 'procedure-not-offered')
  if (pack.procedure.account && context.actor.accountId) refuse('already-exists', 'account-exists', { of: 'person' })
  expectLevel(context, filing, pack.procedure.assurance, mandated)
  // Whoever takes in requests is not thereby who gives people accounts.
  const isTakenIn = isSeenByStaff(context.actor, filing)
  if (pack.procedure.account && isTakenIn && !may(context.actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  return pack
}

/** Who comes by the portal has shown who they are by signing in; who stands at a counter, to the clerk. */
function expectLevel({ actor }: Context, { channel }: Filing, needed: AssuranceLevel, mandated?: readonly MandateDeed[]): void {
  if (channel !== 'portal') {
    if (!may(actor, 'request.take')) refuse('not-allowed', 'not-allowed')
  } else {
    const isAllowed = mandated
      ? may(actor, 'request.file-for-another', { level: needed, mandated })
      : may(actor, 'request.file', { level: needed })
    if (!isAllowed) refuse('not-allowed', 'level-too-low', { needed, has: actor.level })
  }
}

// The client key is as good as a secret, but a case filed by an account is told to that account alone.
async function ownCase(trx: Transaction, context: Context, earlier: Case): Promise<Case> {
  if (earlier.accountId && earlier.accountId !== context.actor.accountId) refuse('not-found', 'not-found')
  if (await isMandateOver(trx, context, earlier)) refuse('not-found', 'not-found')
  return earlier
}

async function draftDocuments(trx: Transaction, { actor }: Context, filing: Filing): Promise<CaseDocument[]> {
  const draft = await lockDraft(trx, filing.draftId)
  if (!draft) {
    if (await isFiled(trx, filing.draftId)) refuse('wrong-state', 'already-filed')
    return []
  }
  if (!isMyDraft(actor, draft) || draft.procedure !== filing.procedure) refuse('not-found', 'draft-not-found')
  return documentsOfDraft(trx, draft.id)
}

function checkFiling(
  context: Context,
  pack: ShelvedPackage,
  filing: Filing,
  documents: readonly CaseDocument[],
): { answers: Answers; warnings: FormFault[] } {
  const { tenant, actor, clock } = context
  const schema = formOf(pack, pack.procedure.startForm)
  const options = {
    today: localDay(clock.now(), tenant.timeZone),
    strictIdentifiers: !isSeenByStaff(actor, filing),
    country: tenant.country,
    // Who stands at a counter shows a paper and need not send a picture of it.
    variables: { channel: filing.channel },
    files: (id: string) => documents.some((document) => document.id === id),
  }
  const warnings = refuseFaults([
    ...checkAnswers(schema, filing.answers, options),
    ...checkApplicant(context, pack.procedure, filing),
    ...(pack.procedure.account ? checkRegistration(context, pack.procedure.account, filing, documents) : []),
  ])
  return { answers: keptAnswers(schema, filing.answers, { country: tenant.country }) as Answers, warnings }
}

interface Registration {
  pack: ShelvedPackage
  filing: Filing
  answers: Answers
  documents: readonly CaseDocument[]
  applicant: Person | null
  mandateId: string | null
  accessCode: string
}

async function register(
  trx: Transaction,
  context: Context,
  { pack, filing, answers, documents, applicant, mandateId, accessCode }: Registration,
): Promise<Case> {
  const { tenant, actor, clock, keys } = context
  const { procedure } = pack
  const atMs = clock.now()
  const id = uuidv7()
  const subject = subjectOf(context, pack, answers)
  const entry = await nextNumber(trx, tenant, { class: procedure.class[tenant.country] ?? '', unitId: procedure.unit, atMs })
  const opened: Case = {
    id,
    procedure: procedure.id,
    packageVersion: pack.version,
    number: entry.number,
    status: 'received',
    outcome: null,
    language: filing.language,
    channel: filing.channel,
    unitId: procedure.unit,
    takenIn: isSeenByStaff(actor, filing) ? (actor.units[0] ?? null) : null,
    applicantId: applicant?.id ?? null,
    accountId: actor.accountId ?? null,
    mandateId,
    answers,
    taskAnswers: {},
    feeMinor: null,
    currency: feeRuleAt(context, procedure, atMs)?.currency ?? null,
    delivery: filing.applicant.delivery,
    clientKey: filing.clientKey,
    subject,
    acts: 0,
    filedAt: new Date(atMs),
    closedAt: null,
    changedAt: new Date(atMs),
  }
  await insertCase(trx, {
    ...opened,
    draftId: filing.draftId,
    accessCodeHash: keys.codeHash(tenant.id, accessCode),
    searchKey: searchKey([entry.number, applicant ? nameOf(applicant) : '', subject].join(' ')),
  })
  await insertRegisterEntry(trx, {
    ...entry,
    id: uuidv7(),
    caseId: id,
    registeredAt: opened.filedAt,
    contentHash: contentHash(filing, answers, documents),
  })
  if (applicant) await insertParty(trx, { caseId: id, personId: applicant.id, role: 'applicant' })
  const filer = actor.personId && (await standingPerson(trx, actor.personId))
  const isForAnother = filer !== undefined && applicant !== null && filer !== applicant.id
  if (isForAnother) await insertParty(trx, { caseId: id, personId: filer, role: 'representative' })
  if (procedure.account && applicant) {
    await beginRegistration(trx, context, { case_: opened, person: applicant, who: filing, account: procedure.account })
  }
  await moveDocuments(trx, filing.draftId, { caseId: id, handedInBy: actor.id })
  await deleteDraftRow(trx, filing.draftId)
  const deadline = await startDeadline(trx, context, { caseId: id, kind: procedure.deadline, answers })
  await addTimeline(trx, {
    caseId: id,
    atMs,
    kind: 'filed',
    facts: { number: entry.number, channel: filing.channel },
    actorName: actor.name,
    ...(isForAnother && { forName: nameOf(applicant) }),
  })
  const variables = {
    ...requestVariables(context, pack, { answers, channel: filing.channel, anonymous: applicant === null, atMs }),
    caseId: id,
    packageVersion: pack.version,
    ...termVariables(context, deadline, null),
  }
  const name = startMessage(tenant.id, procedure.id)
  await addToOutbox(trx, { kind: 'publish-message', name, correlationKey: id, messageId: id, timeToLiveMs: messageLifeMs, variables }, atMs)
  await addAudit(trx, context, {
    action: 'case.open',
    subject: id,
    forWhom: applicant?.id ?? null,
    facts: { number: entry.number, channel: filing.channel, ...(mandateId && { mandate: mandateId }) },
  })
  return opened
}

// A petition says itself what it is about; another request is named by its procedure, in the town's own language.
function subjectOf({ tenant }: Context, pack: ShelvedPackage, answers: Answers): string {
  const given = typeof answers.subject === 'string' ? answers.subject.trim() : ''
  return (given || titleOf(pack, tenant.officialLanguage, tenant.country)).slice(0, 300)
}

function contentHash(filing: Filing, answers: Answers, documents: readonly CaseDocument[]): Buffer {
  const content = [
    filing.procedure,
    filing.language,
    filing.channel,
    filing.applicant,
    answers,
    documents.map((document) => document.sha256),
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest()
}
