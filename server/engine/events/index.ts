import type { State } from '../state/state.ts'
import { compensationAppliers } from './compensation.ts'
import { definitionAppliers } from './definitions.ts'
import { elementAppliers } from './elements.ts'
import type { Appliers, EngineEvent } from './event.ts'
import { incidentAppliers } from './incidents.ts'
import { jobAppliers } from './jobs.ts'
import { messageAppliers } from './messages.ts'
import { signalAppliers } from './signals.ts'
import { waitingAppliers } from './waiting.ts'

/** Every event and who writes it into the state. */
const appliers: Appliers<EngineEvent> = {
  ...definitionAppliers,
  ...elementAppliers,
  ...compensationAppliers,
  ...jobAppliers,
  ...waitingAppliers,
  ...messageAppliers,
  ...signalAppliers,
  ...incidentAppliers,
}

/** Writes one event into the state. `nowMs` is the moment of the decision. */
export function apply(state: State, event: EngineEvent, nowMs: number): void {
  const applier = appliers[event.type] as (state: State, event: EngineEvent, nowMs: number) => void
  applier(state, event, nowMs)
  state.changes.count()
}
