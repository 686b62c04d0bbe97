/** From the engine to the wire. */
import { bytesOf, MOST_MESSAGE_BYTES } from '../commands/activateJobs.ts'
import type { ActivatedJob, CreatedInstance, Deployed } from '../engine.ts'

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

/** Processes first, then forms, as the vendor's gateway lists them. */
export function showDeployment({ key, processes, forms }: Deployed) {
  return {
    key,
    deployments: [
      ...processes.map((process) => ({ process: { ...process, tenantId } })),
      ...forms.map((form) => ({ form: { ...form, tenantId } })),
    ],
    tenantId,
  }
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
