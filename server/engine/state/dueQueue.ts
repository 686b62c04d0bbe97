import type { StartTimerRow } from '../store/rows.ts'
import type { DueRow } from '../store/store.ts'

/** Moments further away than this are left in the store: a job's deadline is rarely reached, so it should cost no memory. */
const WINDOW_MS = 10_000

/** Read at once from the store, per kind. */
export const DUE_PAGE = 2000

/** When a process begins by itself, as an entry of the queue. */
export function startMomentOf({ key, definitionKey, dueAt }: StartTimerRow): DueRow {
  return { kind: 'start-timer', key, owner: definitionKey, dueAt }
}

/**
 * Timers of instances and processes, job deadlines and ends of messages that come up soon. Promise: everything due before
 * `horizon` is here. An entry may be out of date (the job was completed meanwhile); whoever acts on it looks again.
 */
export class DueQueue {
  readonly #heap: DueRow[] = []
  #horizon = -Infinity

  /** The moment at which something has to be done: act on the first entry, or read on in the store. */
  get nextMs(): number {
    return Math.min(this.#heap[0]?.dueAt ?? Infinity, this.#horizon)
  }

  isUnread(nowMs: number): boolean {
    return this.#horizon <= nowMs
  }

  /** How many entries are due. Looks at those and their neighbors only. */
  countDue(nowMs: number): number {
    let count = 0
    const look = [0]
    for (let at = look.pop(); at !== undefined; at = look.pop()) {
      const row = this.#heap[at]
      if (row === undefined || row.dueAt > nowMs) continue
      count++
      look.push(at * 2 + 1, at * 2 + 2)
    }
    return count
  }

  add(row: DueRow, nowMs: number): void {
    if (row.dueAt >= this.#horizon) return
    if (row.dueAt <= nowMs + WINDOW_MS) this.#push(row)
    else this.#horizon = row.dueAt
  }

  /** Takes out what is due, at most `limit` entries. */
  take(nowMs: number, limit: number): DueRow[] {
    const due: DueRow[] = []
    while (due.length < limit && this.#heap[0] !== undefined && this.#heap[0].dueAt <= nowMs) due.push(this.#pop())
    return due
  }

  /**
   * Takes in the store's first moments of each kind, whatever was known before. `recent` are those decided on since the
   * last commit and those that are always in memory, `isGone` tells which of the page have been undone since.
   */
  absorb(page: DueRow[], limit: number, recent: DueRow[], isGone: (row: DueRow) => boolean, nowMs: number): void {
    this.#heap.length = 0
    this.#horizon = Infinity
    for (const kind of ['job', 'timer', 'message'] as const) {
      const rows = page.filter((each) => each.kind === kind)
      // A full page says nothing about what comes after its last moment.
      if (rows.length >= limit) this.#horizon = Math.min(this.#horizon, Math.max(rows.at(-1)!.dueAt, nowMs + 1))
    }
    const fresh = new Set(recent.map((each) => each.kind + each.key))
    for (const row of page) if (!fresh.has(row.kind + row.key) && !isGone(row)) this.#take(row, nowMs)
    for (const row of recent) this.#take(row, nowMs)
  }

  // What is due now is taken even beyond the horizon, else a page full of one moment would never be passed.
  #take(row: DueRow, nowMs: number): void {
    if (row.dueAt <= nowMs) this.#push(row)
    else this.add(row, nowMs)
  }

  #push(row: DueRow): void {
    const heap = this.#heap
    let at = heap.push(row) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]!.dueAt <= row.dueAt) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = row
  }

  #pop(): DueRow {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.dueAt < heap[child]!.dueAt) child++
      if (heap[child]!.dueAt >= last.dueAt) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first
  }
}
