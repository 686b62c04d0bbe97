/** From the engine to the wire. */
import type { EvaluatedDecision } from '../../rules/dmn/index.ts'
import { toJson } from '../../rules/feel/index.ts'
import { bytesOf, MOST_MESSAGE_BYTES } from '../commands/activateJobs.ts'
import type { ActivatedJob, CreatedInstance, Deployed, EvaluatedDecisionReply } from '../engine.ts'
import type { DeployedDecision, Drg } from '../state/decisionGraphs.ts'

const tenantId = '<default>'

/** The version whose behavior this gateway follows; clients read it as a version number. */
export const GATEWAY_VERSION = '8.5.0'

export function showTopology(host: string, port: number) {
  const partitions = [{ partitionId: 1, role: 'LEADER', health: 'HEALTHY' }]
  return {
    brokers: [{ nodeId: 0, host, port, partitions, version: GATEWAY_VERSION }],
    clusterSize: 1, partitionsCount: 1, replicationFactor: 1, gatewayVersion: GATEWAY_VERSION,
  }
}

/** Processes, decisions, their graphs, forms: as the vendor's gateway lists them. */
export function showDeployment({ key, processes, drgs, forms }: Deployed) {
  return {
    key,
    deployments: [
      ...processes.map((process) => ({ process: { ...process, tenantId } })),
      ...drgs.flatMap(({ drg, decisions }) => decisions.map((decision) => ({ decision: showDecision(decision, drg) }))),
      ...drgs.map(({ drg }) => ({ decisionRequirements: showDrg(drg) })),
      ...forms.map((form) => ({ form: { ...form, tenantId } })),
    ],
    tenantId,
  }
}

function showDecision({ decisionId, name, version, key }: DeployedDecision, drg: Drg) {
  return {
    dmnDecisionId: decisionId, dmnDecisionName: name, version, decisionKey: key,
    dmnDecisionRequirementsId: drg.drgId, decisionRequirementsKey: drg.key, tenantId,
  }
}

function showDrg({ drgId, name, version, key, resourceName }: Drg) {
  return {
    dmnDecisionRequirementsId: drgId, dmnDecisionRequirementsName: name, version, decisionRequirementsKey: key, resourceName, tenantId,
  }
}

/** What came of a decision; values travel as JSON text. */
export function showEvaluation({ deployed, drg, versions, output, evaluated, failure, decisionInstanceKey }: EvaluatedDecisionReply) {
  return {
    ...namesOf(deployed),
    decisionRequirementsId: drg.drgId, decisionRequirementsKey: drg.key,
    decisionOutput: toJson(output),
    evaluatedDecisions: evaluated.flatMap((each) => {
      const version = versions.find(({ decisionId }) => decisionId === each.decision.id)
      return version ? [showEvaluated(each, version)] : []
    }),
    failedDecisionId: failure?.decisionId ?? '', failureMessage: failure?.message ?? '',
    tenantId, decisionInstanceKey,
  }
}

function showEvaluated({ decision, output, evaluatedInputs, matchedRules }: EvaluatedDecision, version: DeployedDecision) {
  return {
    ...namesOf(version),
    decisionType: decision.type,
    decisionOutput: toJson(output),
    matchedRules: matchedRules.map((rule) => ({
      ...rule, evaluatedOutputs: rule.evaluatedOutputs.map((each) => ({ ...each, outputValue: toJson(each.outputValue) })),
    })),
    evaluatedInputs: evaluatedInputs.map((each) => ({ ...each, inputValue: toJson(each.inputValue) })),
    tenantId,
  }
}

function namesOf({ key, decisionId, name, version }: DeployedDecision) {
  return { decisionKey: key, decisionId, decisionName: name, decisionVersion: version }
}

export function showDeployedProcesses({ key, processes }: Deployed) {
  return { key, processes: processes.map((process) => ({ ...process, tenantId })) }
}

export function showInstance<T extends CreatedInstance>(instance: T) {
  return { ...instance, tenantId }
}

export function showJob(job: ActivatedJob) {
  return { ...job, tenantId }
}

export function showJobs(jobs: readonly ActivatedJob[]) {
  return { jobs: jobs.map(showJob) }
}

/** Parts an answer, in its order, into what fits into one message each. */
export function toPortions(jobs: readonly ActivatedJob[]): ActivatedJob[][] {
  const portions: ActivatedJob[][] = []
  let room = 0
  for (const job of jobs) {
    const bytes = bytesOf(job)
    if (bytes > room) {
      portions.push([])
      room = MOST_MESSAGE_BYTES
    }
    portions.at(-1)!.push(job)
    room -= bytes
  }
  return portions
}

export function showKey(reply: { key: string }) {
  return { ...reply, tenantId }
}
