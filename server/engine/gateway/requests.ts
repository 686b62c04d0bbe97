/** From the wire to the engine. 64-bit numbers arrive as decimal texts; fields that were not set as their default. */
import { refuse } from '../../base/errors.ts'
import type { ActivateJobs, StreamJobs } from '../commands/activateJobs.ts'
import type { CreateInstance } from '../commands/createInstance.ts'
import type { MigrateInstance } from '../commands/migrateInstance.ts'
import type { ModifyInstance } from '../commands/modifyInstance.ts'
import type { PublishMessage } from '../commands/publishMessage.ts'
import type { EvaluateDecision } from '../commands/evaluateDecision.ts'
import type { Resource } from '../commands/deployResources.ts'

export interface WireActivateJobs {
  type: string
  worker: string
  timeout: string
  maxJobsToActivate: number
  fetchVariable: string[]
  requestTimeout: string
  tenantIds: string[]
}

export type WireStreamJobs = Omit<WireActivateJobs, 'maxJobsToActivate' | 'requestTimeout'>

export interface WireCreateInstance {
  processDefinitionKey: string
  bpmnProcessId: string
  version: number
  variables: string
  startInstructions: { elementId: string }[]
  tenantId: string
}

export interface WireModifyInstance {
  processInstanceKey: string
  activateInstructions: {
    elementId: string
    ancestorElementInstanceKey: string
    variableInstructions: { variables: string; scopeId: string }[]
  }[]
  terminateInstructions: { elementInstanceKey: string }[]
}

export interface WireMigrateInstance {
  processInstanceKey: string
  migrationPlan: {
    targetProcessDefinitionKey: string
    mappingInstructions: { sourceElementId: string; targetElementId: string }[]
  } | null
}

export interface WirePublishMessage {
  name: string
  correlationKey: string
  timeToLive: string
  messageId: string
  variables: string
  tenantId: string
}

export interface WireEvaluateDecision {
  decisionKey: string
  decisionId: string
  variables: string
  tenantId: string
}

const OURS = '<default>'

/** Tenants of the product are in the process ids; on the wire there is the one without a name. Messages have a status of their own. */
export function checkTenant(tenantId: string, kind: 'invalid' | 'not-found' = 'invalid'): void {
  if (tenantId === '' || tenantId === OURS) return
  refuse(kind, 'tenant-not-known', { tenantId },
    `Expected the tenant to be '${OURS}' or none because multi-tenancy is disabled, but it was '${tenantId}'`)
}

/** Milliseconds; the wire has 64 bits, time needs 53. */
export function toMs(text: string): number {
  return Math.max(Math.min(Number(text), Number.MAX_SAFE_INTEGER / 4), -1)
}

export function toActivateJobs(wire: WireActivateJobs): ActivateJobs {
  for (const tenantId of wire.tenantIds) checkTenant(tenantId)
  return {
    type: wire.type, worker: wire.worker, timeout: toMs(wire.timeout), maxJobsToActivate: wire.maxJobsToActivate,
    fetchVariables: wire.fetchVariable, requestTimeout: toMs(wire.requestTimeout),
  }
}

/** A stream need not say who works on it. */
export function toStreamJobs(wire: WireStreamJobs): StreamJobs {
  for (const tenantId of wire.tenantIds) checkTenant(tenantId)
  return { type: wire.type, worker: wire.worker || 'default', timeout: toMs(wire.timeout), fetchVariables: wire.fetchVariable }
}

const nothingSet: WireCreateInstance = {
  processDefinitionKey: '0', bpmnProcessId: '', version: 0, variables: '', startInstructions: [], tenantId: '',
}

/** A message inside a message that was not set is null, and means the same as one in which nothing is set. */
export function toCreateInstance(sent: WireCreateInstance | null): CreateInstance {
  const wire = sent ?? nothingSet
  checkTenant(wire.tenantId)
  return {
    processDefinitionKey: wire.bpmnProcessId === '' && wire.processDefinitionKey !== '0' ? wire.processDefinitionKey : undefined,
    bpmnProcessId: wire.bpmnProcessId,
    version: wire.version === 0 ? -1 : wire.version,
    variables: wire.variables,
    startInstructions: wire.startInstructions,
  }
}

/** No ancestor is 0 where it was not set, and -1 where it was set to none. */
export function toModifyInstance({ processInstanceKey, activateInstructions, terminateInstructions }: WireModifyInstance): ModifyInstance {
  return {
    processInstanceKey,
    activateInstructions: activateInstructions.map(({ ancestorElementInstanceKey: key, ...each }) => ({
      ...each, ancestorElementInstanceKey: key === '0' || key === '-1' ? undefined : key,
    })),
    terminateInstructions,
  }
}

export function toMigrateInstance({ processInstanceKey, migrationPlan }: WireMigrateInstance): MigrateInstance {
  const { targetProcessDefinitionKey, mappingInstructions } = migrationPlan ?? { targetProcessDefinitionKey: '0', mappingInstructions: [] }
  return { processInstanceKey, targetProcessDefinitionKey, mappingInstructions }
}

export function toPublishMessage(wire: WirePublishMessage): PublishMessage {
  checkTenant(wire.tenantId, 'not-found')
  return {
    name: wire.name, correlationKey: wire.correlationKey, timeToLive: toMs(wire.timeToLive), messageId: wire.messageId,
    variables: wire.variables,
  }
}

export function toEvaluateDecision({ decisionKey, decisionId, variables, tenantId }: WireEvaluateDecision): EvaluateDecision {
  checkTenant(tenantId)
  return { decisionKey: decisionKey === '0' ? undefined : decisionKey, decisionId, variables }
}

export function toResource(name: string, content: Buffer): Resource {
  return { name, content: content.toString('utf8') }
}
