import type { FeelScope } from '../../rules/feel/index.ts'
import type { Decision } from '../behaviors/decision.ts'
import { temporalTextOf, textOf, textsOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { createJob } from '../behaviors/jobs.ts'
import { momentOf } from '../model/isoTime.ts'
import type { Source, UserTask } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

export const USER_TASK_JOB = 'io.camunda.zeebe:userTask'

/** Work for a person. It is a job, too: who shows tasks to people takes it with everything they need to know in its headers. */
export const userTask: ElementHandler<UserTask> = {
  activate(task, { decision, instance, element, scope }) {
    const headers: Record<string, string> = { ...task.headers }
    for (const { name, source, read } of headerSources(task)) {
      if (!source) continue
      const value = read(source, scope, decision)
      if (value instanceof Failure) return value
      if (value !== null) headers[`io.camunda.zeebe:${name}`] = value
    }
    // A person's task is not tried again by itself: one failure, and someone has to look.
    createJob(decision, instance, element, { type: USER_TASK_JOB, retries: 1, headers })
    return { then: 'wait' }
  },
}

type Read = (source: Source, scope: FeelScope, decision: Decision) => string | null | Failure

function headerSources(task: UserTask): { name: string; source: Source | undefined; read: Read }[] {
  return [
    { name: 'assignee', source: task.assignee, read: textOf },
    { name: 'candidateGroups', source: task.candidateGroups, read: readList },
    { name: 'candidateUsers', source: task.candidateUsers, read: readList },
    { name: 'dueDate', source: task.dueDate, read: readDate },
    { name: 'followUpDate', source: task.followUpDate, read: readDate },
    task.form && 'id' in task.form
      ? { name: 'formKey', source: task.form.id, read: readFormId }
      : { name: 'formKey', source: task.form?.key, read: textOf },
  ]
}

function readList(source: Source, scope: FeelScope): string | Failure {
  const texts = textsOf(source, scope)
  return texts instanceof Failure ? texts : JSON.stringify(texts)
}

function readDate(source: Source, scope: FeelScope): string | Failure {
  const text = temporalTextOf(source, scope)
  if (text instanceof Failure) return text
  return momentOf(text) === undefined
    ? new Failure('EXTRACT_VALUE_ERROR', `Invalid date-time format '${text}' for expression '${source.text}'`)
    : text
}

/** The newest version of the form now: the task keeps it, whatever is deployed later. */
function readFormId(source: Source, scope: FeelScope, { state }: Decision): string | Failure {
  const id = textOf(source, scope)
  if (id instanceof Failure) return id
  return state.definitions.latestForm(id)?.key
    ?? new Failure('FORM_NOT_FOUND', `Expected to find a form with id '${id}', but there is none; deploy one and resolve the incident`)
}
