/**
 * A turn with other work in it should not take longer: a command waits for the turn under way and for its own, and is to be held up
 * by less than 100 ms even when 100,000 terms end at once.
 */
const TURN_MS = 20

/** Fewer at once would spend the time on commits instead of work, on a machine that is slow for another reason. */
const FEWEST = 25
const MOST = 1000

/**
 * How much of the work that nobody waits for may go into a turn, by how long turns with it have taken.
 * Told in real time, not by the engine's clock: what counts is what this machine can do now.
 */
export class Pace {
  #amount = 100
  /** When the last full amount was taken; undefined if there was not so much to do, and turns tell nothing. */
  #since: number | undefined

  constructor(readonly realMs: () => number = () => performance.now()) {}

  /** How much the next turn may take. */
  next(): number {
    if (this.#since !== undefined) {
      const change = TURN_MS / Math.max(1, this.realMs() - this.#since)
      this.#amount = Math.round(Math.min(MOST, Math.max(FEWEST, this.#amount * Math.min(1.25, Math.max(0.5, change)))))
    }
    return this.#amount
  }

  taken(amount: number): void {
    this.#since = amount === this.#amount ? this.realMs() : undefined
  }
}
