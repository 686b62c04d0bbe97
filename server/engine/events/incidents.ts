import type { ElementInstance, Instance } from '../state/instance.ts'
import type { IncidentRow } from '../store/rows.ts'
import type { Appliers, IncidentEvent } from './event.ts'
import { writable } from './writable.ts'

export const incidentAppliers: Appliers<IncidentEvent> = {
  'incident-created'(state, { instance, element, incident }) {
    const owner = writable.instance(instance)
    const held = writable.element(element)
    const { type, message, createdAt } = incident
    held.incidentKey = incident.key
    held.incident = { type, message, createdAt }
    state.owners.set(incident.key, owner)
    state.changes.instance(owner)
    state.changes.incident(incident, incident.key)
  },

  'incident-resolved'(state, { instance, element, key }) {
    const held = writable.element(element)
    held.incidentKey = null
    held.incident = null
    state.owners.delete(key)
    state.changes.instance(writable.instance(instance))
    state.changes.incident(null, key)
  },
}

/** The row of the incident that holds an element, if one does, as the element is now. */
export function incidentRow(instance: Instance, { key, node, incidentKey, incident }: ElementInstance): IncidentRow | undefined {
  if (!incidentKey || !incident) return undefined
  return { key: incidentKey, instanceKey: instance.key, elementKey: key, elementId: node.id, ...incident }
}
