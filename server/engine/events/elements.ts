import type { Key } from '../key.ts'
import type { FlowNode } from '../model/executable.ts'
import type { HistoryEntry, Outcome, WritableElement, WritableInstance } from '../state/instance.ts'
import { writePast } from '../state/historyBody.ts'
import type { State } from '../state/state.ts'
import type { HistoryRow } from '../store/rows.ts'
import type { Appliers, ElementEvent } from './event.ts'
import { incidentRow } from './incidents.ts'
import { removeJob } from './jobs.ts'
import { removeSubscription } from './waiting.ts'
import { writable } from './writable.ts'

/** An instance that runs for years writes its history in pieces of this many entries, so that its row stays small. */
const HISTORY_CHUNK = 100

export const elementAppliers: Appliers<ElementEvent> = {
  'instance-created'(state, { key, definition, model, correlationKey, caller, at }) {
    const root = newElement(key, model.root, null, null, at)
    const instance: WritableInstance = {
      key, definitionKey: definition.key, version: definition.version, model, startedAt: at, correlationKey, caller,
      startedAs: model.id, root, elements: new Map([[key, root]]), history: [], chunks: 0, indexed: new Map(), isStored: false,
      textLength: 0,
    }
    state.instances.set(key, instance)
    state.changes.instance(instance)
  },

  'instance-migrated'(state, { instance, definition, model, nodes }) {
    const owner = writable.instance(instance)
    owner.definitionKey = definition.key
    owner.version = definition.version
    owner.model = model
    for (const element of owner.elements.values()) {
      element.node = nodes.get(element.key)!
      const incident = incidentRow(owner, element)
      if (incident) state.changes.incident(incident, incident.key)
    }
    state.changes.instance(owner)
  },

  'element-activating'(state, { instance, key, node, scope, throwKey = null, at }) {
    const owner = writable.instance(instance)
    const parent = writable.element(scope)
    owner.elements.set(key, newElement(key, node, parent, throwKey, at))
    state.owners.set(key, owner)
    parent.children++
    state.changes.instance(owner)
  },

  'element-activated'(state, { instance, element }) {
    writable.element(element).phase = 'active'
    state.changes.instance(writable.instance(instance))
  },

  'element-completing'(state, { instance, element }) {
    writable.element(element).phase = 'completing'
    state.changes.instance(writable.instance(instance))
  },

  'element-completed'(state, { instance, element, at }) {
    leave(state, writable.instance(instance), writable.element(element), at, 'completed')
  },

  'element-terminated'(state, { instance, element, at }) {
    leave(state, writable.instance(instance), writable.element(element), at, 'terminated')
  },

  'instance-called'(state, { instance, element, calledKey }) {
    writable.element(element).calledKey = calledKey
    state.changes.instance(writable.instance(instance))
  },

  'decision-evaluated'(state, { instance, element, decided }) {
    writable.element(element).decided = decided
    state.changes.instance(writable.instance(instance))
  },

  'flow-taken'(state, { instance, scope, flow, waits }) {
    if (!waits) return
    const { arrivals } = writable.element(scope)
    arrivals.set(flow.id, (arrivals.get(flow.id) ?? 0) + 1)
    state.changes.instance(writable.instance(instance))
  },

  'flows-joined'(state, { instance, scope, node }) {
    const { arrivals } = writable.element(scope)
    for (const { id } of node.incoming) {
      const left = arrivals.get(id)! - 1
      if (left === 0) arrivals.delete(id)
      else arrivals.set(id, left)
    }
    state.changes.instance(writable.instance(instance))
  },

  'scope-interrupted'(state, { instance, element }) {
    const scope = writable.element(element)
    scope.isInterrupted = true
    scope.arrivals = new Map()
    state.changes.instance(writable.instance(instance))
  },

  'scope-resumed'(state, { instance, element }) {
    writable.element(element).isInterrupted = false
    state.changes.instance(writable.instance(instance))
  },

  'variable-set'(state, { instance, element, name, json }) {
    writable.element(element).variables.set(name, json)
    state.changes.instance(writable.instance(instance))
  },
}

function newElement(key: Key, node: FlowNode, scope: WritableElement | null, throwKey: Key | null, at: number): WritableElement {
  return {
    key, node, scope, throwKey, phase: 'activating', variables: new Map(), jobKey: null, incidentKey: null, incident: null, calledKey: null,
    decided: null, timers: [], messages: [], signals: [], children: 0, arrivals: new Map(), enteredAt: at, isInterrupted: false,
    compensables: [],
  }
}

/** Takes an element away with all that hangs on it: its job, what it waits for, its incident. */
function leave(state: State, instance: WritableInstance, element: WritableElement, at: number, outcome: Outcome): void {
  const job = element.jobKey ? state.jobs.get(element.jobKey) : undefined
  if (job) removeJob(state, element, job)
  for (const timer of element.timers) state.changes.timer(null, timer.key)
  for (const waiting of element.messages) removeSubscription(state, instance, waiting)
  for (const waiting of element.signals) state.changes.signalSubscription(null, waiting.key)
  if (element.incidentKey) {
    state.changes.incident(null, element.incidentKey)
    state.owners.delete(element.incidentKey)
  }
  const left = [element.node.ref, element.key, element.enteredAt, at, outcome] as const
  const entry: HistoryEntry = element.decided ? [...left, element.decided] : left
  instance.history.push(entry)
  instance.elements.delete(element.key)
  state.owners.delete(element.key)
  if (element.scope) {
    writable.element(element.scope).children--
    if (instance.history.length >= HISTORY_CHUNK) state.changes.history.push(historyRow(instance, 'running', at))
    state.changes.instance(instance)
    return
  }
  end(state, instance, outcome, at)
}

function end(state: State, instance: WritableInstance, outcome: Outcome, at: number): void {
  state.instances.delete(instance.key)
  state.weigh(instance, 0)
  state.changes.instanceEnded(instance, historyRow(instance, outcome, at))
  if (instance.correlationKey === '') return
  const row = { correlationKey: instance.correlationKey, processId: instance.startedAs, instanceKey: instance.key, ended: true }
  state.correlations.get(instance.correlationKey)?.messageStarts.set(row.processId, row)
  state.changes.messageStart(row)
}

function historyRow(instance: WritableInstance, outcome: HistoryRow['outcome'], at: number): HistoryRow {
  const body = writePast(instance, outcome !== 'running')
  instance.history = []
  const { key: instanceKey, definitionKey, version, model } = instance
  return { instanceKey, chunk: instance.chunks++, definitionKey, processId: model.id, version, outcome, writtenAt: at, body }
}
