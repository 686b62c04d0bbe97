/**
 * The one writer. Commands are decided in memory the moment all they need is there; whatever was decided while a commit
 * was under way shares the next one; an answer leaves only after its own commit. Loads and commits take turns on the
 * store, so a load always shows the last commit, and what is in memory beyond it is in `state.changes`.
 */
import type { Clock } from '../base/clock.ts'
import { Outage } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { ActivateJobs, ActivatedJob } from './commands/activateJobs.ts'
import { activateJob, returnJob } from './commands/activateJobs.ts'
import { dueCommands } from './commands/actOnDue.ts'
import { checkSubscription } from './commands/checkSubscription.ts'
import type { Command } from './commands/command.ts'
import { releaseMessageStart } from './commands/releaseMessageStart.ts'
import type { Decision, FollowUp } from './behaviors/decision.ts'
import { visibleJson } from './behaviors/variables.ts'
import { apply } from './events/index.ts'
import type { EngineEvent } from './events/event.ts'
import { KeyCounter, type Key } from './key.ts'
import { Loading } from './loading.ts'
import { PendingChanges } from './state/pendingChanges.ts'
import { toDefinition } from './state/definitions.ts'
import type { Instance } from './state/instance.ts'
import { READY_IN_MEMORY, type ReadyJob } from './state/readyJobs.ts'
import { State, type MemoryLimits } from './state/state.ts'
import { Fenced, type Store } from './store/store.ts'
import { WaitingWorkers, type WaitingWorker } from './waitingWorkers.ts'

/** More is asked than can be done: the caller has to slow down. */
export class Overload extends Error {
  override readonly name = 'Overload'
}

/** The instance did not end in the time its caller wanted to wait. It goes on. */
export class ResultTimeout extends Error {
  override readonly name = 'ResultTimeout'
}

export interface EngineFacts {
  commits: number
  commands: number
  waitingWorkers: number
  instancesInMemory: number
  isServing: boolean
}

export interface WriterOptions {
  store: Store
  clock: Clock
  log: Log
  limits?: MemoryLimits
  onEvent?: (event: EngineEvent) => void
}

/** Commands that are decided or wait to be, but not answered, beyond which new ones are turned away. */
const MOST_UNANSWERED = 20_000

/** So many due moments are acted on per commit at most, so that a minute with 100,000 of them does not hold up commands. */
const DUE_AT_ONCE = 200

/** Answers under 4 MB are what gRPC clients take; the rest is for the envelope. */
const MOST_ANSWER_CHARS = 3_500_000

const LOST_CONNECTION_WAIT_MS = 500

/** A sign of life to standbys, when no commit gives one. */
const BEAT_MS = 1000

interface Group {
  changes: PendingChanges
  /** Called when the group is kept, or with the error that kept it from being so. */
  answers: ((error?: Error) => void)[]
}

export class Writer {
  readonly #options: WriterOptions
  readonly #workers: WaitingWorkers
  readonly #results = new Map<Key, { names: readonly string[]; keep: (variables: string) => void; fail: (error: Error) => void }>()
  #state: State
  #keys = new KeyCounter()
  #loading: Loading
  #answers: Group['answers'] = []
  #unanswered = 0
  #typesToServe = new Set<string>()
  #dueUnderWay = 0
  #isServing = false
  #isClosing = false
  #isBeatDue = false
  #commits = 0
  #commands = 0
  #wake: (() => void) | undefined
  #isAwake = false
  #cancelDue = (): void => undefined
  #cancelBeat = (): void => undefined
  #dueSetFor = Infinity
  #idle: (() => void)[] = []
  #ended: Promise<void> = Promise.resolve()
  readonly #stop = new AbortController()

  constructor(options: WriterOptions) {
    this.#options = options
    this.#workers = new WaitingWorkers(options.clock)
    this.#state = new State(options.limits)
    this.#loading = new Loading(this.#state)
  }

  /** Waits for the lease, then begins to serve. */
  async open(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#stop.abort(signal.reason), { once: true })
    await this.#openStore()
    this.#ended = this.#serve()
  }

  /** Decides a command as soon as all it needs is in memory, and answers when that is kept. A refusal waits as well: it may rest on what is not kept yet. */
  submit<Request, Reply>(command: Command<Request, Reply>, request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (!this.#isServing || this.#isClosing) return reject(new Outage('engine'))
      if (this.#unanswered >= MOST_UNANSWERED) return reject(new Overload('Expected fewer commands at a time, so slow down'))
      this.#unanswered++
      this.#commands++
      this.#enqueue(command, request, (outcome) => {
        this.#answers.push((error) => {
          this.#unanswered--
          if (error) reject(error)
          else if ('refusal' in outcome) reject(outcome.refusal)
          else resolve(outcome.reply)
        })
      }, (error) => {
        this.#unanswered--
        reject(error)
      })
    })
  }

  /** Waits for jobs until a moment; without one it takes what there is. */
  async activate(request: ActivateJobs, untilMs: number | undefined, signal?: AbortSignal): Promise<ActivatedJob[]> {
    if (!this.#isServing || this.#isClosing) throw new Outage('engine')
    if (signal?.aborted) return []
    const waiting = this.#workers.add(request, untilMs ?? Infinity, signal)
    if (untilMs === undefined) this.#answerEmpty.add(request)
    this.#typesToServe.add(request.type)
    this.#rouse()
    return waiting
  }

  // Requests that do not wait: answered with nothing when there is nothing.
  readonly #answerEmpty = new WeakSet<ActivateJobs>()

  /** Prepares to be told of an instance's end. `created` goes into the command that creates it. */
  expectResult(untilMs: number, names: readonly string[]) {
    let expected: Key | undefined
    let settle: { keep: (variables: string) => void; fail: (error: Error) => void }
    const promise = new Promise<string>((resolve, reject) => (settle = { keep: resolve, fail: reject }))
    promise.catch(() => undefined) // nobody may be listening yet when it fails
    const cancelTimer = this.#options.clock.at(untilMs, () => settle.fail(new ResultTimeout('Time out between gateway and broker: the process instance has not ended yet')))
    return {
      created: (instance: Instance): void => {
        expected = instance.key
        this.#results.set(instance.key, { names, ...settle })
      },
      result: {
        promise,
        cancel: (): void => {
          cancelTimer()
          if (expected) this.#results.delete(expected)
        },
      },
    }
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
      this.#rouse()
    })
  }

  facts(): EngineFacts {
    return {
      commits: this.#commits, commands: this.#commands, waitingWorkers: this.#workers.count,
      instancesInMemory: this.#state.instances.size, isServing: this.#isServing,
    }
  }

  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true
      this.#stop.abort(new Outage('engine'))
      this.#rouse()
    }
    await this.#ended
  }

  // ---------------------------------------------------------------- deciding

  #enqueue<Request, Reply>(
    command: Command<Request, Reply>,
    request: Request,
    decided: (outcome: { reply: Reply } | { refusal: Error }) => void,
    failed: (error: Error) => void,
  ): void {
    this.#loading.whenReady(() => command.needs(request, this.#state), {
      ready: () => {
        decided(this.#decide(command, request))
        this.#rouse()
      },
      failed,
    })
    this.#rouse()
  }

  #decide<Request, Reply>(command: Command<Request, Reply>, request: Request): { reply: Reply } | { refusal: Error } {
    const decision = this.#newDecision()
    try {
      const reply = command.decide(request, decision)
      for (const work of decision.followUps) this.#followUp(work)
      return { reply }
    } catch (error) {
      if (decision.hasRecorded) this.#fault ??= error as Error
      return { refusal: error as Error }
    }
  }

  // A decision that broke off half-way has left the state in doubt: everything since the last commit is given up.
  #fault: Error | undefined

  #newDecision() {
    const state = this.#state
    const nowMs = this.#options.clock.now()
    const { onEvent } = this.#options
    const keys = this.#keys
    const decision = {
      state,
      nowMs,
      hasRecorded: false,
      followUps: [] as FollowUp[],
      nextKey: () => keys.next(),
      record: (event: EngineEvent): void => {
        decision.hasRecorded = true
        onEvent?.(event)
        apply(state, event, nowMs)
      },
      follow: (work: FollowUp): void => void decision.followUps.push(work),
      ended: (instance: Instance, outcome: 'completed' | 'terminated'): void => {
        if (outcome === 'completed') this.#tellResult(instance)
        if (instance.correlationKey !== '') decision.follow({ do: 'release-message-start', correlationKey: instance.correlationKey, processId: instance.model.id })
      },
    } satisfies Decision & Record<string, unknown>
    return decision
  }

  #followUp(work: FollowUp): void {
    const ignore = (): void => undefined
    if (work.do === 'check-subscription') this.#enqueue(checkSubscription, work, ignore, ignore)
    else this.#enqueue(releaseMessageStart, work, ignore, ignore)
  }

  #tellResult(instance: Instance): void {
    const expected = this.#results.get(instance.key)
    if (!expected) return
    const variables = visibleJson(instance.root, expected.names)
    this.#answers.push((error) => (error ? expected.fail(error) : expected.keep(variables)))
  }

  // ---------------------------------------------------------------- jobs to workers

  /** Gives ready jobs to waiting workers, in the same commit in which they came up. */
  #giveJobs(): void {
    for (const type of this.#state.ready.takeNews()) if (this.#workers.first(type)) this.#typesToServe.add(type)
    const types = this.#typesToServe
    this.#typesToServe = new Set()
    for (const type of types) {
      for (let worker = this.#workers.first(type); worker; worker = this.#workers.first(type)) {
        if (!this.#giveTo(worker)) break
      }
    }
  }

  /** False when the worker has to go on waiting. */
  #giveTo(worker: WaitingWorker): boolean {
    const { request } = worker
    const { ready } = this.#state
    const taken = this.#takeReady(request)
    const unloaded = taken.filter((each) => !this.#state.instances.has(each.instanceKey))
    if (unloaded.length > 0) {
      ready.putBack(request.type, taken)
      for (const { instanceKey } of unloaded) this.#loading.want.instance(instanceKey)
      this.#typesToServe.add(request.type)
      return false
    }
    const jobs = this.#activate(request, taken)
    if (jobs.length > 0) {
      this.#workers.takeFirst(request.type)
      this.#answers.push((error) => this.#deliver(worker, jobs, error))
      return true
    }
    const after = ready.unread(request.type)
    if (after !== undefined) {
      this.#loading.want.ready(request.type, after)
      this.#typesToServe.add(request.type)
      return false
    }
    if (!this.#answerEmpty.has(request)) return false
    worker.answer([])
    return true
  }

  /** The next jobs of the queue that still are what they were when they came into it, as far as memory can tell. */
  #takeReady({ type, maxJobsToActivate }: ActivateJobs): ReadyJob[] {
    const taken: ReadyJob[] = []
    while (taken.length < Math.min(maxJobsToActivate, READY_IN_MEMORY)) {
      const next = this.#state.ready.take(type)
      if (!next) break
      const isLoaded = this.#state.instances.has(next.instanceKey)
      // One that was looked for and not found has ended since; one that changed has another place in the queue.
      const isOver = isLoaded ? this.#state.job(next.key)?.ready !== next.ready : this.#loading.wasMissed(next.instanceKey)
      if (!isOver) taken.push(next)
    }
    return taken
  }

  #activate(request: ActivateJobs, taken: ReadyJob[]): ActivatedJob[] {
    const jobs: ActivatedJob[] = []
    let chars = 0
    for (const [index, { key }] of taken.entries()) {
      if (chars >= MOST_ANSWER_CHARS) {
        this.#state.ready.putBack(request.type, taken.slice(index))
        break
      }
      const activated = activateJob(this.#newDecision(), this.#state.job(key)!, request)
      chars += activated.variables.length
      jobs.push(activated)
    }
    return jobs
  }

  #deliver(worker: WaitingWorker, jobs: ActivatedJob[], error?: Error): void {
    if (error) return worker.fail(error)
    if (!worker.isOver) return worker.answer(jobs)
    // The worker left between the decision and now.
    for (const { key, deadline } of jobs) this.#enqueue(returnJob, { jobKey: key, deadline }, () => undefined, () => undefined)
  }

  // ---------------------------------------------------------------- moments that come due

  #actOnDue(): void {
    const { due } = this.#state
    const nowMs = this.#options.clock.now()
    if (this.#dueUnderWay === 0) {
      for (const row of due.take(nowMs, DUE_AT_ONCE)) {
        this.#dueUnderWay++
        const over = (): void => void this.#dueUnderWay--
        this.#enqueue(dueCommands[row.kind], row, over, over)
      }
      if (this.#dueUnderWay === 0 && due.isUnread(nowMs)) this.#loading.want.due()
    }
    const nextMs = due.nextMs
    if (nextMs === this.#dueSetFor) return
    this.#cancelDue()
    this.#dueSetFor = nextMs
    // What is due already is taken up on the next turn, which is sure to come.
    this.#cancelDue = nextMs > nowMs && Number.isFinite(nextMs) ? this.#options.clock.at(nextMs, () => {
      this.#dueSetFor = Infinity
      this.#rouse()
    }) : () => undefined
  }

  // ---------------------------------------------------------------- the turns

  async #serve(): Promise<void> {
    for (;;) {
      try {
        await this.#turns()
        this.#giveUp(new Outage('engine'))
        await this.#options.store.close()
        return
      } catch (error) {
        this.#options.log.error('engine-turn-failed', { error })
        this.#giveUp(new Outage('engine', error))
      }
      if (!(await this.#reopen())) return
    }
  }

  async #turns(): Promise<void> {
    const { store } = this.#options
    for (;;) {
      if (!this.#hasWork()) await this.#rest()
      // Lets everything that has arrived meanwhile into the same commit.
      await new Promise((resume) => setImmediate(resume))
      this.#isAwake = false
      if (this.#loading.isWanted) await this.#loading.load(store, this.#options.clock.now())
      if (this.#fault) throw this.#fault
      this.#actOnDue()
      this.#giveJobs()
      if (this.#fault) throw this.#fault
      if (!this.#state.changes.isEmpty || this.#answers.length > 0 || this.#isBeatDue) await this.#commit()
      this.#state.forgetUnused()
      if (this.#hasWork()) continue
      if (this.#isClosing) return
      for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  async #commit(): Promise<void> {
    const { changes } = this.#state
    const answers = this.#answers
    this.#answers = []
    this.#state.changes = new PendingChanges()
    if (!changes.isEmpty || this.#isBeatDue) {
      this.#isBeatDue = false
      try {
        await this.#options.store.commit(changes.toChanges(this.#keys.last))
      } catch (error) {
        for (const answer of answers) answer(new Outage('engine', error))
        throw error
      }
      this.#commits++
      this.#setBeat()
    }
    for (const answer of answers) answer()
  }

  #hasWork(): boolean {
    const { state } = { state: this.#state }
    return this.#loading.isWanted || !state.changes.isEmpty || this.#answers.length > 0 || this.#isBeatDue || this.#typesToServe.size > 0
      || this.#dueUnderWay > 0 || state.due.nextMs <= this.#options.clock.now() || this.#fault !== undefined
  }

  #rest(): Promise<void> {
    if (this.#isAwake || this.#idle.length > 0 || this.#isClosing) return Promise.resolve()
    return new Promise((resume) => (this.#wake = resume))
  }

  #rouse(): void {
    this.#isAwake = true
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }

  #setBeat(): void {
    this.#cancelBeat()
    this.#cancelBeat = this.#options.clock.at(this.#options.clock.now() + BEAT_MS, () => {
      this.#isBeatDue = true
      this.#rouse()
    })
  }

  // ---------------------------------------------------------------- opening and giving up

  async #openStore(): Promise<void> {
    const { store, limits } = this.#options
    const opening = await store.open(this.#stop.signal)
    this.#state = new State(limits)
    this.#keys = new KeyCounter(BigInt(opening.lastKey))
    this.#loading = new Loading(this.#state)
    this.#typesToServe = new Set()
    this.#dueUnderWay = 0
    this.#dueSetFor = Infinity
    this.#fault = undefined
    for (const definition of opening.definitions) this.#state.definitions.add(toDefinition(definition))
    for (const form of opening.forms) this.#state.definitions.addForm(form)
    this.#isServing = true
    for (const { key, instanceKey, correlationKey } of opening.subscriptions) {
      this.#followUp({ do: 'check-subscription', instanceKey, subscriptionKey: key, correlationKey })
    }
    for (const { correlationKey, processId } of opening.messageStarts) this.#followUp({ do: 'release-message-start', correlationKey, processId })
    this.#setBeat()
    this.#rouse()
  }

  /** Answers everybody that it is not known, or not so, and forgets all that is not kept. */
  #giveUp(error: Error): void {
    this.#isServing = false
    this.#cancelBeat()
    this.#cancelDue()
    for (const answer of this.#answers.splice(0)) answer(error)
    this.#loading.failAll(error)
    this.#workers.failAll(error)
    for (const { fail } of this.#results.values()) fail(error)
    this.#results.clear()
    this.#state.changes = new PendingChanges()
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** Waits for the database or for the lease. False when closed meanwhile. */
  async #reopen(): Promise<boolean> {
    const { clock, log, store } = this.#options
    while (!this.#isClosing) {
      try {
        await this.#openStore()
        log.info('engine-serving-again')
        return true
      } catch (error) {
        if (this.#isClosing) break
        log.warn(error instanceof Fenced ? 'engine-fenced' : 'engine-store-not-open', { error })
        await new Promise<void>((resume) => {
          clock.at(clock.now() + LOST_CONNECTION_WAIT_MS, resume)
          this.#stop.signal.addEventListener('abort', () => resume(), { once: true })
        })
      }
    }
    await store.close()
    return false
  }
}
