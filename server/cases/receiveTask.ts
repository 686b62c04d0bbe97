import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { caseOfJob } from './caseOfJob.ts'
import type { Context } from './context.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { upsertTask } from './store/taskRows.ts'
import { formIdOf } from './steps.ts'
import type { Task, UserTaskJob } from './task.ts'
import { addTimeline } from './timeline.ts'

const header = 'io.camunda.zeebe:'

/** Stores a user task's job as a row of the inbox. The same job again only proves that it lives. */
export async function receiveTask(context: Context, job: UserTaskJob): Promise<Task> {
  const now = new Date(context.clock.now())
  const case_ = await context.db.transaction((trx) => caseOfJob(trx, context, job))
  // Between the transactions: an old package may have to be read, and a connection that waits for another one can wait forever.
  const formId = await formIdOf(await context.packages.version(case_.procedure, case_.packageVersion), job.elementId)
  const { task, isNew } = await context.db.transaction(async (trx) => {
    const deadline = (await deadlinesOf(trx, [case_.id])).get(case_.id)
    const { unit, role } = readGroups(job.headers[`${header}candidateGroups`])
    const stored = await upsertTask(trx, {
      id: uuidv7(),
      caseId: case_.id,
      jobKey: job.key,
      elementId: job.elementId,
      elementInstanceKey: job.elementInstanceKey,
      formId: formId ?? null,
      unitId: unit ?? case_.unitId,
      unitNamed: unit !== undefined || role === undefined,
      role: role ?? null,
      holder: null,
      holderName: null,
      takenAt: null,
      status: 'open',
      goneReason: null,
      draft: null,
      draftSavedAt: null,
      answers: null,
      dueAt: readDue(job.headers[`${header}dueDate`], context.tenant.timeZone) ?? deadline?.dueAt ?? now,
      createdAt: now,
      completedAt: null,
      provedAt: now,
    })
    if (stored.isNew) {
      await addTimeline(trx, {
        caseId: case_.id,
        atMs: now.getTime(),
        kind: 'task-started',
        facts: { step: job.elementId, unit: stored.task.unitId },
        onlyOnce: `task-started ${job.key}`,
      })
    }
    return stored
  })
  if (isNew) context.events.publish({ kind: 'task-created', tenantId: context.tenant.id, caseId: task.caseId, taskId: task.id })
  return task
}

const Groups = z.array(z.string())

// The header is a list as JSON text. Of several units, or several roles, the first one counts.
function readGroups(groups: string | undefined): { unit: string | undefined; role: string | undefined } {
  const names = groups ? Groups.parse(JSON.parse(groups)) : []
  const role = names.find((name) => name.startsWith('role:'))
  return { unit: names.find((name) => !name.startsWith('role:')), role: role?.slice('role:'.length) }
}

// Without an offset the diagram means the town's own time, never that of the machine.
function readDue(iso: string | undefined, timeZone: string): Date | undefined {
  const due = iso ? DateTime.fromISO(iso, { zone: timeZone }) : undefined
  return due?.isValid ? due.toJSDate() : undefined
}
