import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Store } from './store/store.ts'

/** Months turn slowly, and the next one is always ready: an hour more or less does not matter. */
const LOOK_EVERY_MS = 3_600_000

/** Has the store look after the months of its history: when an engine begins to serve, then on a slow clock. */
export class HistoryUpkeep {
  #isDue = true
  #cancel = (): void => undefined

  constructor(
    readonly store: Store,
    readonly clock: Clock,
    readonly log: Log,
    readonly wake: () => void,
  ) {}

  get isDue(): boolean {
    return this.#isDue
  }

  /** Never fails: what could not be done this time is tried the next, and rows find their place without it. */
  async act(): Promise<void> {
    this.#isDue = false
    try {
      await this.store.turnMonths(this.clock.now())
    } catch (error) {
      this.log.warn('engine-months-not-turned', { error })
    }
    this.#cancel = this.clock.at(this.clock.now() + LOOK_EVERY_MS, () => {
      this.#isDue = true
      this.wake()
    })
  }

  cancel(): void {
    this.#cancel()
  }
}
