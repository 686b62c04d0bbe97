import { evaluateDecision, readDmn, type DecisionResult } from '../rules/dmn/index.ts'
import { scopeOf } from '../rules/feel/index.ts'
import type { ProcedurePackage } from '../zeebe/packages.ts'

/** A decision of a package, every expression in it compiled. */
export type PackageDecision = (variables: Record<string, unknown>, now: () => number) => DecisionResult

type Decided = Pick<ProcedurePackage, 'decisions' | 'procedure'>

// A package never changes, so each of its decisions is compiled once for as long as the package is at hand.
const known = new WeakMap<Decided, Map<string, Promise<PackageDecision>>>()

/** A decision by its id, as the engine makes it. Throws when the package has none of this id: its procedure.json names it wrongly. */
export function decisionIn(pack: Decided, decisionId: string): Promise<PackageDecision> {
  const ofPackage = known.get(pack) ?? new Map<string, Promise<PackageDecision>>()
  known.set(pack, ofPackage)
  const decision = ofPackage.get(decisionId) ?? compile(pack, decisionId)
  ofPackage.set(decisionId, decision)
  return decision
}

async function compile({ decisions, procedure }: Decided, decisionId: string): Promise<PackageDecision> {
  for (const xml of Object.values(decisions)) {
    const { drg } = await readDmn(xml)
    const decision = drg?.decisions.find(({ id }) => id === decisionId)
    if (drg && decision) return (variables, now) => evaluateDecision(drg, decision, scopeOf(variables, now))
  }
  throw new Error(`Expected procedure ${procedure.id} to have a decision ${decisionId}, but found none`)
}
