import { status } from '@grpc/grpc-js'
import { workloadDiagram } from '../engine/workload.ts'
import { Failover } from './failover.ts'
import { Ledger } from './ledger.ts'

export interface TrafficOptions {
  /** Of the engines, one of which serves. */
  readonly addresses: readonly string[]
  readonly clients: number
  /** For each job type. */
  readonly workers: number
  /** How long a job belongs to the worker it was given to. */
  readonly jobMs: number
  /** Between a client's request and its next. */
  readonly pauseMs: number
}

/** The variable in which the completion of a job of each type leaves its token. */
const variableOf: Readonly<Record<string, string>> = {
  'check-request': 'checkedBy', 'io.camunda.zeebe:userTask': 'decidedBy', 'deliver-act': 'deliveredBy',
}

let counter = 0

/** Clients and workers of municipal requests, who write down what they see. */
export class Traffic {
  readonly #options: TrafficOptions
  readonly #engines: Failover
  readonly #workers: Promise<void>[]
  #clients: Promise<void>[] = []
  #isFiling = false
  #isOver = false
  #awaited: { sinceMs: number; resolve: () => void }[] = []
  ledger = new Ledger()

  private constructor(options: TrafficOptions) {
    this.#options = options
    this.#engines = new Failover(options.addresses, options.jobMs)
    this.#workers = Object.keys(variableOf).flatMap((type) =>
      Array.from({ length: options.workers }, (_, index) => this.#work(type, `${type}-${index}`)))
  }

  /** Deploys the diagram and has the workers wait. Nothing is filed yet. */
  static async open(options: TrafficOptions): Promise<Traffic> {
    const traffic = new Traffic(options)
    const resource = await workloadDiagram()
    await traffic.#engines.call((caller) => caller.deploy(resource))
    return traffic
  }

  /** Clients file requests one after the other until {@link Traffic.pauseFiling}. */
  file(): void {
    this.#isFiling = true
    this.#clients = Array.from({ length: this.#options.clients }, () => this.#fileRequests())
  }

  /** Resolves when no request is under way; those that were filed go on. */
  async pauseFiling(): Promise<void> {
    this.#isFiling = false
    await Promise.all(this.#clients)
  }

  /** Resolves when a request that is sent from now on is acknowledged. */
  nextAcknowledged(): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ sinceMs: performance.now(), resolve }))
  }

  async close(): Promise<void> {
    await this.pauseFiling()
    this.#isOver = true
    await Promise.all(this.#workers)
    await this.#engines.close()
  }

  async #fileRequests(): Promise<void> {
    while (this.#isFiling) {
      const filed = await this.#engines.call(async (caller) => {
        // Each try is an attempt of its own: of one without an answer nobody knows whether it came to be.
        const attempt = ++counter
        const sentMs = performance.now()
        this.ledger.attempts.add(attempt)
        return { key: await caller.create(JSON.stringify({ attempt, copies: 2 })), attempt, sentMs }
      })
      this.ledger.created.set(filed.key, filed.attempt)
      this.#tell(filed.sentMs)
      if (this.#options.pauseMs > 0) await new Promise((resume) => setTimeout(resume, this.#options.pauseMs))
    }
  }

  #tell(sentMs: number): void {
    for (const { sinceMs, resolve } of this.#awaited) if (sinceMs <= sentMs) resolve()
    this.#awaited = this.#awaited.filter(({ sinceMs }) => sinceMs > sentMs)
  }

  async #work(type: string, worker: string): Promise<void> {
    while (!this.#isOver) {
      for (const job of await this.#engines.call((caller) => caller.take(type, worker))) {
        this.ledger.granted(job.key, { deadlineMs: job.deadlineMs, worker })
        await this.#complete(job.key, job.instanceKey, variableOf[type]!)
      }
    }
  }

  async #complete(jobKey: string, instanceKey: string, variable: string): Promise<void> {
    try {
      await this.#engines.call(async (caller) => {
        const completion = { instanceKey, variable, token: String(++counter), isAcknowledged: false }
        this.ledger.completing(jobKey, completion)
        await caller.complete(jobKey, JSON.stringify({ complete: true, [variable]: completion.token }))
        completion.isAcknowledged = true
      })
    } catch (error) {
      // The answer to an earlier try was lost, the deed was not; or the job's time was up and another worker has done it.
      if ((error as { code: number }).code !== status.NOT_FOUND) throw error
    }
  }
}
