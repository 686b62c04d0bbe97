/** Every call of the protocol that takes one message and answers one: read in, ask the engine, show out. */
import type { Engine } from '../engine.ts'
import { showDeployedProcesses, showDeployment, showEvaluation, showInstance, showKey, showTopology } from './replies.ts'
import {
  checkTenant, toCreateInstance, toEvaluateDecision, toMigrateInstance, toModifyInstance, toMs, toPublishMessage, toResource,
  type WireCreateInstance, type WireEvaluateDecision, type WireMigrateInstance, type WireModifyInstance, type WirePublishMessage,
} from './requests.ts'

export interface Address {
  host: string
  port: number
}

export type UnaryMethod = (engine: Engine, request: never, address: Address) => unknown

interface WireJob {
  jobKey: string
}

export const unaryMethods = {
  Topology: (_engine: Engine, _request: never, { host, port }: Address) => showTopology(host, port),

  async DeployResource(engine: Engine, request: { resources: { name: string; content: Buffer }[]; tenantId: string }) {
    checkTenant(request.tenantId)
    return showDeployment(await engine.deploy(request.resources.map(({ name, content }) => toResource(name, content))))
  },

  async DeployProcess(engine: Engine, request: { processes: { name: string; definition: Buffer }[] }) {
    return showDeployedProcesses(await engine.deploy(request.processes.map(({ name, definition }) => toResource(name, definition))))
  },

  DeleteResource: (engine: Engine, request: { resourceKey: string }) => engine.deleteResource(request),

  async CreateProcessInstance(engine: Engine, request: WireCreateInstance) {
    return showInstance(await engine.createInstance(toCreateInstance(request)))
  },

  async CreateProcessInstanceWithResult(
    engine: Engine,
    { request, requestTimeout, fetchVariables }: { request: WireCreateInstance | null; requestTimeout: string; fetchVariables: string[] },
  ) {
    const create = toCreateInstance(request)
    return showInstance(await engine.createInstanceWithResult({ ...create, requestTimeout: toMs(requestTimeout), fetchVariables }))
  },

  CancelProcessInstance: (engine: Engine, request: { processInstanceKey: string }) => engine.cancelInstance(request),

  ModifyProcessInstance: (engine: Engine, request: WireModifyInstance) => engine.modifyInstance(toModifyInstance(request)),

  MigrateProcessInstance: (engine: Engine, request: WireMigrateInstance) => engine.migrateInstance(toMigrateInstance(request)),

  async PublishMessage(engine: Engine, request: WirePublishMessage) {
    return showKey(await engine.publishMessage(toPublishMessage(request)))
  },

  async BroadcastSignal(engine: Engine, request: { signalName: string; variables: string; tenantId: string }) {
    checkTenant(request.tenantId)
    return showKey(await engine.broadcastSignal(request))
  },

  async EvaluateDecision(engine: Engine, request: WireEvaluateDecision) {
    return showEvaluation(await engine.evaluateDecision(toEvaluateDecision(request)))
  },

  CompleteJob: (engine: Engine, request: WireJob & { variables: string }) => engine.completeJob(request),

  FailJob: (engine: Engine, request: WireJob & { retries: number; errorMessage: string; retryBackOff: string; variables: string }) =>
    engine.failJob({ ...request, retryBackOff: toMs(request.retryBackOff) }),

  ThrowError: (engine: Engine, request: WireJob & { errorCode: string; errorMessage: string; variables: string }) =>
    engine.throwError(request),

  UpdateJobRetries: (engine: Engine, request: WireJob & { retries: number }) => engine.updateJobRetries(request),

  UpdateJobTimeout: (engine: Engine, { jobKey, timeout }: WireJob & { timeout: string }) =>
    engine.updateJobTimeout({ jobKey, timeout: toMs(timeout) }),

  SetVariables: (engine: Engine, request: { elementInstanceKey: string; variables: string; local: boolean }) =>
    engine.setVariables(request),

  ResolveIncident: (engine: Engine, request: { incidentKey: string }) => engine.resolveIncident(request),
} satisfies Record<string, UnaryMethod>
