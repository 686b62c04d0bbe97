/** Takes into memory what the store has answered. What memory knows already is newer and stays. */
import { compareKeys } from '../key.ts'
import type { ProcessModel } from '../model/executable.ts'
import type { Found, Wanted } from '../store/store.ts'
import { DUE_PAGE, startMomentOf } from './dueQueue.ts'
import type { WritableCorrelation } from './instance.ts'
import { readInstance } from './instanceBody.ts'
import type { SignalReceivers, State } from './state.ts'

/** The models of all instances found must be in memory already. */
export function absorb(state: State, wanted: Wanted, found: Found, nowMs: number): void {
  absorbInstances(state, found)
  for (const key of wanted.correlationKeys) if (!state.correlations.has(key)) state.correlations.set(key, correlationOf(state, key, found))
  for (const { type, jobs } of found.ready) {
    const { limit } = wanted.ready.find((each) => each.type === type)!
    const isCurrent = (job: { key: string; ready: string }): boolean => {
      const known = state.jobs.get(job.key)
      return known ? known.ready === job.ready : !state.changes.jobs.has(job.key)
    }
    const recent = state.changes.readyJobs(type).map((job) => ({ key: job.key, instanceKey: job.instanceKey, ready: job.ready! }))
    state.ready.absorb(type, jobs.filter(isCurrent), jobs.length < limit, recent)
  }
  for (const key of wanted.running?.definitionKeys ?? []) state.running.set(key, null)
  for (const { definitionKey, instanceKey } of found.running) state.running.set(definitionKey, instanceKey)
  if (wanted.receivers) state.receivers = receiversOf(state, wanted.receivers, found)
  if (wanted.due) {
    const recent = [...state.changes.dueMoments(), ...[...state.startTimers.values()].map(startMomentOf)]
    state.due.absorb(found.due, DUE_PAGE, recent, (row) => state.changes.isGone(row), nowMs)
  }
}

function absorbInstances(state: State, found: Found): void {
  const jobs = new Map(found.jobs.map((job) => [job.key, job]))
  for (const row of found.instances) {
    if (state.instances.has(row.key) || state.changes.ended.has(row.key)) continue
    const instance = readInstance(row, state.definitions.model(row.definitionKey) as ProcessModel)
    state.instances.set(instance.key, instance)
    state.weigh(instance, row.body.length)
    for (const element of instance.elements.values()) {
      state.owners.set(element.key, instance)
      if (element.incidentKey) state.owners.set(element.incidentKey, instance)
      if (!element.jobKey) continue
      state.owners.set(element.jobKey, instance)
      state.jobs.set(element.jobKey, { ...jobs.get(element.jobKey)!, isStored: true })
    }
  }
}

/** The page of the store, without those who have gone since the last commit and with those who have come since. */
function receiversOf(
  { changes }: State, { broadcastKey, signalName, after, limit }: NonNullable<Wanted['receivers']>, found: Found,
): SignalReceivers {
  const page = found.receivers
  const isLast = page.length < limit
  const upTo = isLast ? broadcastKey : page.at(-1)!.key
  const recent = [...changes.signalSubscriptions.values()].filter((row) => row !== null)
    .filter((row) => row.signalName === signalName && row.key > after && row.key <= upTo)
  const rows = [...page.filter(({ key }) => !changes.signalSubscriptions.has(key)), ...recent]
  return { broadcastKey, upTo, isLast, rows: rows.sort((a, b) => compareKeys(a.key, b.key)) }
}

function correlationOf(state: State, key: string, found: Found): WritableCorrelation {
  const { changes } = state
  const correlation: WritableCorrelation = { subscriptions: new Map(), messages: new Map(), messageStarts: new Map() }
  for (const row of found.correlations.subscriptions) if (row.correlationKey === key) correlation.subscriptions.set(row.key, row)
  for (const row of found.correlations.messages) if (row.correlationKey === key) correlation.messages.set(row.key, row)
  for (const row of found.correlations.messageStarts) if (row.correlationKey === key) correlation.messageStarts.set(row.processId, row)
  for (const [rowKey, row] of changes.subscriptions) {
    if (!row) correlation.subscriptions.delete(rowKey)
    else if (row.correlationKey === key) correlation.subscriptions.set(rowKey, row)
  }
  for (const [rowKey, row] of changes.messages) {
    if (!row) correlation.messages.delete(rowKey)
    else if (row.correlationKey === key) correlation.messages.set(rowKey, row)
  }
  for (const row of changes.messageStarts.values()) if (row && row.correlationKey === key) correlation.messageStarts.set(row.processId, row)
  return correlation
}
