import type { Answers, ChannelName, Json } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import { feeRuleAt } from './feeRule.ts'

/** A request as far as diagrams and decisions may know it. */
export interface KnownRequest {
  /** Answers to the start form that {@link keptAnswers} has kept. */
  answers: Answers
  channel: ChannelName
  anonymous: boolean
  /** When it is filed: the price list of that day holds. */
  atMs: number
}

/**
 * What a procedure's diagram and decisions reckon with. Of the answers only what `procedure.json` lists leaves the case;
 * a question that was not asked is null there.
 */
export function requestVariables(
  context: Pick<Context, 'country' | 'tenant'>,
  { procedure }: ShelvedPackage,
  { answers, channel, anonymous, atMs }: KnownRequest,
): Record<string, Json> {
  return {
    ...Object.fromEntries(procedure.reads.map((key) => [key, answers[key] ?? null])),
    country: context.tenant.country,
    channel,
    anonymous,
    fee: feeRuleAt(context, procedure, atMs)?.amounts ?? null,
  }
}
