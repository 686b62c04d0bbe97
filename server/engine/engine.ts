import { systemClock, type Clock } from '../base/clock.ts'
import { quietLog, type Log } from '../base/log.ts'
import type { Standing } from './admission.ts'
import {
  checkActivateJobs, checkStreamJobs, returnJob, type ActivateJobs, type ActivatedJob, type StreamJobs,
} from './commands/activateJobs.ts'
import { broadcastSignal, type BroadcastSignal } from './commands/broadcastSignal.ts'
import { cancelInstance, type CancelInstance } from './commands/cancelInstance.ts'
import { completeJob, type CompleteJob } from './commands/completeJob.ts'
import { createInstance, type CreateInstance, type CreatedInstance } from './commands/createInstance.ts'
import { deleteResource, type DeleteResource } from './commands/deleteResource.ts'
import { evaluateDecision, type EvaluateDecision, type EvaluatedDecisionReply } from './commands/evaluateDecision.ts'
import { deployResources, readResources, type Deployed, type Resource } from './commands/deployResources.ts'
import { failJob, type FailJob } from './commands/failJob.ts'
import { migrateInstance, type MigrateInstance } from './commands/migrateInstance.ts'
import { modifyInstance, type ModifyInstance } from './commands/modifyInstance.ts'
import { publishMessage, type PublishMessage } from './commands/publishMessage.ts'
import { resolveIncident, type ResolveIncident } from './commands/resolveIncident.ts'
import { setVariables, type SetVariables } from './commands/setVariables.ts'
import { throwError, type ThrowError } from './commands/throwError.ts'
import { updateJobRetries, updateJobTimeout, type UpdateJobRetries, type UpdateJobTimeout } from './commands/updateJob.ts'
import type { EngineEvent } from './events/event.ts'
import type { StreamClient } from './jobStreams.ts'
import type { Key } from './key.ts'
import type { MemoryLimits } from './state/state.ts'
import type { Store } from './store/store.ts'
import { Writer, type EngineFacts } from './writer.ts'

export type { ActivateJobs, ActivatedJob, StreamJobs } from './commands/activateJobs.ts'
export type { CreatedInstance } from './commands/createInstance.ts'
export type { Deployed, Resource } from './commands/deployResources.ts'
export type { EvaluatedDecisionReply } from './commands/evaluateDecision.ts'
export type { StreamClient } from './jobStreams.ts'
export { Overload, type Standing } from './admission.ts'
export { StoreFull } from './store/store.ts'
export { ResultTimeout } from './awaitedResults.ts'

export interface EngineOptions {
  store: Store
  clock?: Clock
  log?: Log
  /** What may stay in memory though nobody needs it at the moment. */
  limits?: MemoryLimits
  /** Hears every event as it is decided, for tests that assert their sequence. */
  onEvent?: (event: EngineEvent) => void
  /** Ends the wait for another engine to give way. */
  signal?: AbortSignal
}

export interface CreateInstanceWithResult extends CreateInstance {
  /** Milliseconds to wait for the end; 0 is the default of 15 s. */
  requestTimeout?: number
  /** Variables of the process to bring; none is all. */
  fetchVariables?: readonly string[]
}

/** Every command: refused with a {@link Refusal}, or done and kept for good when the promise resolves. */
export interface Engine {
  deploy(resources: readonly Resource[]): Promise<Deployed>
  deleteResource(request: DeleteResource): Promise<void>
  createInstance(request: CreateInstance): Promise<CreatedInstance>
  createInstanceWithResult(request: CreateInstanceWithResult): Promise<CreatedInstance & { variables: string }>
  cancelInstance(request: CancelInstance): Promise<void>
  modifyInstance(request: ModifyInstance): Promise<void>
  migrateInstance(request: MigrateInstance): Promise<void>
  publishMessage(request: PublishMessage): Promise<{ key: Key }>
  /** Answers when the signal is sure to reach all who wait for it; they get it from then on. */
  broadcastSignal(request: BroadcastSignal): Promise<{ key: Key }>
  evaluateDecision(request: EvaluateDecision): Promise<EvaluatedDecisionReply>
  /** Waits for jobs. When `signal` is aborted, what was already meant for the caller goes back to the queue. */
  activateJobs(request: ActivateJobs, signal?: AbortSignal): Promise<ActivatedJob[]>
  /**
   * Pushes jobs of a type as they become activatable; what waits already is left to {@link Engine.activateJobs}.
   * Resolves when `signal` is aborted, fails when the engine ends.
   */
  streamJobs(request: StreamJobs, client: StreamClient, signal: AbortSignal): Promise<void>
  /** Gives back jobs that could not be handed on. */
  returnJobs(jobs: readonly ActivatedJob[]): Promise<void>
  completeJob(request: CompleteJob): Promise<void>
  failJob(request: FailJob): Promise<void>
  throwError(request: ThrowError): Promise<void>
  updateJobRetries(request: UpdateJobRetries): Promise<void>
  updateJobTimeout(request: UpdateJobTimeout): Promise<void>
  setVariables(request: SetVariables): Promise<{ key: Key }>
  resolveIncident(request: ResolveIncident): Promise<void>
  /** Resolves when everything that can be done now is done and kept. */
  idle(): Promise<void>
  /** Whether a command of this standing, that has waited so long to be read, would be turned away: then it need not be read to its end. */
  isFullFor(standing: Standing, waitedMs: number): boolean
  facts(): EngineFacts
  /** Finishes what is under way, answers those who wait, and gives the lease back. */
  close(): Promise<void>
}

const DEFAULT_POLL_MS = 10_000
const DEFAULT_RESULT_MS = 15_000

/** Starts an engine on a store. Resolves when it is the one writer; until then another engine has it. */
export async function startEngine({ store, clock = systemClock, log = quietLog, limits, onEvent, signal }: EngineOptions): Promise<Engine> {
  const writer = new Writer({ store, clock, log, limits, onEvent })
  await writer.open(signal ?? new AbortController().signal)

  return {
    async deploy(resources) {
      return writer.submit(deployResources, await readResources(resources))
    },

    deleteResource: (request) => writer.submit(deleteResource, request),
    createInstance: (request) => writer.submit(createInstance, request),

    async createInstanceWithResult({ requestTimeout = 0, fetchVariables = [], ...request }) {
      const untilMs = clock.now() + (requestTimeout > 0 ? requestTimeout : DEFAULT_RESULT_MS)
      const expectation = writer.results.expect(untilMs, fetchVariables)
      try {
        const instance = await writer.submit(createInstance, { ...request, created: expectation.created })
        return { ...instance, variables: await expectation.result }
      } finally {
        expectation.cancel()
      }
    },

    cancelInstance: (request) => writer.submit(cancelInstance, request),
    modifyInstance: (request) => writer.submit(modifyInstance, request),
    migrateInstance: (request) => writer.submit(migrateInstance, request),
    publishMessage: (request) => writer.submit(publishMessage, request),
    broadcastSignal: (request) => writer.submit(broadcastSignal, request),
    evaluateDecision: (request) => writer.submit(evaluateDecision, request),

    async activateJobs(request, abort) {
      checkActivateJobs(request)
      if (request.maxJobsToActivate === 0) return []
      const { requestTimeout = 0 } = request
      return writer.activate(request, requestTimeout < 0 ? undefined : clock.now() + (requestTimeout || DEFAULT_POLL_MS), abort)
    },

    async streamJobs(request, client, abort) {
      checkStreamJobs(request)
      await writer.stream(request, client, abort)
    },

    async returnJobs(jobs) {
      await Promise.all(jobs.map(({ key, deadline }) => writer.submit(returnJob, { jobKey: key, deadline })))
    },

    completeJob: (request) => writer.submit(completeJob, request),
    failJob: (request) => writer.submit(failJob, request),
    throwError: (request) => writer.submit(throwError, request),
    updateJobRetries: (request) => writer.submit(updateJobRetries, request),
    updateJobTimeout: (request) => writer.submit(updateJobTimeout, request),
    setVariables: (request) => writer.submit(setVariables, request),
    resolveIncident: (request) => writer.submit(resolveIncident, request),
    isFullFor: (standing, waitedMs) => writer.isFullFor(standing, waitedMs),
    idle: () => writer.idle(),
    facts: () => writer.facts(),
    close: () => writer.close(),
  }
}
