import { decisionOf, evaluateDecision, readDmn } from '../../../server/rules/dmn/index.ts'
import type { DecisionRequirements, DecisionResult } from '../../../server/rules/dmn/index.ts'
import { scopeOf, toJson } from '../../../server/rules/feel/index.ts'
import type { DialectName } from '../../../server/rules/feel/index.ts'

/** A model, read. */
export async function graphOf(xml: string, dialect: DialectName = 'camunda'): Promise<DecisionRequirements> {
  const { drg, faults } = await readDmn(xml, { dialect })
  if (!drg) throw new Error(faults.join('\n'))
  return drg
}

/** Makes the decision `a` of a graph, or the one that is named. The clock stands. */
export function make(drg: DecisionRequirements, variables: Record<string, unknown>, decision = 'a'): DecisionResult {
  const found = decisionOf(drg, decision)
  if (!found) throw new Error(`There is no decision ${decision}`)
  return evaluateDecision(drg, found, scopeOf(variables, () => Date.parse('2026-11-24T00:00:00Z')))
}

/** Reads a model and makes its decision `a`, or the one that is named. */
export async function decide(
  xml: string,
  variables: Record<string, unknown> = {},
  { decision = 'a', dialect = 'camunda' }: { decision?: string; dialect?: DialectName } = {},
): Promise<DecisionResult> {
  return make(await graphOf(xml, dialect), variables, decision)
}

/** The output of a decision as JSON. Where it failed, why. */
export async function outputOf(...asked: Parameters<typeof decide>): Promise<string> {
  const { output, failure } = await decide(...asked)
  return failure ? `failed: ${failure.message}` : toJson(output)
}
