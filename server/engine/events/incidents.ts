import type { Appliers, IncidentEvent } from './event.ts'
import { writable } from './writable.ts'

export const incidentAppliers: Appliers<IncidentEvent> = {
  'incident-created'(state, { instance, element, incident }) {
    const owner = writable.instance(instance)
    writable.element(element).incidentKey = incident.key
    state.owners.set(incident.key, owner)
    state.changes.instance(owner)
    state.changes.incident(incident, incident.key)
  },

  'incident-resolved'(state, { instance, element, key }) {
    writable.element(element).incidentKey = null
    state.owners.delete(key)
    state.changes.instance(writable.instance(instance))
    state.changes.incident(null, key)
  },
}
