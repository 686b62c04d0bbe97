/**
 * The one writer. Commands are decided in memory the moment all they need is there; whatever was decided while a commit
 * was under way shares the next one; an answer leaves only after its own commit. Loads and commits take turns on the
 * store, so a load always shows the last commit, and what is in memory beyond it is in `state.changes`.
 */
import type { Clock } from '../base/clock.ts'
import { Outage } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { Admission, Overload, type Standing } from './admission.ts'
import { AwaitedResults } from './awaitedResults.ts'
import { Broadcasting } from './broadcasting.ts'
import type { Decision, FollowUp } from './behaviors/decision.ts'
import type { ActivateJobs, ActivatedJob, StreamJobs } from './commands/activateJobs.ts'
import { call } from './commands/call.ts'
import { checkSubscription } from './commands/checkSubscription.ts'
import type { Command } from './commands/command.ts'
import { releaseMessageStart } from './commands/releaseMessageStart.ts'
import { DueWork } from './dueWork.ts'
import type { EngineEvent } from './events/event.ts'
import { apply } from './events/index.ts'
import { HistoryUpkeep } from './historyUpkeep.ts'
import { JobGiving } from './jobGiving.ts'
import { JobStreams, type StreamClient } from './jobStreams.ts'
import { KeyCounter } from './key.ts'
import { Loading } from './loading.ts'
import { toDefinition } from './state/definitions.ts'
import type { Instance } from './state/instance.ts'
import { PendingChanges } from './state/pendingChanges.ts'
import { State, type MemoryLimits } from './state/state.ts'
import { elapsed, SILENCE_MS } from './store/lease.ts'
import { Fenced, StoreFull, type Opening, type Store } from './store/store.ts'
import type { Answer, Turn } from './turn.ts'
import { WaitingWorkers } from './waitingWorkers.ts'

export interface EngineFacts {
  commits: number
  commands: number
  /** Commands that are decided or wait to be, but not answered. */
  unanswered: number
  waitingWorkers: number
  openStreams: number
  instancesInMemory: number
  /** Moments in memory that have come and are not acted on. */
  due: number
  isServing: boolean
  /** It does not serve because there is no room for what it would keep. */
  isStoreFull: boolean
}

export interface WriterOptions {
  store: Store
  clock: Clock
  log: Log
  limits?: MemoryLimits
  onEvent?: (event: EngineEvent) => void
}

/** Before the store is opened anew, so that a lasting fault does not make a busy loop. */
const LOST_CONNECTION_WAIT_MS = 500

/** A sign of life to standbys, when no commit gives one. */
const BEAT_MS = 1000

// One for all: under overload there are thousands a second, and where it was made tells nobody anything.
const overload = new Overload('Expected fewer commands at a time, so slow down')

type Decided<Reply> = { reply: Reply } | { refusal: Error }

export class Writer {
  readonly results: AwaitedResults
  readonly #options: WriterOptions
  readonly #workers: WaitingWorkers
  readonly #streams = new JobStreams()
  readonly #admission: Admission
  readonly #stop = new AbortController()
  // Made anew with each opening of the store: what was only in memory is forgotten with them.
  #state!: State
  #keys!: KeyCounter
  #loading!: Loading
  #giving!: JobGiving
  #due!: DueWork
  #upkeep!: HistoryUpkeep
  #broadcasting!: Broadcasting
  #answers: Answer[] = []
  /** A decision that broke off half-way has left the state in doubt: everything since the last commit is given up. */
  #fault: Error | undefined
  #isServing = false
  /** Why it does not serve, if there is a reason: the last failure of the store. */
  #obstacle: unknown
  #isBeatDue = false
  #cancelBeat = (): void => undefined
  readonly #broken = new Set<string>()
  #commits = 0
  #commands = 0
  #isClosing = false
  #isRoused = false
  #wake: (() => void) | undefined
  #idle: (() => void)[] = []
  #ended: Promise<void> = Promise.resolve()

  constructor(options: WriterOptions) {
    this.#options = options
    this.#workers = new WaitingWorkers(options.clock)
    this.#admission = new Admission(options.clock)
    this.results = new AwaitedResults(options.clock)
  }

  /** Waits for the lease, then begins to serve. */
  async open(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#stop.abort(signal.reason), { once: true })
    const { store, log } = this.#options
    try {
      this.#begin(await store.open(this.#stop.signal))
    } catch (error) {
      // A database that cannot be reached is for whoever starts this to mend; one that goes away while a standby waits comes back.
      if (this.#stop.signal.aborted || !store.health().isLost) throw error
      log.warn('engine-store-not-open', { error })
      this.#obstacle = error
      if (!(await this.#reopen())) throw error
    }
    this.#ended = this.#serve()
  }

  /**
   * Decides a command as soon as all it needs is in memory, and answers when that is kept.
   * A refusal waits as well: it may rest on what is not kept yet.
   */
  submit<Request, Reply>(command: Command<Request, Reply>, request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (!this.#takesCommands) return reject(this.#outage())
      if (this.#admission.isFullFor(command.standing ?? 'goes-on')) return reject(overload)
      const cohort = this.#admission.enter()
      this.#commands++
      const fail = (error: Error): void => {
        this.#admission.leave(cohort)
        reject(error)
      }
      this.#enqueue(command, request, (outcome) => this.#answers.push((error) => {
        if (error || 'refusal' in outcome) return fail(error ?? (outcome as { refusal: Error }).refusal)
        this.#admission.leave(cohort)
        resolve(outcome.reply)
      }), fail)
    })
  }

  /** Whether a command of this standing, which has waited so long to be read, would be turned away at the moment. */
  isFullFor(standing: Standing, waitedMs: number): boolean {
    return this.#admission.isFullFor(standing, waitedMs)
  }

  /** Waits for jobs until a moment; without one it takes what there is. */
  async activate(request: ActivateJobs, untilMs: number | undefined, signal?: AbortSignal): Promise<ActivatedJob[]> {
    if (!this.#takesCommands) throw this.#outage()
    if (signal?.aborted) return []
    const jobs = this.#workers.add(request, untilMs, signal)
    this.#giving.lookAt(request.type)
    this.#rouse()
    return jobs
  }

  /** Pushes jobs as they come up, until `signal` is aborted. */
  async stream(request: StreamJobs, client: StreamClient, signal: AbortSignal): Promise<void> {
    if (!this.#takesCommands) throw this.#outage()
    if (!signal.aborted) await this.#streams.open(request, client, signal)
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
      commits: this.#commits, commands: this.#commands, unanswered: this.#admission.unanswered,
      waitingWorkers: this.#workers.count, openStreams: this.#streams.count, instancesInMemory: this.#state.instances.size,
      due: this.#state.due.countDue(this.#options.clock.now()), isServing: this.#takesCommands,
      isStoreFull: this.#options.store.health().isFull,
    }
  }

  // A database that has been silent for so long may be another engine's by now: new callers had better ask that one.
  get #takesCommands(): boolean {
    return this.#isServing && !this.#isClosing && this.#options.store.health().silentMs < SILENCE_MS
  }

  #outage(): Outage {
    // While it waits for the lease, room may have been found long ago.
    const isStale = this.#obstacle instanceof StoreFull && !this.#options.store.health().isFull
    return new Outage('engine', isStale ? undefined : this.#obstacle)
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
    command: Command<Request, Reply>, request: Request, decided: (outcome: Decided<Reply>) => void, failed: (error: Error) => void,
  ): void {
    const state = this.#state
    this.#loading.whenReady(() => command.needs(request, state), { ready: () => decided(this.#decide(command, request)), failed })
    this.#rouse()
  }

  #decide<Request, Reply>(command: Command<Request, Reply>, request: Request): Decided<Reply> {
    const decision = this.#newDecision()
    try {
      return { reply: command.decide(request, decision) }
    } catch (error) {
      if (decision.hasRecorded) this.#fault ??= error as Error
      return { refusal: error as Error }
    }
  }

  #newDecision(): Decision & { hasRecorded: boolean } {
    const state = this.#state
    const keys = this.#keys
    const nowMs = this.#options.clock.now()
    const decision = {
      state,
      nowMs,
      hasRecorded: false,
      nextKey: () => keys.next(),
      record: (event: EngineEvent): void => {
        decision.hasRecorded = true
        this.#options.onEvent?.(event)
        apply(state, event, nowMs)
      },
      follow: (work: FollowUp): void => queueMicrotask(() => state === this.#state && this.#follow(work)),
      ended: (instance: Instance, outcome: 'completed' | 'terminated'): void => {
        const answer = outcome === 'completed' ? this.results.answerFor(instance) : undefined
        if (answer) this.#answers.push(answer)
        const { correlationKey, startedAs } = instance
        if (correlationKey !== '') decision.follow({ do: 'release-message-start', correlationKey, processId: startedAs })
      },
    }
    return decision
  }

  // Decided like a command, but nobody waits for the answer.
  #follow(work: FollowUp): void {
    if (work.do === 'check-subscription') this.#enqueueOwn(checkSubscription, work)
    else if (work.do === 'call') this.#enqueueOwn(call, work)
    else this.#enqueueOwn(releaseMessageStart, work)
  }

  #enqueueOwn<Request>(command: Command<Request, void>, request: Request, over: () => void = () => undefined): void {
    const identity = `${command.intent} ${JSON.stringify(request)}`
    // What broke once would break again after each restart, and nobody would be served any more.
    if (this.#broken.has(identity)) return over()
    this.#enqueue(command, request, (outcome) => {
      if ('refusal' in outcome) {
        this.#broken.add(identity)
        this.#options.log.error('engine-own-command-failed', { command: identity, error: outcome.refusal })
      }
      over()
    }, over)
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
        this.#options.log.error(error instanceof Fenced ? 'engine-fenced' : 'engine-turn-failed', { error })
        this.#obstacle = error
        this.#giveUp(this.#outage())
      }
      if (!(await this.#reopen())) return
    }
  }

  async #turns(): Promise<void> {
    for (;;) {
      if (!this.#hasWork()) await this.#rest()
      // Lets everything that has arrived meanwhile into the same commit.
      await new Promise((resume) => setImmediate(resume))
      this.#isRoused = false
      if (this.#upkeep.isDue) await this.#upkeep.act()
      if (this.#loading.isWanted) await this.#loading.load(this.#options.store, this.#options.clock.now())
      this.#due.act()
      this.#broadcasting.act()
      this.#giving.giveJobs()
      if (this.#fault) throw this.#fault
      await this.#commit()
      this.#state.forgetUnused((key) => this.#loading.isNeeded(key))
      if (this.#hasWork()) continue
      if (this.#isClosing) return
      for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  async #commit(): Promise<void> {
    const { changes } = this.#state
    const answers = this.#answers
    this.#answers = []
    if (!changes.isEmpty || this.#isBeatDue) {
      this.#state.changes = new PendingChanges()
      this.#isBeatDue = false
      try {
        const rows = changes.toChanges(this.#keys.last)
        for (const { key, body } of rows.put.instances ?? []) this.#state.weigh(this.#state.instance(key)!, body.length)
        await this.#options.store.commit(rows)
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
    return this.#loading.isWanted || !this.#state.changes.isEmpty || this.#answers.length > 0 || this.#isBeatDue
      || this.#giving.isWanted || this.#due.isWanted || this.#broadcasting.isWanted || this.#upkeep.isDue || this.#fault !== undefined
  }

  #rest(): Promise<void> {
    if (this.#isRoused || this.#idle.length > 0 || this.#isClosing) return Promise.resolve()
    return new Promise((resume) => (this.#wake = resume))
  }

  #rouse(): void {
    this.#isRoused = true
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }

  #setBeat(): void {
    const { clock } = this.#options
    this.#cancelBeat()
    this.#cancelBeat = clock.at(clock.now() + BEAT_MS, () => {
      this.#isBeatDue = true
      this.#rouse()
    })
  }

  // ---------------------------------------------------------------- opening and giving up

  #begin(opening: Opening): void {
    const { store, clock, log, limits } = this.#options
    const state = new State(limits)
    const loading = new Loading(state)
    const turn: Turn = {
      state,
      loading,
      newDecision: () => this.#newDecision(),
      enqueue: (command, request, over) => this.#enqueueOwn(command, request, over),
      answer: (answer) => this.#answers.push(answer),
    }
    this.#state = state
    this.#loading = loading
    this.#keys = new KeyCounter(BigInt(opening.lastKey))
    this.#giving = new JobGiving(this.#workers, this.#streams, turn)
    this.#due = new DueWork(clock, turn, () => this.#rouse())
    this.#upkeep = new HistoryUpkeep(store, clock, log, () => this.#rouse())
    this.#broadcasting = new Broadcasting(turn)
    this.#fault = undefined
    for (const definition of opening.definitions) state.definitions.add(toDefinition(definition))
    for (const form of opening.forms) state.definitions.addForm(form)
    for (const drg of opening.drgs) state.drgs.add(drg)
    for (const decision of opening.decisions) state.drgs.addDecision(decision)
    for (const { key } of opening.deletedResources) {
      state.definitions.remove(key)
      state.drgs.remove(key)
    }
    for (const timer of opening.startTimers) state.startTimers.set(timer.key, timer)
    for (const broadcast of opening.broadcasts) state.broadcasts.set(broadcast.key, broadcast)
    this.#isServing = true
    this.#obstacle = undefined
    for (const { key, instanceKey, correlationKey } of opening.subscriptions) {
      this.#follow({ do: 'check-subscription', instanceKey, subscriptionKey: key, correlationKey })
    }
    for (const { key, instanceKey } of opening.elements) this.#follow({ do: 'call', instanceKey, elementKey: key })
    for (const { correlationKey, processId } of opening.messageStarts) {
      this.#follow({ do: 'release-message-start', correlationKey, processId })
    }
    this.#setBeat()
    this.#rouse()
  }

  /** Answers everybody that it is not known, or not so, and forgets all that is not kept. */
  #giveUp(error: Error): void {
    this.#isServing = false
    this.#cancelBeat()
    this.#due.cancel()
    this.#upkeep.cancel()
    for (const answer of this.#answers.splice(0)) answer(error)
    this.#loading.failAll(error)
    this.#workers.failAll(error)
    this.#streams.failAll(error)
    this.results.failAll(error)
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /** Waits for the database or for the lease. False when closed meanwhile. */
  async #reopen(): Promise<boolean> {
    const { clock, log, store } = this.#options
    while (!this.#isClosing) {
      await elapsed(clock, LOST_CONNECTION_WAIT_MS, this.#stop.signal).catch(() => undefined) // closed: said by #isClosing
      if (this.#isClosing) break
      try {
        this.#begin(await store.open(this.#stop.signal))
        log.info('engine-serving-again')
        return true
      } catch (error) {
        // Twice a second the same would fill a disk, if it is not full already.
        if (kindOf(error) !== kindOf(this.#obstacle)) log.warn('engine-store-not-open', { error })
        this.#obstacle = error
      }
    }
    await store.close()
    return false
  }
}

/** What tells one failure of the store from another; texts may differ each time. */
function kindOf(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string }
  return `${name} ${code ?? (error instanceof StoreFull ? '' : message)}`
}
