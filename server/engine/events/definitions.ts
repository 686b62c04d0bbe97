import { toDefinition } from '../state/definitions.ts'
import { startMomentOf } from '../state/dueQueue.ts'
import type { State } from '../state/state.ts'
import type { StartTimerRow } from '../store/rows.ts'
import type { Appliers, DefinitionEvent } from './event.ts'

export const definitionAppliers: Appliers<DefinitionEvent> = {
  'process-deployed'(state, { row, model }) {
    const { xml: _, ...facts } = row
    state.definitions.add(toDefinition(facts))
    state.definitions.keepModel(row.key, model)
    state.changes.definitions.push(row)
  },

  'form-deployed'(state, { row }) {
    const { content: _, ...facts } = row
    state.definitions.addForm(facts)
    state.changes.forms.push(row)
  },

  'drg-deployed'(state, { row, model }) {
    const { xml: _, ...facts } = row
    state.drgs.add(facts)
    state.drgs.keepModel(row.key, model)
    state.changes.drgs.push(row)
  },

  'decision-deployed'(state, { row }) {
    state.drgs.addDecision(row)
    state.changes.decisions.push(row)
  },

  'resource-deleted'(state, { key, at }) {
    state.definitions.remove(key)
    state.drgs.remove(key)
    state.changes.deletedResources.push({ key, deletedAt: at })
  },

  'start-timer-created'(state, { row }, nowMs) {
    keepStartTimer(state, row, nowMs)
  },

  'start-timer-triggered'(state, { row, next }, nowMs) {
    if (next) keepStartTimer(state, next, nowMs)
    else dropStartTimer(state, row)
  },

  'start-timer-canceled'(state, { row }) {
    dropStartTimer(state, row)
  },
}

function keepStartTimer(state: State, row: StartTimerRow, nowMs: number): void {
  state.startTimers.set(row.key, row)
  state.changes.startTimer(row, row.key)
  state.due.add(startMomentOf(row), nowMs)
}

function dropStartTimer(state: State, { key }: StartTimerRow): void {
  state.startTimers.delete(key)
  state.changes.startTimer(null, key)
}
