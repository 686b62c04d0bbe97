import { readDmn, type DecisionRequirements } from '../../rules/dmn/index.ts'
import type { Decision } from '../behaviors/decision.ts'
import type { Key } from '../key.ts'
import type { DeployedDecision, Drg } from '../state/decisionGraphs.ts'
import type { Resource } from './deployResources.ts'

/** A decision model, read and found good. */
export interface ReadDecisions {
  resource: Resource
  checksum: string
  model: DecisionRequirements
}

export interface DeployedDrg {
  drg: Drg
  decisions: readonly DeployedDecision[]
}

/** Reads a decision model, and says why it cannot be decided. */
export async function readDecisions(resource: Resource, checksum: string): Promise<{ read: ReadDecisions[]; faults: string[] }> {
  const { drg, faults } = await readDmn(resource.content)
  if (!drg) return { read: [], faults }
  if (drg.id === '') return { read: [], faults: ['Expected the decision model to have an id, but it is blank'] }
  return { read: [{ resource, checksum, model: drg }], faults }
}

/** Makes a new version of a graph and of each decision in it, unless the latest is the same. */
export function deployDecisions(decision: Decision, { resource, checksum, model }: ReadDecisions): DeployedDrg {
  const { drgs } = decision.state
  const latest = drgs.latest(model.id)
  if (latest && latest.checksum === checksum && latest.resourceName === resource.name) {
    return { drg: latest, decisions: drgs.decisionsOf(latest.key) }
  }
  const key = decision.nextKey()
  const drg: Drg = {
    key, drgId: model.id, name: model.name, version: drgs.nextVersion(model.id),
    resourceName: resource.name, checksum, deployedAt: decision.nowMs,
  }
  decision.record({ type: 'drg-deployed', model, row: { ...drg, xml: resource.content } })
  return { drg, decisions: model.decisions.map(({ id, name }) => deployDecision(decision, { decisionId: id, name, drgKey: key })) }
}

function deployDecision(decision: Decision, facts: { decisionId: string; name: string; drgKey: Key }): DeployedDecision {
  const version = decision.state.drgs.nextDecisionVersion(facts.decisionId)
  const row = { key: decision.nextKey(), ...facts, version }
  decision.record({ type: 'decision-deployed', row })
  return row
}
