import { Socket } from 'node:net'
import pg from 'pg'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'

/**
 * So long may the database take over one statement, whose work is a page of rows at most. A line that was cut without a word (a firewall
 * that forgot it, a machine that lost power) is told from a slow answer by nothing else, and TCP itself waits for a quarter of an hour.
 */
export const ANSWER_WITHIN_MS = 10_000

/** A database that is there greets and takes leave sooner; while it is not, the next try should not be far. */
const GREETING_WITHIN_MS = 5_000

/** Moving a month of history is the one thing that may take long. */
const PATIENCE_MS = 600_000

export interface ConnectionOptions {
  url: string
  /** Times the answers. Not the engine's clock, which tests move by days while a statement is under way. */
  wire: Clock
  log: Log
}

/** The writer's line to PostgreSQL: one whose other end has fallen silent counts as lost, and what was asked fails. */
export class Connection extends pg.Client {
  readonly #socket: Socket
  readonly #wire: Clock
  #withinMs = ANSWER_WITHIN_MS
  #askedMs: number | undefined
  #underWay = 0
  #isAbandoned = false
  #hasAnswered = false
  #hasEnded = false

  constructor({ url, wire, log }: ConnectionOptions) {
    const socket = new Socket()
    super({ connectionString: url, application_name: 'salter-engine', keepAlive: true, stream: () => socket })
    this.#socket = socket
    this.#wire = wire
    // Without a listener a cut connection would end the process; the next statement reports it.
    this.on('error', (error) => {
      if (!this.#isAbandoned) log.warn('engine-connection-lost', { error })
    })
    this.on('end', () => (this.#hasEnded = true))
    const [connect, query, end] = [this.connect.bind(this), this.query.bind(this), this.end.bind(this)]
    this.connect = (() => this.#answered(connect(), GREETING_WITHIN_MS)) as pg.Client['connect']
    this.query = ((...question: [string]) => this.#answered(query(...question), this.#withinMs)) as pg.Client['query']
    this.end = (() => this.#answered(end(), GREETING_WITHIN_MS)) as pg.Client['end']
  }

  /** For how long the database has owed an answer; 0 when it owes none. */
  get silentMs(): number {
    return this.#askedMs === undefined ? 0 : this.#wire.now() - this.#askedMs
  }

  /** It was there, and is no more. */
  get isLost(): boolean {
    return this.#hasAnswered && this.#hasEnded
  }

  /** Work that may take long. */
  async patiently(work: () => Promise<void>): Promise<void> {
    this.#withinMs = PATIENCE_MS
    try {
      await work()
    } finally {
      this.#withinMs = ANSWER_WITHIN_MS
    }
  }

  /** Ends it without a word to the other side, which may not listen. */
  abandon(): void {
    this.#isAbandoned = true
    this.#socket.destroy()
  }

  async #answered<T>(answer: Promise<T>, withinMs: number): Promise<T> {
    this.#underWay++
    this.#askedMs ??= this.#wire.now()
    const cancel = this.#wire.at(this.#wire.now() + withinMs, () => this.#socket.destroy(
      new Error(`Expected an answer from the database within ${withinMs} ms, but there was none, so the connection counts as lost`)))
    try {
      const answered = await answer
      this.#hasAnswered = true
      return answered
    } catch (error) {
      // PostgreSQL's last word; the end itself is a moment away.
      if (error instanceof pg.DatabaseError && error.severity === 'FATAL') this.#hasEnded = true
      throw error
    } finally {
      cancel()
      if (--this.#underWay === 0) this.#askedMs = undefined
    }
  }
}
