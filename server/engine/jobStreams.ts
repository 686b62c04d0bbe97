import type { ActivatedJob, StreamJobs } from './commands/activateJobs.ts'

/** Who is at the other end of a stream of jobs. */
export interface StreamClient {
  /** How many jobs it takes at the moment; 0 while it has not read what it was sent. */
  room(): number
  /** Hands a job on. False when the client has gone, and the job has not reached it. */
  push(job: ActivatedJob): boolean
}

/** A stream that waits for jobs to come up. */
export interface OpenStream {
  readonly request: StreamJobs
  readonly client: StreamClient
  /** Jobs that are meant for it, but whose activation is not kept yet. */
  underWay: number
  isOver: boolean
}

/** Streams by job type. Only what becomes activatable while they are open is pushed to them, in turn. */
export class JobStreams {
  readonly #byType = new Map<string, OpenStream[]>()
  readonly #failures = new Map<OpenStream, (error: Error) => void>()

  get count(): number {
    return this.#failures.size
  }

  /** Resolves when `signal` is aborted; fails when the engine ends. */
  open(request: StreamJobs, client: StreamClient, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream: OpenStream = { request, client, underWay: 0, isOver: false }
      const leave = (): void => {
        this.#close(stream)
        resolve()
      }
      this.#failures.set(stream, (error) => {
        signal.removeEventListener('abort', leave)
        this.#close(stream)
        reject(error)
      })
      signal.addEventListener('abort', leave, { once: true })
      const streams = this.#byType.get(request.type)
      if (streams) streams.push(stream)
      else this.#byType.set(request.type, [stream])
    })
  }

  /** The stream whose turn it is, of those that take another job; it goes to the end of the line. */
  next(type: string): OpenStream | undefined {
    const streams = this.#byType.get(type)
    const at = streams?.findIndex(({ client, underWay }) => client.room() > underWay) ?? -1
    if (at < 0) return undefined
    const [stream] = streams!.splice(at, 1)
    streams!.push(stream!)
    return stream
  }

  failAll(error: Error): void {
    for (const fail of [...this.#failures.values()]) fail(error)
  }

  #close(stream: OpenStream): void {
    stream.isOver = true
    this.#failures.delete(stream)
    const streams = this.#byType.get(stream.request.type)!.filter((each) => each !== stream)
    if (streams.length > 0) this.#byType.set(stream.request.type, streams)
    else this.#byType.delete(stream.request.type)
  }
}
