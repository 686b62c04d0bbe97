import { Refusal } from '../base/errors.ts'
import type { ZeebeClient } from './client.ts'
import { processId } from './names.ts'
import type { ProcedurePackage } from './packages.ts'
import { stampPackage } from './stampPackage.ts'

export { partId, processId, readProcessId, startMessage } from './names.ts'
export { stampPackage } from './stampPackage.ts'

/** A package as the engine now has it. */
export interface DeployedPackage {
  readonly bpmnProcessId: string
  readonly processVersion: number
  /** A string of digits. */
  readonly processDefinitionKey: string
}

/**
 * Deploys a town's copy of a package, all of it or nothing. `version` is the package's number, which the caller counts up when
 * its checksum changes; deploying the same again makes nothing new. Throws Refusal 'invalid' with the engine's words when a
 * diagram is not taken, or Outage.
 */
export async function deployPackage(
  client: Pick<ZeebeClient, 'deploy'>,
  pack: ProcedurePackage,
  tenantId: string,
  version: number,
): Promise<DeployedPackage> {
  const bpmnProcessId = processId(tenantId, pack.procedure.id)
  const { processes } = await client.deploy(await stampPackage(pack, tenantId, version))
  const process = processes.find((each) => each.bpmnProcessId === bpmnProcessId)
  if (!process) throw new Refusal('invalid', 'engine-took-no-process', { process: bpmnProcessId })
  return { bpmnProcessId, processVersion: Number(process.version), processDefinitionKey: process.processDefinitionKey }
}
