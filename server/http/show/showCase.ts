import type { CaseFile } from '../../cases/case.ts'
import type { MyCase } from '../../cases/myCases.ts'
import { nameOf } from '../../cases/person.ts'
import { titleOf, wordsOf } from '../../cases/words.ts'
import { levelsOfActions } from '../../rules/neededLevel.ts'
import type { AnsweredRow, CasePage, MyCases } from '../contract/cases.ts'
import type { Language, Level, Money } from '../contract/words.ts'
import type { Town } from '../web.ts'
import { showAnswers } from './showAnswers.ts'
import { showDeadline } from './showDeadline.ts'
import { showDocument } from './showDocument.ts'
import { showForm } from './showForm.ts'
import { showLooks } from './showLooks.ts'
import { showSupplements } from './showSupplement.ts'
import { showMessages } from './showMessages.ts'
import { showPayment } from './showPayment.ts'
import { showTimeline } from './showTimeline.ts'
import { unitName } from './showTown.ts'

/** A case for whom it belongs to. Nothing of the office's inside: the verb has left that out already. */
export function showCase(file: CaseFile, town: Town, language: Language): CasePage {
  const { case: case_, package: pack } = file
  const words = wordsOf(pack, language, town.country)
  return {
    id: case_.id,
    number: case_.number,
    procedure: case_.procedure,
    title: titleOf(pack, language, town.country),
    status: case_.status,
    outcome: case_.outcome,
    unit: unitName(town, case_.unitId, language),
    channel: case_.channel,
    filedAt: case_.filedAt.toISOString(),
    closedAt: case_.closedAt?.toISOString() ?? null,
    fee: feeOf(file),
    deadline: file.deadline && showDeadline(file.deadline, town),
    supplements: showSupplements(file, town),
    documents: file.documents.map((document) => showDocument(document, pack, words)),
    timeline: showTimeline(file.timeline, pack, words),
    messages: showMessages(file.messages),
    parties: partiesOf(file),
    payment: file.payment && showPayment(file.payment),
    looks: showLooks(file, town, words, language),
    answers: requestAnswers(file, town, language, { showable: false }),
    actionLevels: levelsOfActions<Level>(pack.procedure.levels),
  }
}

/** One line of "my requests". */
export function showMyCase({ case: case_, package: pack, deadline, forWhom }: MyCase, town: Town, language: Language): MyCases['cases'][number] {
  return {
    id: case_.id,
    number: case_.number,
    procedure: case_.procedure,
    title: titleOf(pack, language, town.country),
    status: case_.status,
    filedAt: case_.filedAt.toISOString(),
    closedAt: case_.closedAt?.toISOString() ?? null,
    deadline: deadline && showDeadline(deadline, town),
    acts: case_.acts,
    forWhom,
  }
}

function partiesOf({ applicant, representative }: CaseFile): CasePage['parties'] {
  if (!applicant || !representative) return null
  return { applicant: nameOf(applicant), representative: nameOf(representative.person), kind: representative.mandate?.kind ?? null }
}

/** The request's own form in words. */
export function requestAnswers(file: CaseFile, town: Town, language: Language, { showable }: { showable: boolean }): AnsweredRow[] {
  const { case: case_, package: pack, documents } = file
  return showAnswers({
    form: showForm(pack, pack.procedure.startForm, wordsOf(pack, language, town.country), town.country),
    answers: case_.answers,
    language,
    documents,
    variables: { country: town.country },
    showable,
  })
}

/** The fee; null where the procedure has none, undefined until it has been worked out. */
export function feeOf(
  { case: { feeMinor, currency }, package: { procedure } }: Pick<CaseFile, 'case' | 'package'>,
): Money | null | undefined {
  if (procedure.fee === null) return null
  return feeMinor === null || currency === null ? undefined : { minor: feeMinor, currency }
}
