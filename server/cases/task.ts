import type { Answers, Case } from './case.ts'
import type { CaseDeadline } from './deadlines/deadline.ts'

/** One human step of a case, waiting in the inbox. The engine's job is its other half. */
export interface Task {
  id: string
  caseId: string
  /** A 64-bit key of the engine: text, never a number. */
  jobKey: string
  elementId: string
  elementInstanceKey: string
  formId: string | null
  unitId: string
  /** False when the diagram named no unit: then `unitId` is the case's own, and the role alone decides. */
  unitNamed: boolean
  /** The staff role the diagram asks for. */
  role: string | null
  /** Keycloak's user id of the clerk who took it. */
  holder: string | null
  holderName: string | null
  takenAt: Date | null
  /** completing: the clerk is done, the engine does not know yet. gone: the engine took it away. */
  status: 'open' | 'completing' | 'completed' | 'gone'
  goneReason: string | null
  draft: Answers | null
  draftSavedAt: Date | null
  answers: Answers | null
  dueAt: Date
  createdAt: Date
  completedAt: Date | null
  /** When the engine last said that the job lives. */
  provedAt: Date
}

/** A task with what a list shows of its case. */
export interface TaskInList {
  task: Task
  case: Case
  /** Empty for an anonymous case. */
  applicantName: string
  deadline: CaseDeadline | null
}

/** What the task sink hands over of an engine's job. */
export interface UserTaskJob {
  key: string
  bpmnProcessId: string
  elementId: string
  elementInstanceKey: string
  headers: Readonly<Record<string, string>>
  variables: Readonly<Record<string, unknown>>
}

/** The lists of the inbox. */
export const taskLists = ['mine', 'unit', 'unassigned', 'all'] as const
export type TaskListName = (typeof taskLists)[number]
