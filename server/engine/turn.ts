import type { Command } from './commands/command.ts'
import type { Decision } from './behaviors/decision.ts'
import type { Loading } from './loading.ts'
import type { State } from './state/state.ts'

/** An answer that leaves when the commit it rests on is done, or with the error that kept it from being so. */
export type Answer = (error?: Error) => void

/** What the parts of the writer share between an opening of the store and the next. */
export interface Turn {
  readonly state: State
  readonly loading: Loading
  newDecision(): Decision
  /** Decides a command of the engine's own when all it needs is in memory. */
  enqueue<Request>(command: Command<Request, void>, request: Request, over?: () => void): void
  answer(answer: Answer): void
}
