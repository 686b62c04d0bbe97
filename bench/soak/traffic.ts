import { readFile } from 'node:fs/promises'
import { workloadDiagram } from '../engine/workload.ts'
import { Failover, Refused, type Fate } from './failover.ts'
import { Ledger, type Try } from './ledger.ts'

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
  'check-request': 'checkedBy', 'io.camunda.zeebe:userTask': 'decidedBy', 'deliver-act': 'deliveredBy', 'archive-request': 'archivedBy',
}

/** Every so many-th request of a client goes by messages. */
const BY_MESSAGE_EVERY = 4

let counter = 0

/** Clients and workers of municipal requests, who write down what they see. */
export class Traffic {
  readonly #options: TrafficOptions
  readonly #engines: Failover
  readonly #workers: Promise<void>[]
  readonly #doing = new Map<string, string>()
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

  /** Deploys the diagrams and has the workers wait. Nothing is filed yet. */
  static async open(options: TrafficOptions): Promise<Traffic> {
    const traffic = new Traffic(options)
    const { name, content } = await workloadDiagram()
    await traffic.#engines.call((wire) => wire.deploy(name, content))
    const supplement = await readFile(new URL('./supplement.bpmn', import.meta.url), 'utf8')
    await traffic.#engines.call((wire) => wire.deploy('supplement.bpmn', supplement))
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

  /** What each worker is doing at the moment, and since when. */
  doing(): Record<string, string> {
    return Object.fromEntries(this.#doing)
  }

  async close(): Promise<void> {
    await this.pauseFiling()
    this.#isOver = true
    await Promise.all(this.#workers)
    this.#engines.close()
  }

  async #fileRequests(): Promise<void> {
    let filed = 0
    while (this.#isFiling) {
      if (++filed % BY_MESSAGE_EVERY === 0) await this.#fileByMessages()
      else await this.#file()
      if (this.#options.pauseMs > 0) await new Promise((resume) => setTimeout(resume, this.#options.pauseMs))
    }
  }

  async #file(): Promise<void> {
    const { ledger } = this
    let attempt = 0
    let sentMs = 0
    const told = (fate: Fate): void => {
      // Each try is an attempt of its own: of one without an answer nobody knows whether it came to be.
      if (fate === 'unknown') [attempt, sentMs] = [++counter, performance.now()]
      ledger.attempts.set(attempt, fate)
    }
    const key = await this.#engines.call((wire) => wire.create(JSON.stringify({ attempt, copies: 2 })), told)
    ledger.created.set(key, attempt)
    this.#tell(sentMs)
  }

  /** One message starts the instance, another goes on with it. Both are sent once more than they need be. */
  async #fileByMessages(): Promise<void> {
    const caseId = `case-${++counter}`
    await this.#publish('soak-filed', caseId, 'filedBy')
    await this.#publish('soak-filed', caseId, 'filedBy')
    await this.#publish('soak-supplied', caseId, 'suppliedBy')
    await this.#publish('soak-supplied', caseId, 'suppliedBy')
  }

  async #publish(name: string, caseId: string, variable: string): Promise<void> {
    const messageId = `${name} ${caseId}`
    const { messages } = this.ledger
    const message = messages.get(messageId) ?? { caseId, variable, tries: [] }
    messages.set(messageId, message)
    let sent: Try
    const told = tries(message.tries, (made) => (sent = made))
    await this.#engines.call((wire) => wire.publish({
      name, correlationKey: caseId, messageId, variables: JSON.stringify({ caseId, [variable]: sent.token }),
    }), told).catch(unlessRefused)
  }

  #tell(sentMs: number): void {
    for (const { sinceMs, resolve } of this.#awaited) if (sinceMs <= sentMs) resolve()
    this.#awaited = this.#awaited.filter(({ sinceMs }) => sinceMs > sentMs)
  }

  async #work(type: string, worker: string): Promise<void> {
    while (!this.#isOver) {
      this.#doing.set(worker, `asks since ${new Date().toISOString()}`)
      for (const { key, instanceKey, deadlineMs } of await this.#engines.call((wire) => wire.take(type, worker))) {
        this.#doing.set(worker, `completes ${key} since ${new Date().toISOString()}`)
        this.ledger.granted(key, { deadlineMs, worker })
        await this.#complete(key, instanceKey, variableOf[type]!)
      }
    }
  }

  async #complete(jobKey: string, instanceKey: string, variable: string): Promise<void> {
    const { ledger } = this
    let sent: Try
    const list = { push: (made: Try) => ledger.completing(jobKey, Object.assign(made, { instanceKey, variable })) }
    const told = tries(list, (made) => (sent = made))
    // Refused when the answer to an earlier try was lost and the deed was not, or another worker has done it after this one's time.
    await this.#engines.call((wire) => wire.complete(jobKey, JSON.stringify({ complete: true, [variable]: sent.token })), told)
      .catch(unlessRefused)
  }
}

/** Writes each try down, with a token of its own, before it is sent, and what became of it. */
function tries(list: { push(made: Try): unknown }, each: (made: Try) => void): (fate: Fate) => void {
  let made: Try
  return (fate) => {
    if (fate === 'unknown') {
      made = { token: String(++counter), fate }
      list.push(made)
      each(made)
    } else {
      made.fate = fate
    }
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}
