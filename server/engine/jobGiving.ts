import { activateJob, bytesOf, returnJob, type ActivateJobs, type ActivatedJob } from './commands/activateJobs.ts'
import type { JobStreams, OpenStream } from './jobStreams.ts'
import { READY_IN_MEMORY, type ReadyJob } from './state/readyJobs.ts'
import type { Turn } from './turn.ts'
import type { WaitingWorker, WaitingWorkers } from './waitingWorkers.ts'

/** What one poll may keep in memory until it is sent. A worker that wants more asks again. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024

/** Gives ready jobs to open streams, then to waiting workers, in the same commit in which they came up. */
export class JobGiving {
  /** Types to look at in this turn: somebody has asked, or jobs were loaded. */
  #types = new Set<string>()

  constructor(
    readonly workers: WaitingWorkers,
    readonly streams: JobStreams,
    readonly turn: Turn,
  ) {}

  get isWanted(): boolean {
    return this.#types.size > 0
  }

  lookAt(type: string): void {
    this.#types.add(type)
  }

  giveJobs(): void {
    for (const [type, jobs] of this.turn.state.ready.takeNews()) {
      this.#push(type, jobs)
      if (this.workers.first(type)) this.#types.add(type)
    }
    const types = this.#types
    this.#types = new Set()
    for (const type of types) {
      for (let worker = this.workers.first(type); worker; worker = this.workers.first(type)) {
        if (!this.#giveTo(worker)) break
      }
    }
  }

  /** Gives what has just come up to the streams that have room. The rest waits in the queue for someone to ask. */
  #push(type: string, jobs: readonly ReadyJob[]): void {
    const { state } = this.turn
    for (const entry of jobs) {
      const job = state.job(entry.key)
      if (job?.ready !== entry.ready) continue
      const stream = this.streams.next(type)
      if (!stream) return
      state.ready.withdraw(type, entry)
      const activated = activateJob(this.turn.newDecision(), job, stream.request)
      if (!activated) continue
      stream.underWay++
      this.turn.answer((error) => this.#handOn(stream, activated, error))
    }
  }

  #handOn(stream: OpenStream, job: ActivatedJob, error?: Error): void {
    stream.underWay--
    if (error || (!stream.isOver && stream.client.push(job))) return
    // The client left between the decision and now.
    this.turn.enqueue(returnJob, { jobKey: job.key, deadline: job.deadline })
  }

  /** False when the worker has to go on waiting. */
  #giveTo(worker: WaitingWorker): boolean {
    const { request } = worker
    const { state, loading } = this.turn
    const taken = this.#takeReady(request)
    const unloaded = taken.filter((each) => !state.instances.has(each.instanceKey))
    if (unloaded.length > 0) {
      state.ready.putBack(request.type, taken)
      for (const { instanceKey } of unloaded) loading.want.instance(instanceKey)
      this.#types.add(request.type)
      return false
    }
    const jobs = this.#activate(request, taken)
    if (jobs.length > 0) {
      this.workers.takeFirst(request.type)
      this.turn.answer((error) => this.#deliver(worker, jobs, error))
      return true
    }
    // All of them were too large to be sent, and have become incidents: look at the next.
    if (taken.length > 0) return true
    const after = state.ready.unread(request.type)
    if (after !== undefined) {
      loading.want.ready(request.type, after)
      this.#types.add(request.type)
      return false
    }
    if (worker.waits) return false
    this.workers.takeFirst(request.type)
    this.turn.answer((error) => this.#deliver(worker, [], error))
    return true
  }

  /** The next jobs of the queue that still are what they were when they came into it, as far as memory can tell. */
  #takeReady({ type, maxJobsToActivate }: ActivateJobs): ReadyJob[] {
    const { state, loading } = this.turn
    const taken: ReadyJob[] = []
    while (taken.length < Math.min(maxJobsToActivate, READY_IN_MEMORY)) {
      const next = state.ready.take(type)
      if (!next) break
      const isLoaded = state.instances.has(next.instanceKey)
      // One that was looked for and not found has ended since; one that changed has another place in the queue.
      const isOver = isLoaded ? state.job(next.key)?.ready !== next.ready : loading.wasMissed(next.instanceKey)
      if (!isOver) taken.push(next)
    }
    return taken
  }

  #activate(request: ActivateJobs, taken: ReadyJob[]): ActivatedJob[] {
    const { state } = this.turn
    const jobs: ActivatedJob[] = []
    let bytes = 0
    for (const [index, { key }] of taken.entries()) {
      if (bytes >= MOST_ANSWER_BYTES) {
        state.ready.putBack(request.type, taken.slice(index))
        break
      }
      const activated = activateJob(this.turn.newDecision(), state.job(key)!, request)
      if (!activated) continue
      bytes += bytesOf(activated)
      jobs.push(activated)
    }
    return jobs
  }

  #deliver(worker: WaitingWorker, jobs: ActivatedJob[], error?: Error): void {
    if (error) return worker.fail(error)
    if (!worker.isOver) return worker.answer(jobs)
    // The worker left between the decision and now.
    for (const { key, deadline } of jobs) this.turn.enqueue(returnJob, { jobKey: key, deadline })
  }
}
