import { toDefinition } from '../state/definitions.ts'
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
}
