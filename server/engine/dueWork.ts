import type { Clock } from '../base/clock.ts'
import { dueCommands } from './commands/actOnDue.ts'
import { Pace } from './pace.ts'
import type { Turn } from './turn.ts'

/** Acts on timers, deadlines and ends of messages when their moment has come, and wakes the writer for the next one. */
export class DueWork {
  readonly #pace = new Pace()
  #underWay = 0
  #setFor = Infinity
  #cancel = (): void => undefined

  constructor(
    readonly clock: Clock,
    readonly turn: Turn,
    readonly wake: () => void,
  ) {}

  get isWanted(): boolean {
    return this.#underWay > 0 || this.turn.state.due.nextMs <= this.clock.now()
  }

  act(): void {
    const { due } = this.turn.state
    const nowMs = this.clock.now()
    if (this.#underWay === 0) {
      const rows = due.take(nowMs, this.#pace.next())
      this.#pace.taken(rows.length)
      for (const row of rows) {
        this.#underWay++
        this.turn.enqueue(dueCommands[row.kind], row, () => void this.#underWay--)
      }
      if (this.#underWay === 0 && due.isUnread(nowMs)) this.turn.loading.want.due()
    }
    this.#setAlarm(due.nextMs, nowMs)
  }

  cancel(): void {
    this.#cancel()
  }

  #setAlarm(nextMs: number, nowMs: number): void {
    if (nextMs === this.#setFor) return
    this.#cancel()
    this.#setFor = nextMs
    // What is due already is taken up on the next turn, which is sure to come.
    if (nextMs <= nowMs || !Number.isFinite(nextMs)) return void (this.#cancel = () => undefined)
    this.#cancel = this.clock.at(nextMs, () => {
      this.#setFor = Infinity
      this.wake()
    })
  }
}
