import { refuse } from '../base/errors.ts'
import { localDay } from '../rules/countDays.ts'
import { checkAnswers, keptAnswers, type FormSchema } from '../rules/form/index.ts'
import { addAudit } from './audit.ts'
import type { Answers, Case, Json } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { refuseFaults } from './formRefusal.ts'
import { formOf } from './forms.ts'
import { isTheirs } from './may.ts'
import { provenTask, refuseUnlessOpen } from './openTask.ts'
import { addToOutbox } from './outbox.ts'
import { addTaskAnswers, findCase } from './store/caseRows.ts'
import { lockTask, saveTask } from './store/taskRows.ts'
import type { Task } from './task.ts'
import { addTimeline } from './timeline.ts'

/**
 * Ends a human step with the holder's answers. The engine hears of it through the outbox, at once or when it answers again;
 * until then the task is `completing`. A second click finds it so and changes nothing.
 */
export async function completeTask(context: Context, taskId: string, answers: Answers): Promise<Task> {
  const { actor, clock, db, events, tenant } = context
  const proven = await provenTask(context, taskId)
  // What the clerk wrote must not go with the task: it stays readable as the draft.
  if (proven.status === 'gone') await keepAnswers(context, taskId, answers)
  const pack = await packageOf(context, proven.caseId)
  const { task, changed } = await db.transaction(async (trx) => {
    const task = (await lockTask(trx, taskId)) ?? refuse('not-found', 'not-found')
    if (!isTheirs(actor, 'task.complete', { task })) refuse('not-allowed', 'task-not-yours')
    if (task.status === 'completing' || task.status === 'completed') return { task, changed: false }
    refuseUnlessOpen(task)

    const case_ = await findCase(trx, task.caseId)
    if (!case_) throw new Error(`Expected task ${taskId} to have a case but found none`)
    const { kept, variables } = checkTask(context, pack, task, case_, answers)
    const at = new Date(clock.now())
    const done = await saveTask(trx, { ...task, status: 'completing', answers: kept, draft: null, draftSavedAt: null, completedAt: at })
    await addTaskAnswers(trx, task.caseId, kept, at)
    await addTimeline(trx, {
      caseId: task.caseId,
      atMs: clock.now(),
      kind: 'task-completed',
      facts: { step: task.elementId },
      actorName: actor.name,
    })
    await addToOutbox(trx, { kind: 'complete-job', jobKey: task.jobKey, taskId, variables }, clock.now())
    await addAudit(trx, context, { action: 'task.complete', subject: taskId, facts: { caseId: task.caseId, step: task.elementId } })
    return { task: done, changed: true }
  })
  if (changed) {
    context.wakeOutbox()
    events.publish({ kind: 'task-changed', tenantId: tenant.id, caseId: task.caseId, taskId })
  }
  return task
}

// Before the transaction: an old package may have to be read, and a connection that waits for another one can wait forever.
async function packageOf({ db, packages }: Context, caseId: string): Promise<ShelvedPackage> {
  const case_ = await db.transaction((trx) => findCase(trx, caseId))
  if (!case_) throw new Error(`Expected a case ${caseId} but found none`)
  return packages.version(case_.procedure, case_.packageVersion)
}

function checkTask(
  { tenant, clock }: Context,
  pack: ShelvedPackage,
  task: Task,
  case_: Case,
  answers: Answers,
): { kept: Answers; variables: Record<string, Json> } {
  if (task.formId === null) return { kept: {}, variables: {} }
  const schema = formOf(pack, task.formId)
  const known = { ...case_.answers, ...case_.taskAnswers, country: tenant.country }
  const today = localDay(clock.now(), tenant.timeZone)
  refuseFaults(checkAnswers(schema, answers, { today, strictIdentifiers: false, country: tenant.country, variables: known }))
  const kept = keptAnswers(schema, answers, known) as Answers
  return { kept, variables: steeringOf(pack, schema, kept) }
}

/** Kinds of fields that offer choices: what they answer says nothing about a person. */
const choices: readonly string[] = ['radio', 'select', 'checkbox', 'checklist', 'taglist']

/**
 * What a gateway may look at: the answers to the form's choices, and what `procedure.json` lists under `reads`. All else,
 * words and dates and numbers of people, stays in the case (architecture, decision 6). Reserved names are the case's own.
 */
function steeringOf(pack: ShelvedPackage, schema: FormSchema, kept: Answers): Record<string, Json> {
  const keys = new Set<string>(pack.procedure.reads)
  const walk = (components: FormSchema['components']): void => {
    for (const field of components) {
      if (field.key && choices.includes(field.type)) keys.add(field.key)
      if (field.type === 'group' && field.components) walk(field.components)
    }
  }
  walk(schema.components)
  return Object.fromEntries(Object.entries(kept).filter(([key]) => keys.has(key) && !reserved.includes(key)))
}

const reserved: readonly string[] = ['caseId', 'packageVersion', 'dueAt', 'termNextAt', 'termState', 'termOutcome']

async function keepAnswers(context: Context, taskId: string, answers: Answers): Promise<void> {
  await context.db.transaction(async (trx) => {
    const task = await lockTask(trx, taskId)
    if (!task || !isTheirs(context.actor, 'task.complete', { task })) return
    await saveTask(trx, { ...task, draft: answers, draftSavedAt: new Date(context.clock.now()) })
  })
}
