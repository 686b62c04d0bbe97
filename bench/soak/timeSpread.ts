const MOST_MS = 60_000

/** Times of millions of answers in the room of one list: counted by whole milliseconds. */
export class TimeSpread {
  readonly #counts = new Uint32Array(MOST_MS + 1)
  #count = 0

  add(ms: number): void {
    this.#counts[Math.min(Math.max(Math.round(ms), 0), MOST_MS)]!++
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  /** The time within which this share of the answers came, in milliseconds; 0 when there were none. */
  within(share: number): number {
    let seen = 0
    return Math.max(0, this.#counts.findIndex((count) => (seen += count) >= this.#count * share && seen > 0))
  }

  /** How many answers took longer. */
  later(ms: number): number {
    return this.#counts.subarray(ms + 1).reduce((sum, count) => sum + count, 0)
  }
}
