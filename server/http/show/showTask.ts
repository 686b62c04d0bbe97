import type { z } from 'zod'
import type { Case } from '../../cases/case.ts'
import type { PackageShelf, ShelvedPackage } from '../../cases/context.ts'
import { openPause, type CaseDeadline } from '../../cases/deadlines/deadline.ts'
import { standingOf } from '../../cases/mandates/mandate.ts'
import type { TaskFile } from '../../cases/readTask.ts'
import { may as mayDo } from '../../cases/may.ts'
import { nameOf } from '../../cases/person.ts'
import type { Task, TaskInList } from '../../cases/task.ts'
import { titleOf, wordsOf } from '../../cases/words.ts'
import type { Actor } from '../../identity/actor.ts'
import type { Mandate } from '../contract/mandates.ts'
import type { TaskPage, TaskRow } from '../contract/tasks.ts'
import type { Language, Status } from '../contract/words.ts'
import type { Town } from '../web.ts'
import { feeOf, requestAnswers } from './showCase.ts'
import { showDeadline } from './showDeadline.ts'
import { showDocument } from './showDocument.ts'
import { maskedAnswers, showForm } from './showForm.ts'
import { showSupplements } from './showSupplement.ts'
import { showMessages } from './showMessages.ts'
import { showMandate } from './showMandate.ts'
import { showPayment } from './showPayment.ts'
import { showTimeline, stepName } from './showTimeline.ts'
import { unitName } from './showTown.ts'

export interface Reader {
  town: Town
  actor: Actor
  language: Language
  packages: PackageShelf
  /** `yyyy-mm-dd` in the town. */
  today: string
}

/** One row of the inbox. */
export function showTaskRow(listed: TaskInList, pack: ShelvedPackage, reader: Reader): z.infer<typeof TaskRow> {
  const { task, case: case_, applicantName, deadline } = listed
  const { town, language } = reader
  return {
    id: task.id,
    caseId: case_.id,
    number: case_.number,
    procedure: case_.procedure,
    title: titleOf(pack, language, town.country),
    applicant: applicantName,
    step: stepName(task.elementId, wordsOf(pack, language, town.country)),
    unit: unitName(town, task.unitId, language),
    holder: holderOf(task, reader.actor),
    status: statusForStaff(case_, deadline),
    filedAt: case_.filedAt.toISOString(),
    createdAt: task.createdAt.toISOString(),
    deadline: deadline && showDeadline(deadline, town),
  }
}

/** A task's row from its page: what claiming and releasing answer with. */
export function rowOf({ task, file }: TaskFile, reader: Reader): z.infer<typeof TaskRow> {
  const applicantName = file.applicant ? nameOf(file.applicant) : ''
  return showTaskRow({ task, case: file.case, applicantName, deadline: file.deadline }, file.package, reader)
}

/** A task with its form, and the case beside it. */
export function showTask({ task, may, term, mayRecordPayment, numbersShowable, file }: TaskFile, reader: Reader): z.infer<typeof TaskPage> {
  const { town, language } = reader
  const { case: case_, package: pack, applicant } = file
  const words = wordsOf(pack, language, town.country)
  const form = task.formId === null ? null : showForm(pack, task.formId, words, town.country)
  const answers = task.draft ?? task.answers ?? {}
  return {
    task: {
      id: task.id,
      step: stepName(task.elementId, words),
      state: task.status,
      goneReason: task.goneReason,
      holder: holderOf(task, reader.actor),
      may,
      term,
      form,
      // Whoever is writing sees what they write.
      answers: form && !may.complete ? maskedAnswers(form, answers) : answers,
      savedAt: task.draftSavedAt?.toISOString() ?? null,
    },
    case: {
      id: case_.id,
      number: case_.number,
      procedure: case_.procedure,
      title: titleOf(pack, language, town.country),
      status: statusForStaff(case_, file.deadline),
      unit: unitName(town, case_.unitId, language),
      channel: case_.channel,
      language: case_.language,
      filedAt: case_.filedAt.toISOString(),
      fee: feeOf(file) ?? null,
      deadline: file.deadline && showDeadline(file.deadline, town),
      supplements: showSupplements(file, town),
      applicant: {
        personId: applicant && mayDo(reader.actor, 'person.read') ? applicant.id : null,
        name: applicant ? nameOf(applicant) : '',
        kind: applicant?.kind ?? 'anonymous',
        numberMask: applicant?.numberMask ?? '',
        email: applicant?.email ?? '',
        phone: applicant?.phone ?? '',
        address: applicant?.address ?? '',
      },
      representative: file.representative && {
        name: nameOf(file.representative.person),
        numberMask: file.representative.person.numberMask,
        email: file.representative.person.email ?? '',
        phone: file.representative.person.phone ?? '',
        mandate: mandateOf(file, reader),
      },
      answers: requestAnswers(file, town, language, { showable: numbersShowable }),
      documents: file.documents.map((document) => showDocument(document, pack, words)),
      timeline: showTimeline(file.timeline, pack, words),
      messages: showMessages(file.messages),
      payment: file.payment && showPayment(file.payment),
      mayRecordPayment,
    },
  }
}

/** The mandate as it stands today: one that has ended since is told as ended. */
function mandateOf({ representative, applicant }: TaskFile['file'], { town, actor, language, packages, today }: Reader): Mandate | null {
  if (!representative?.mandate || !applicant) return null
  const { mandate, documents, person } = representative
  const file = { mandate, person, forPerson: applicant, documents, standing: standingOf(mandate, today), caseNumber: null }
  return showMandate(file, { town, actor, language, packages })
}

/** The citizen is told that the town waits for them; the town hall, that it waits for the citizen. */
function statusForStaff({ status }: Case, deadline: CaseDeadline | null): Status {
  if (status !== 'waiting-for-you') return status
  return deadline && openPause(deadline) ? 'waiting-for-party' : 'in-progress'
}

function holderOf(task: Task, actor: Actor): { id: string; name: string; mine: boolean } | null {
  return task.holder === null ? null : { id: task.holder, name: task.holderName ?? '', mine: task.holder === actor.id }
}
