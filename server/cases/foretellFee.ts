import { refuse } from '../base/errors.ts'
import { localDay } from '../rules/countDays.ts'
import { toPlain } from '../rules/feel/index.ts'
import { checkAnswers, keptAnswers } from '../rules/form/index.ts'
import { money, type Money } from '../rules/money.ts'
import type { Answers } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { decisionIn } from './decision.ts'
import { feeRuleAt } from './feeRule.ts'
import { formOf } from './forms.ts'
import { requestVariables } from './requestVariables.ts'

/** What a request with these answers costs when it is filed now. */
export interface ForetoldFee {
  amount: Money
  legalBasis: string
}

/** A request that is about to be filed on the portal. */
export interface RequestInHand {
  procedure: string
  answers: Answers
  anonymous: boolean
}

/**
 * The fee that will be charged: the decision that the procedure's diagram makes, made with the same variables. Null where the
 * procedure has no such decision, and where an answer that decisions may read is missing or wrong. Refusal: procedure-not-offered.
 */
export async function foretellFee(context: Context, { procedure: id, answers, anonymous }: RequestInHand): Promise<ForetoldFee | null> {
  const pack = context.packages.newest(id) ?? refuse('not-found', 'procedure-not-offered')
  const { feeDecision } = pack.procedure
  const atMs = context.clock.now()
  const rule = feeRuleAt(context, pack.procedure, atMs)
  if (!feeDecision || !rule || !isAnswered(context, pack, answers)) return null

  const kept = keptAnswers(formOf(pack, pack.procedure.startForm), answers, { country: context.tenant.country }) as Answers
  const decide = await decisionIn(pack, feeDecision)
  const { output, failure } = decide(requestVariables(context, pack, { answers: kept, channel: 'portal', anonymous, atMs }), () => atMs)
  const minor = toPlain(output)
  if (failure || typeof minor !== 'number' || minor < 0) {
    throw new Error(`Expected decision ${feeDecision} of ${id} to give a fee, but ${failure?.message ?? `it gave ${String(minor)}`}`)
  }
  return { amount: money(minor, rule.currency), legalBasis: rule.legalBasis }
}

/** Whether the answers that decisions may read are there and good; whatever else is still missing does not matter. */
function isAnswered({ tenant, clock }: Context, pack: ShelvedPackage, answers: Answers): boolean {
  const { procedure } = pack
  const today = localDay(clock.now(), tenant.timeZone)
  const faults = checkAnswers(formOf(pack, procedure.startForm), answers, { today, country: tenant.country, strictIdentifiers: true })
  return !faults.some(({ key }) => procedure.reads.includes(key))
}
