import type { WritableElement, WritableJob } from '../state/instance.ts'
import type { State } from '../state/state.ts'
import type { Appliers, JobEvent } from './event.ts'
import { writable } from './writable.ts'

export const jobAppliers: Appliers<JobEvent> = {
  'job-created'(state, { instance, element, job: row }, nowMs) {
    const job: WritableJob = { ...row, isStored: false }
    const owner = writable.instance(instance)
    writable.element(element).jobKey = job.key
    state.jobs.set(job.key, job)
    state.owners.set(job.key, owner)
    state.changes.instance(owner)
    queue(state, job, nowMs)
  },

  'job-activated'(state, { job, worker, dueAt }, nowMs) {
    change(state, writable.job(job), { state: 'activated', worker, dueAt, ready: null }, nowMs)
  },

  'job-deadline-moved'(state, { job, dueAt }, nowMs) {
    change(state, writable.job(job), { dueAt }, nowMs)
  },

  'job-failed'(state, { job, retries, error, ready, dueAt }, nowMs) {
    change(state, writable.job(job), { state: ready ? 'activatable' : 'failed', retries, error, ready, dueAt }, nowMs)
  },

  'job-error-thrown'(state, { job, error }, nowMs) {
    change(state, writable.job(job), { state: 'error-thrown', error, ready: null, dueAt: null }, nowMs)
  },

  'job-retries-updated'(state, { job, retries }, nowMs) {
    change(state, writable.job(job), { retries }, nowMs)
  },

  'job-returned'(state, { job, ready }, nowMs) {
    change(state, writable.job(job), { state: 'activatable', ready, dueAt: null }, nowMs)
  },

  'job-completed'(state, { instance, element, job }) {
    removeJob(state, writable.element(element), writable.job(job))
    state.changes.instance(writable.instance(instance))
  },
}

/** Takes a job away for good. */
export function removeJob(state: State, element: WritableElement, job: WritableJob): void {
  element.jobKey = null
  job.ready = null
  job.dueAt = null
  state.jobs.delete(job.key)
  state.owners.delete(job.key)
  state.changes.jobGone(job)
}

function change(state: State, job: WritableJob, facts: Partial<WritableJob>, nowMs: number): void {
  Object.assign(job, facts)
  queue(state, job, nowMs)
}

function queue(state: State, job: WritableJob, nowMs: number): void {
  state.changes.job(job)
  if (job.ready !== null) state.ready.add(job.type, { key: job.key, instanceKey: job.instanceKey, ready: job.ready })
  if (job.dueAt !== null) state.due.add({ kind: 'job', key: job.key, owner: job.instanceKey, dueAt: job.dueAt }, nowMs)
}
