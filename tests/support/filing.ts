import { v7 as uuidv7 } from 'uuid'
import type { Case } from '../../server/cases/case.ts'
import type { Context } from '../../server/cases/context.ts'
import type { ApplicantGiven } from '../../server/cases/draft.ts'
import type { Filing, OpenedCase } from '../../server/cases/openCase.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { receiveTask } from '../../server/cases/receiveTask.ts'
import type { Task } from '../../server/cases/task.ts'
import { systemActor } from '../../server/identity/actor.ts'
import type { TestTown } from './town.ts'

export const nobody: ApplicantGiven = {
  kind: 'anonymous',
  givenName: '',
  familyName: '',
  number: '',
  email: '',
  phone: '',
  address: '',
  delivery: 'electronic',
}
export const marko: ApplicantGiven = {
  ...nobody,
  kind: 'person',
  givenName: 'Марко',
  familyName: 'Илић',
  number: '1503985810120',
  email: 'marko@primer.example',
}

/** A petition as the portal would send it. */
export function petition(change: Partial<Filing> = {}): Filing {
  return {
    procedure: 'petition',
    draftId: uuidv7(),
    clientKey: uuidv7(),
    language: 'sr-Latn',
    channel: 'portal',
    applicant: nobody,
    answers: {
      petitionKind: 'question',
      subject: 'Rasveta u ulici',
      petitionText: 'U ulici Lenke Dunđerski ne radi rasveta već nedelju dana.',
      answerChannel: 'inbox',
    },
    ...change,
  }
}

/** An extract as a citizen of Sombor would ask for it. */
export function extract(change: Partial<Filing> = {}): Filing {
  return {
    ...petition(),
    procedure: 'register-extract',
    applicant: { ...marko, number: '' },
    answers: {
      kind: 'birth',
      extractForm: 'domestic',
      medium: 'electronic',
      purpose: 'school',
      relation: 'self',
      birthFamilyName: 'Маринковић',
      personalNumber: '2307990855035',
      birthDate: '1990-07-23',
      registerArea: 'Сомбор',
      fatherName: 'Петар',
      motherName: 'Милица',
    },
    ...change,
  }
}

/** Files a petition and gives the inbox its first task, as the engine would. */
export async function caseWithTask(town: TestTown, context: Context, filing: Filing = petition()): Promise<OpenedCase & { task: Task }> {
  const opened = await openCase(context, filing)
  return { ...opened, task: await giveTask(town, opened.case) }
}

let lastKey = 2_251_799_813_685_248n

/** The engine reaches a human step of the case. */
export function giveTask(
  town: TestTown,
  case_: Case,
  change: { elementId?: string; groups?: string[]; dueDate?: string } = {},
): Promise<Task> {
  const key = String(++lastKey)
  town.engine.livingJobs.add(key)
  const elementId = change.elementId ?? (case_.procedure === 'petition' ? 'triage' : 'issue-extract')
  const groups = change.groups ?? [case_.procedure === 'petition' ? 'citizen-service' : 'registry']
  return receiveTask(town.contextFor(systemActor('user-task')), {
    key,
    bpmnProcessId: `${town.tenant.id}--${case_.procedure}`,
    elementId,
    elementInstanceKey: String(++lastKey),
    headers: {
      'io.camunda.zeebe:candidateGroups': JSON.stringify(groups),
      ...(change.dueDate && { 'io.camunda.zeebe:dueDate': change.dueDate }),
    },
    variables: { caseId: case_.id },
  })
}
