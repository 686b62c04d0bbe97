import { spreadSignal } from './commands/spreadSignal.ts'
import type { Key } from './key.ts'
import type { BroadcastRow } from './store/rows.ts'
import type { Turn } from './turn.ts'

/**
 * Carries signals to those who wait for them: one broadcast after another, a page of receivers per turn, so that one with
 * 100,000 of them holds nobody up. What is still to be done stands in the broadcast's row, so a restart goes on there.
 */
export class Broadcasting {
  #isUnderWay = false
  readonly #broken = new Set<Key>()

  constructor(readonly turn: Turn) {}

  get isWanted(): boolean {
    return this.#isUnderWay || this.#next() !== undefined
  }

  act(): void {
    const next = this.#next()
    if (this.#isUnderWay || !next) return
    this.#isUnderWay = true
    const { key, reached } = next
    this.turn.enqueue(spreadSignal, { broadcastKey: key, reached }, () => {
      this.#isUnderWay = false
      // What broke would break again, and the next broadcast must not wait for it.
      if (this.turn.state.broadcast(key)?.reached === reached) this.#broken.add(key)
    })
  }

  #next(): BroadcastRow | undefined {
    for (const row of this.turn.state.broadcasts.values()) if (!this.#broken.has(row.key)) return row
    return undefined
  }
}
