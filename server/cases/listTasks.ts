import { validate } from 'uuid'
import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Actor } from '../identity/actor.ts'
import { searchKey } from '../rules/searchKey.ts'
import type { Context } from './context.ts'
import { reachOfTasks } from './may.ts'
import { nameOf } from './person.ts'
import { casesOf } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { peopleOf } from './store/personRows.ts'
import { countTasks, listTaskRows, type TaskScope } from './store/taskListStatement.ts'
import type { Task, TaskInList, TaskListName } from './task.ts'

export interface TaskQuery {
  list: TaskListName
  /** Words as typed: number, applicant, subject, in either script. */
  q: string
  /** The cursor a page ended with. */
  after?: string
  /** 1 to 200. */
  limit: number
}

export interface TaskListPage {
  rows: TaskInList[]
  /** Cursor of the next page; null at the end. */
  next: string | null
  /** Of each list, without the filter. */
  counts: Record<TaskListName, number>
}

/** One page of a list of the inbox, by legal term. Staff only. */
export async function listTasks(context: Context, query: TaskQuery): Promise<TaskListPage> {
  const { actor } = context
  if (actor.kind !== 'staff') refuse('not-allowed', 'not-allowed')
  return context.db.transaction(async (trx) => {
    const tasks = await listTaskRows(trx, {
      scope: scopeOf(actor, query.list),
      searchKey: searchKey(query.q),
      after: query.after === undefined ? undefined : readCursor(query.after),
      limit: query.limit + 1,
    })
    const page = tasks.slice(0, query.limit)
    const counts = {
      mine: await countTasks(trx, scopeOf(actor, 'mine')),
      unit: await countTasks(trx, scopeOf(actor, 'unit')),
      unassigned: await countTasks(trx, scopeOf(actor, 'unassigned')),
      all: await countTasks(trx, scopeOf(actor, 'all')),
    }
    return { rows: await withCases(trx, page), next: tasks.length > page.length ? cursorOf(page.at(-1)!) : null, counts }
  })
}

/** The first task of the clerk's own list besides the one just left; null when the desk is clear. */
export async function nextTask(context: Context, leftTaskId: string | null): Promise<string | null> {
  const { actor } = context
  if (actor.kind !== 'staff') refuse('not-allowed', 'not-allowed')
  const tasks = await context.db.transaction((trx) => listTaskRows(trx, { scope: scopeOf(actor, 'mine'), searchKey: '', limit: 2 }))
  return tasks.find((task) => task.id !== leftTaskId)?.id ?? null
}

/** Tasks with what a list shows of their cases, in the given order. */
export async function withCases(trx: Transaction, tasks: readonly Task[]): Promise<TaskInList[]> {
  const caseIds = [...new Set(tasks.map((task) => task.caseId))]
  const cases = await casesOf(trx, caseIds)
  const deadlines = await deadlinesOf(trx, caseIds)
  const people = await peopleOf(trx, [...cases.values()].flatMap((each) => each.applicantId ?? []))
  return tasks.map((task) => {
    const case_ = cases.get(task.caseId)
    if (!case_) throw new Error(`Expected task ${task.id} to have a case but found none`)
    const applicant = case_.applicantId === null ? undefined : people.get(case_.applicantId)
    return { task, case: case_, applicantName: applicant ? nameOf(applicant) : '', deadline: deadlines.get(case_.id) ?? null }
  })
}

function scopeOf(actor: Actor, list: TaskListName): TaskScope {
  if (list === 'mine') return { kind: 'holder', holder: actor.id }
  const { town, units, roles } = reachOfTasks(actor)
  if (list === 'all' && town) return { kind: 'town' }
  const freeOnly = list === 'unassigned'
  // Whoever is asked by role alone finds in their units what asks for that role, and nothing else.
  return units.length > 0
    ? { kind: 'groups', units, roles, ownRolesOnly: false, freeOnly }
    : { kind: 'groups', units: actor.units, roles, ownRolesOnly: true, freeOnly }
}

function cursorOf(task: Task): string {
  return Buffer.from(`${task.dueAt.toISOString()} ${task.id}`).toString('base64url')
}

function readCursor(cursor: string): { dueAt: Date; id: string } {
  const [, due, id] = /^(\S+) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  const dueAt = new Date(due ?? '')
  if (!id || !validate(id) || Number.isNaN(dueAt.getTime())) refuse('invalid', 'request-not-understood')
  return { dueAt, id }
}
