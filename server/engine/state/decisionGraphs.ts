import type { DecisionRequirements } from '../../rules/dmn/index.ts'
import type { Key } from '../key.ts'
import type { DecisionRow, DrgRow } from '../store/rows.ts'
import { ModelCache } from './modelCache.ts'

/** Facts of a decision requirements graph that is deployed. */
export type Drg = Readonly<Omit<DrgRow, 'xml'>>

/** A decision that is deployed; it lies in one graph. */
export type DeployedDecision = Readonly<DecisionRow>

/** Compiled graphs beyond this number are read from their XML again when they are needed. */
const MODELS_IN_MEMORY = 500

/** The decisions that are deployed. Facts of every version are in memory, compiled graphs only as far as they are in use. */
export class DecisionGraphs {
  readonly #byKey = new Map<Key, Drg>()
  readonly #versions = new Map<string, Drg[]>()
  readonly #decisions = new Map<Key, DeployedDecision>()
  readonly #decisionVersions = new Map<string, DeployedDecision[]>()
  readonly #byGraph = new Map<Key, DeployedDecision[]>()
  readonly #models = new ModelCache<DecisionRequirements>(MODELS_IN_MEMORY, () => 1)
  /** The highest version ever given, by id: that of a deleted one is not given again. */
  readonly #lastVersions = { drgs: new Map<string, number>(), decisions: new Map<string, number>() }

  byKey(key: Key): Drg | undefined {
    return this.#byKey.get(key)
  }

  latest(drgId: string): Drg | undefined {
    return this.#versions.get(drgId)?.at(-1)
  }

  nextVersion(drgId: string): number {
    return (this.#lastVersions.drgs.get(drgId) ?? 0) + 1
  }

  nextDecisionVersion(decisionId: string): number {
    return (this.#lastVersions.decisions.get(decisionId) ?? 0) + 1
  }

  decision(key: Key): DeployedDecision | undefined {
    return this.#decisions.get(key)
  }

  latestDecision(decisionId: string): DeployedDecision | undefined {
    return this.#decisionVersions.get(decisionId)?.at(-1)
  }

  /** The decisions of a graph, in the order of its file. */
  decisionsOf(drgKey: Key): readonly DeployedDecision[] {
    return this.#byGraph.get(drgKey) ?? []
  }

  model(key: Key): DecisionRequirements | undefined {
    return this.#models.get(key)
  }

  add(drg: Drg): void {
    this.#byKey.set(drg.key, drg)
    this.#lastVersions.drgs.set(drg.drgId, drg.version)
    this.#versions.set(drg.drgId, [...(this.#versions.get(drg.drgId) ?? []), drg])
  }

  addDecision(decision: DeployedDecision): void {
    const { key, decisionId, drgKey, version } = decision
    this.#decisions.set(key, decision)
    this.#lastVersions.decisions.set(decisionId, version)
    this.#decisionVersions.set(decisionId, [...(this.#decisionVersions.get(decisionId) ?? []), decision])
    this.#byGraph.set(drgKey, [...(this.#byGraph.get(drgKey) ?? []), decision])
  }

  /** Takes a graph away with all its decisions. If they were the latest, the former ones are now. */
  remove(key: Key): void {
    const drg = this.#byKey.get(key)
    if (!drg) return
    this.#byKey.delete(key)
    this.#models.remove(key)
    this.#versions.set(drg.drgId, (this.#versions.get(drg.drgId) ?? []).filter((each) => each !== drg))
    for (const decision of this.decisionsOf(key)) {
      this.#decisions.delete(decision.key)
      const others = (this.#decisionVersions.get(decision.decisionId) ?? []).filter((each) => each !== decision)
      this.#decisionVersions.set(decision.decisionId, others)
    }
    this.#byGraph.delete(key)
  }

  keepModel(key: Key, model: DecisionRequirements): void {
    this.#models.keep(key, model)
  }
}
