import type { EngineEvent } from '../events/event.ts'
import type { Key } from '../key.ts'
import type { Instance } from '../state/instance.ts'
import type { StateView } from '../state/state.ts'

/** Work that follows from a decision and needs something that may not be in memory. It is found again after a restart. */
export type FollowUp =
  | { readonly do: 'check-subscription'; readonly instanceKey: Key; readonly subscriptionKey: Key; readonly correlationKey: string }
  | { readonly do: 'call'; readonly instanceKey: Key; readonly elementKey: Key }
  | { readonly do: 'release-message-start'; readonly correlationKey: string; readonly processId: string }

/** What a decider is given: the state to ask, the moment, and `record`, by which alone anything changes. */
export interface Decision {
  readonly state: StateView
  readonly nowMs: number
  nextKey(): Key
  record(event: EngineEvent): void
  follow(work: FollowUp): void
  /** Tells those who wait for the result. To be called while the variables can still be read. */
  ended(instance: Instance, outcome: 'completed' | 'terminated'): void
}
