import { compareKeys, type Key } from '../key.ts'

export interface ReadyJob {
  readonly key: Key
  readonly instanceKey: Key
  /** Place in the queue. A job that was activated and came back has a new one, so an old entry is told by it. */
  readonly ready: Key
}

interface TypeQueue {
  jobs: ReadyJob[]
  head: number
  /** All ready jobs of the type in the store are in `jobs`. */
  isComplete: boolean
  /** The store's page was read up to here. */
  readTo: Key
}

/** More waiting jobs of one type than this are left in the store until they come up. */
export const READY_IN_MEMORY = 1000

/**
 * Jobs that wait for a worker, first come first served, by type. Holds a window on the store:
 * new jobs are added while it is complete, after that they are read from the store in their turn.
 */
export class ReadyJobs {
  readonly #queues = new Map<string, TypeQueue>()
  #news = new Map<string, ReadyJob[]>()

  /** The next job of the type in memory, taken out of the queue. */
  take(type: string): ReadyJob | undefined {
    const queue = this.#queues.get(type)
    const job = queue?.jobs[queue.head]
    if (!queue || !job) return undefined
    queue.head++
    if (queue.head > 64 && queue.head * 2 > queue.jobs.length) {
      queue.jobs.splice(0, queue.head)
      queue.head = 0
    }
    return job
  }

  /** Puts jobs that were taken back to the front, in their order. */
  putBack(type: string, jobs: ReadyJob[]): void {
    const queue = this.#queue(type)
    queue.jobs.splice(0, queue.head, ...jobs)
    queue.head = 0
  }

  /** Takes a job given away past the queue out of it again; it stands near the end, because it has just come up. */
  withdraw(type: string, job: ReadyJob): void {
    const { jobs, head } = this.#queue(type)
    const at = jobs.lastIndexOf(job)
    if (at >= head) jobs.splice(at, 1)
  }

  add(type: string, job: ReadyJob): void {
    const news = this.#news.get(type)
    if (news) news.push(job)
    else this.#news.set(type, [job])
    const queue = this.#queue(type)
    if (!queue.isComplete) return
    if (queue.jobs.length - queue.head >= READY_IN_MEMORY) {
      queue.isComplete = false
      queue.readTo = queue.jobs.at(-1)!.ready
      return
    }
    queue.jobs.push(job)
  }

  /** Jobs that became ready since the last question, by type. */
  takeNews(): Map<string, ReadyJob[]> {
    const news = this.#news
    if (news.size > 0) this.#news = new Map()
    return news
  }

  hasSome(type: string): boolean {
    const queue = this.#queues.get(type)
    return queue !== undefined && queue.head < queue.jobs.length
  }

  /** Where to go on reading from the store, or undefined if memory holds all there is. */
  unread(type: string): Key | undefined {
    const queue = this.#queue(type)
    return queue.isComplete || queue.head < queue.jobs.length ? undefined : queue.readTo
  }

  /** Takes in a page of the store, and the jobs decided on since (`recent`), of which the store knows nothing yet. */
  absorb(type: string, page: ReadyJob[], isLast: boolean, recent: ReadyJob[]): void {
    const queue = this.#queue(type)
    queue.jobs.push(...page)
    queue.readTo = page.at(-1)?.ready ?? queue.readTo
    if (!isLast) return
    queue.isComplete = true
    const listed = new Set(page.map((each) => each.ready))
    queue.jobs.push(...recent.filter((each) => !listed.has(each.ready)).sort((a, b) => compareKeys(a.ready, b.ready)))
  }

  #queue(type: string): TypeQueue {
    let queue = this.#queues.get(type)
    if (!queue) {
      queue = { jobs: [], head: 0, isComplete: false, readTo: '0' }
      this.#queues.set(type, queue)
    }
    return queue
  }
}
