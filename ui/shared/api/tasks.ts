import type {
  CompletedTask as CompletedTaskShape, CompleteTask, SavedTaskDraft as SavedTaskDraftShape, SaveTaskDraft, TaskList, TaskPage, TaskRow,
} from '../../../server/http/contract/tasks.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { caller, send, type Sending } from './send.ts'

type Read<Schema> = Schema extends { _output: infer Output } ? Output : never
export type CompletedTask = Read<typeof CompletedTaskShape>
export type SavedTaskDraft = Read<typeof SavedTaskDraftShape>
export type TaskListName = 'mine' | 'unit' | 'unassigned' | 'all'
export interface TaskQuestion {
  list: TaskListName
  language: Language
  q?: string
  after?: string
  limit?: number
}

/** Tasks of one list by legal term, fifty at a time. */
export function fetchTasks(question: TaskQuestion, asking: Pick<Sending, 'signal' | 'background'> = {}): Promise<TaskList> {
  return send<TaskList>('/inbox/tasks', { query: { ...question }, ...asking })
}

export function fetchTask(taskId: string, language: Language, asking: Pick<Sending, 'background'> = {}): Promise<TaskPage> {
  return send<TaskPage>(`/inbox/tasks/${taskId}`, { query: { language }, ...asking })
}

export function claimTask(taskId: string, language: Language): Promise<TaskRow> {
  return send<TaskRow>(`/inbox/tasks/${taskId}/claim`, { method: 'POST', query: { language } })
}

export function releaseTask(taskId: string, language: Language): Promise<TaskRow> {
  return send<TaskRow>(`/inbox/tasks/${taskId}/release`, { method: 'POST', query: { language } })
}

/** Keeps the task's form half-way. */
export function saveTaskDraft(taskId: string, draft: SaveTaskDraft, keepalive = false): Promise<SavedTaskDraft> {
  return send<SavedTaskDraft>(`/inbox/tasks/${taskId}/draft`, { method: 'PUT', body: draft, keepalive })
}

export function completeTask(taskId: string, completion: CompleteTask): Promise<CompletedTask> {
  return send<CompletedTask>(`/inbox/tasks/${taskId}/complete`, { method: 'POST', body: completion })
}

/** Address of the stream of changes, for EventSource. */
export function inboxEventsAddress(): string {
  return `/api/${caller.tenant}/inbox/events`
}
