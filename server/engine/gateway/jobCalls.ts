/** The two calls that bring jobs: one poll, and one stream that stays open. A client that goes away loses no job. */
import type { ServerWritableStream } from '@grpc/grpc-js'
import type { ActivatedJob } from '../engine.ts'
import { endWith, type Door } from './door.ts'
import { showJob, showJobs, toPortions } from './replies.ts'
import { toActivateJobs, toStreamJobs, type WireActivateJobs, type WireStreamJobs } from './requests.ts'

type PollCall = ServerWritableStream<WireActivateJobs, unknown>
type StreamCall = ServerWritableStream<WireStreamJobs, unknown>

/** Waits for jobs, sends them in messages of a size that clients take, ends. What does not get out goes back to the queue. */
export function pollJobs({ engine, log, enter }: Door) {
  return (call: PollCall): void => {
    const left = leavingOf(call)
    const poll = async (): Promise<void> => {
      await enter(call.metadata)
      const jobs = await engine.activateJobs(toActivateJobs(call.request), left)
      await afterAnswers()
      const unsent = new Set(jobs)
      for (const portion of toPortions(jobs)) {
        if (!(await isSent(call, showJobs(portion), left))) break
        for (const job of portion) unsent.delete(job)
      }
      if (unsent.size > 0) return engine.returnJobs([...unsent])
      call.end()
    }
    poll().catch((error: unknown) => endWith(error, 'ActivateJobs', call, log))
  }
}

/**
 * Pushes jobs as they come up, no faster than the client reads them: what it has no room for stays in the queue, for others
 * or for a poll. Ends when the client leaves, or with UNAVAILABLE when the engine does.
 */
export function streamJobs({ engine, log, enter }: Door) {
  return (call: StreamCall): void => {
    const left = leavingOf(call)
    const unsent = new Set<ActivatedJob>()
    const client = {
      room: () => call.writableHighWaterMark - unsent.size,
      push(job: ActivatedJob): boolean {
        if (left.aborted) return false
        unsent.add(job)
        void afterAnswers().then(() => call.write(showJob(job), (error?: Error | null) => void (error ?? unsent.delete(job))))
        return true
      },
    }
    const stream = async (): Promise<void> => {
      await enter(call.metadata)
      await engine.streamJobs(toStreamJobs(call.request), client, left)
      await engine.returnJobs([...unsent])
    }
    stream().catch((error: unknown) => endWith(error, 'StreamActivatedJobs', call, log))
  }
}

/**
 * Lets what was committed together be answered first: whoever starts an instance learns its key before a worker gets its job,
 * as with a broker, which is asked for jobs only then. Programs (and their tests) that cancel at once count on it.
 */
function afterAnswers(): Promise<void> {
  return new Promise((resume) => setImmediate(resume))
}

/** Aborted when the client cancels, runs out of time or is cut off. */
function leavingOf(call: PollCall | StreamCall): AbortSignal {
  const left = new AbortController()
  call.on('cancelled', () => left.abort())
  return left.signal
}

/** Writes one message. False when the client left before it could take it. */
function isSent(call: PollCall, message: object, left: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (left.aborted) return resolve(false)
    left.addEventListener('abort', () => resolve(false), { once: true })
    // A client that left as it came is noticed only by writing to it, and a moment later.
    call.write(message, (error?: Error | null) => void setImmediate(() => resolve(!error && !left.aborted)))
  })
}
