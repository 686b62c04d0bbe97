import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { TaskList, TaskRow } from '../../../server/http/contract/tasks.ts'
import { fetchTask, fetchTasks, type TaskListName } from '../../shared/api/index.ts'
import { useSession } from '../../shared/session.ts'
import { mergeRows } from './mergeRows.ts'

export const listNames = ['mine', 'unit', 'unassigned', 'all'] as const satisfies readonly TaskListName[]

/** Why a row that is still shown is no longer ours to take. */
export type Leave = { why: 'taken'; by: string } | { why: 'mine' | 'done' | 'gone' | 'moved' }

const pageSize = 50
const largestPage = 200
/** So many vanished rows are asked about one by one; the rest is told without a name. */
const askedAbout = 5

/** The list the clerk works from: rows, place, counts. It outlives the page, so that coming back finds the same row. */
export const useTaskLists = defineStore('task-lists', () => {
  const session = useSession()
  const list = ref<TaskListName>('mine')
  const q = ref('')
  const rows = shallowRef<TaskRow[]>([])
  const next = ref<string | null>(null)
  const counts = shallowRef<TaskList['counts'] | null>(null)
  const arrived = shallowRef<TaskRow[]>([])
  const left = shallowRef<ReadonlyMap<string, Leave>>(new Map())
  const loading = ref(false)
  const loadingMore = ref(false)
  const failure = shallowRef<unknown>(null)
  const moreFailure = shallowRef<unknown>(null)
  /** Why the last look-over got no answer; null when it got one. The rows stay as they were. */
  const silence = shallowRef<unknown>(null)
  const currentId = ref('')
  const scrollTop = ref(0)
  let opened = ''
  let asking: AbortController | undefined

  const complete = computed(() => next.value === null)
  const place = computed(() => rows.value.findIndex(({ id }) => id === currentId.value))
  /** How many the open list has, as far as is known. */
  const total = computed(() => (q.value === '' ? counts.value?.[list.value] ?? null : complete.value ? rows.value.length : null))

  /** Shows a list. The one already open stays as it is and is only looked over. */
  async function open(name: TaskListName, words = ''): Promise<void> {
    const wanted = [name, words, session.language].join('|')
    if (wanted === opened && failure.value === null) return lookOver()
    list.value = name
    q.value = words
    opened = wanted
    await fetchFirst()
  }

  /** Fetches the first page anew and shows it from the top. */
  async function fetchFirst(): Promise<void> {
    asking?.abort()
    const control = new AbortController()
    asking = control
    loading.value = true
    failure.value = null
    try {
      const answer = await fetchTasks({ ...question(), limit: pageSize }, { signal: control.signal })
      show(answer)
    } catch (error) {
      if (control.signal.aborted) return
      failure.value = error
    } finally {
      if (asking === control) loading.value = false
    }
  }

  /** The next fifty, beneath those shown. */
  async function more(): Promise<void> {
    if (next.value === null || loadingMore.value || loading.value) return
    const asked = opened
    loadingMore.value = true
    moreFailure.value = null
    try {
      const answer = await fetchTasks({ ...question(), after: next.value, limit: pageSize })
      if (asked !== opened) return
      const known = new Set(rows.value.map(({ id }) => id))
      rows.value = [...rows.value, ...answer.rows.filter(({ id }) => !known.has(id))]
      next.value = answer.next
      counts.value = answer.counts
    } catch (error) {
      if (asked === opened) moreFailure.value = error
    } finally {
      loadingMore.value = false
    }
  }

  /** Something changed somewhere: brings counts and shown rows up to date without moving one. */
  async function lookOver(): Promise<void> {
    if (opened === '' || loading.value) return
    const asked = opened
    const limit = Math.min(largestPage, Math.max(pageSize, rows.value.length))
    const answer = await fetchTasks({ ...question(), limit }, { background: true }).catch((error: unknown) => {
      silence.value = error
      return null
    })
    if (answer === null || asked !== opened) return
    // Nothing is shown that could move, and nobody should have to ask for their only task.
    if (rows.value.length === 0) return show(answer)
    silence.value = null
    const merged = mergeRows(rows.value, complete.value, answer)
    rows.value = merged.rows
    counts.value = answer.counts
    arrived.value = merged.arrived
    const leaves = new Map([...left.value].filter(([id]) => merged.left.some((row) => row.id === id)))
    for (const row of merged.taken) if (row.holder) leaves.set(row.id, { why: 'taken', by: row.holder.name })
    const unknown = merged.left.filter(({ id }) => !leaves.has(id))
    for (const row of unknown) leaves.set(row.id, { why: row.holder?.mine && list.value === 'unassigned' ? 'mine' : 'moved' })
    left.value = leaves
    await Promise.all(unknown.filter(({ id }) => leaves.get(id)?.why === 'moved').slice(0, askedAbout).map(askWhy))
  }

  /** Shows what has arrived meanwhile; rows that left go now. */
  async function showArrived(): Promise<void> {
    await fetchFirst()
  }

  /** The task is done with here: its row goes, the next one becomes current. */
  function drop(taskId: string): void {
    const at = rows.value.findIndex(({ id }) => id === taskId)
    if (at < 0) return
    if (currentId.value === taskId) currentId.value = rows.value[at + 1]?.id ?? rows.value[at - 1]?.id ?? ''
    rows.value = rows.value.filter(({ id }) => id !== taskId)
  }

  /** A claim or a release answered with the row as it is now. */
  function replace(row: TaskRow): void {
    rows.value = rows.value.map((each) => (each.id === row.id ? row : each))
    left.value = new Map([...left.value].filter(([id]) => id !== row.id))
  }

  /** The row before or after a task in the open list. */
  function neighbor(taskId: string, step: 1 | -1): TaskRow | undefined {
    const at = rows.value.findIndex(({ id }) => id === taskId)
    return at < 0 ? undefined : rows.value[at + step]
  }

  async function askWhy({ id }: TaskRow): Promise<void> {
    const why = await fetchTask(id, session.language, { background: true }).then(
      ({ task }): Leave =>
        task.state === 'gone' ? { why: 'gone' }
        : task.state !== 'open' ? { why: 'done' }
        : task.holder && !task.holder.mine ? { why: 'taken', by: task.holder.name }
        : { why: 'moved' },
      // No right to see it any more, or no answer: the row says only that it has moved.
      (): Leave => ({ why: 'moved' }),
    )
    if (left.value.has(id)) left.value = new Map(left.value).set(id, why)
  }

  /** The answer as it is, from the top. */
  function show(answer: TaskList): void {
    silence.value = null
    counts.value = answer.counts
    arrived.value = []
    left.value = new Map()
    rows.value = answer.rows
    next.value = answer.next
    scrollTop.value = 0
    if (!answer.rows.some(({ id }) => id === currentId.value)) currentId.value = answer.rows[0]?.id ?? ''
  }

  function question() {
    return { list: list.value, q: q.value, language: session.language }
  }

  return {
    list, q, rows, next, counts, arrived, left, loading, loadingMore, failure, moreFailure, silence, currentId, scrollTop, complete, place, total,
    open, fetchFirst, more, lookOver, showArrived, drop, replace, neighbor,
  }
})
