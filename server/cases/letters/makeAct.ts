import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { randomCode, sha256 } from '../../identity/keys.ts'
import { localDay } from '../../rules/countDays.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import type { CaseDocument } from '../document.ts'
import { readRepresentative } from '../mandates/useMandate.ts'
import { nameOf } from '../person.ts'
import { actNumber } from '../register/nextNumber.ts'
import { findCase, lockCase, updateCase } from '../store/caseRows.ts'
import { findDocumentMadeFor, insertDocument } from '../store/documentRows.ts'
import { findPerson } from '../store/personRows.ts'
import { tasksOfCase } from '../store/taskRows.ts'
import { wordsOf } from '../words.ts'
import { addTimeline } from '../timeline.ts'
import { actLanguage } from './actLanguage.ts'
import { actPdf } from './actPdf.ts'
import { paperWords } from './paperWords.ts'
import { townWords } from './townWords.ts'
import { writeLetter, type LetterValues } from './writeLetter.ts'

const VERIFY_CODE_LENGTH = 12

/** Makes an act from one of the procedure's letters: number, PDF, verification code. Once per job, however often the job comes. */
export async function makeAct(
  context: Context, { caseId, letter, jobKey }: { caseId: string; letter: string; jobKey: string },
): Promise<CaseDocument> {
  const { db, tenant, packages, files } = context
  const seen = (await db.transaction((trx) => findCase(trx, caseId))) ?? refuse('not-found', 'case-not-found', { caseId })
  // Before the lock: a version that is not at hand needs a connection of its own.
  const pack = await packages.version(seen.procedure, seen.packageVersion)
  return db.transaction(async (trx) => {
    const case_ = (await lockCase(trx, caseId))!
    const made = await findDocumentMadeFor(trx, jobKey)
    if (made) return made

    const act = nameAct(context, case_)
    const titleKey = pack.procedure.letters[letter]?.title ?? `letters.${letter}.title`
    const title = wordsOf(pack, act.language, tenant.country).at(titleKey) ?? letter
    const blocks = writeLetter(pack, letter, { tenant, language: act.language, values: await valuesOf(trx, context, case_, act) })
    const { number, language, madeAtMs, verifyUrl, code: verifyCode } = act
    const pdf = await actPdf({ tenant, unitId: case_.unitId, language, title, number, madeAtMs, blocks, verifyUrl, verifyCode })

    const storageKey = await files.put(tenant.id, pdf)
    const document = await keepAct(trx, context, { case: case_, letter, title, act, pdf, storageKey }, jobKey)
    await updateCase(trx, case_.id, { acts: case_.acts + 1, changedAt: document.createdAt })
    await addTimeline(trx, { caseId, atMs: madeAtMs, kind: 'act-made', facts: { number, title }, staffOnly: true })
    await addAudit(trx, context, { action: 'act.make', subject: document.id, forWhom: case_.applicantId, facts: { letter, number } })
    return document
  })
}

interface NamedAct {
  number: string
  language: string
  code: string
  verifyUrl: string
  madeAtMs: number
}

function nameAct({ tenant, clock, publicUrl }: Context, case_: Case): NamedAct {
  const code = randomCode(VERIFY_CODE_LENGTH)
  return {
    number: actNumber(tenant, case_.number, case_.acts + 1),
    language: actLanguage(tenant, case_.language),
    code,
    verifyUrl: `${publicUrl}/${tenant.id}/verify/${code}`,
    madeAtMs: clock.now(),
  }
}

async function valuesOf(trx: Transaction, { tenant }: Context, case_: Case, act: NamedAct): Promise<LetterValues> {
  const applicant = case_.applicantId ? await findPerson(trx, case_.applicantId) : undefined
  const representative = await readRepresentative(trx, case_)
  const tasks = await tasksOfCase(trx, case_.id)
  const lastHolder = tasks.filter((task) => task.holderName !== null).at(-1)?.holderName ?? ''
  const town = townWords(tenant, act.language)
  const filedOn = localDay(case_.filedAt.getTime(), tenant.timeZone)
  return {
    case: { number: case_.number, filedOn, year: Number(filedOn.slice(0, 4)), language: act.language },
    answers: case_.answers,
    task: case_.taskAnswers,
    applicant: { name: applicant ? nameOf(applicant) : '', address: applicant?.address ?? '', email: applicant?.email ?? '' },
    representative: {
      name: representative ? nameOf(representative.person) : '',
      as: representative ? paperWords(act.language).through[representative.mandate?.kind ?? 'company-representative'] : '',
    },
    town: { name: town.name, officialName: town.name, place: town.place },
    unit: { name: town.unitName(case_.unitId) },
    act: { number: act.number, date: localDay(act.madeAtMs, tenant.timeZone), verifyUrl: act.verifyUrl, code: act.code },
    signatory: { name: lastHolder },
    feeMinor: case_.feeMinor,
    currency: case_.currency,
  }
}

async function keepAct(
  trx: Transaction,
  { actor }: Context,
  given: { case: Case; letter: string; title: string; act: NamedAct; pdf: Buffer; storageKey: string },
  jobKey: string,
): Promise<CaseDocument> {
  const document: CaseDocument = {
    id: uuidv7(),
    caseId: given.case.id,
    draftId: null,
    kind: 'act',
    title: given.title,
    field: null,
    number: given.act.number,
    letter: given.letter,
    verifyCode: given.act.code,
    forCitizen: false, // until it is delivered
    createdAt: new Date(given.act.madeAtMs),
    fileName: `${given.act.number.replace(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`,
    mediaType: 'application/pdf',
    sizeBytes: given.pdf.length,
    sha256: sha256(given.pdf).toString('hex'),
    storageKey: given.storageKey,
    signatures: null,
  }
  await insertDocument(trx, { ...document, madeFor: jobKey, createdBy: actor.id })
  return document
}
