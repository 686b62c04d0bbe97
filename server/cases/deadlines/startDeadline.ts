import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { countDeadline, localDay, type Deadline } from '../../rules/countDays.ts'
import type { Transaction } from '../../db/transaction.ts'
import { ruleOn, type Country, type DatedDeadline } from '../../zeebe/municipality.ts'
import type { Answers } from '../case.ts'
import type { Context } from '../context.ts'
import { insertDeadline } from '../store/deadlineRows.ts'
import { calendarOf, type CaseDeadline, type DeadlineRule } from './deadline.ts'

/** The rule that holds for `kind` on `day`, in the tier the answers ask for. Throws when the country has none: its data is incomplete. */
export function deadlineRule(country: Country, kind: string, day: string, answers: Answers = {}): DeadlineRule {
  const rule = ruleOn(country.deadlines[kind], day)
  if (!rule) {
    throw new Error(
      `Expected a deadline ${kind} valid on ${day} in _countries/${country.id}/deadlines.json, but found none, so no term can begin`,
    )
  }
  const tier = chosenTier(rule, answers)
  return {
    kind: tier?.kind ?? rule.kind,
    amount: tier?.amount ?? rule.amount,
    legalBasis: rule.legalBasis,
    silence: rule.silence,
    validFrom: rule.validFrom,
    ...(tier && { tier: tier.id }),
    ...(rule.extendOnceBy && { extendOnceBy: rule.extendOnceBy }),
    ...(rule.standsFor && { standsFor: rule.standsFor }),
  }
}

/** Counts the term that begins now, without keeping it. `dueAt` is ISO with the town's offset. */
export function countTerm(
  { country, tenant, clock }: Pick<Context, 'country' | 'tenant' | 'clock'>,
  kind: string,
  answers: Answers,
): { rule: DeadlineRule } & Deadline {
  const startsAt = clock.now()
  const rule = deadlineRule(country, kind, localDay(startsAt, tenant.timeZone), answers)
  const counted = countDeadline({
    startsAt,
    kind: rule.kind,
    amount: rule.amount,
    calendar: calendarOf(country, tenant),
    timeZone: tenant.timeZone,
  })
  return { rule, ...counted }
}

/** Begins the legal term of a case at this moment, by the rule of the country that holds today. */
export async function startDeadline(
  trx: Transaction,
  context: Context,
  given: { caseId: string; kind: string; answers: Answers },
): Promise<CaseDeadline> {
  const { rule, dueAt, formula } = countTerm(context, given.kind, given.answers)
  const deadline: CaseDeadline = {
    id: uuidv7(),
    caseId: given.caseId,
    kind: given.kind,
    rule,
    startsAt: new Date(context.clock.now()),
    dueAt: new Date(dueAt),
    pauses: [],
    extendedAt: null,
    extension: null,
    formula,
    endedAt: null,
  }
  await insertDeadline(trx, deadline)
  return deadline
}

const Tiers = z.array(
  z.looseObject({
    id: z.string(),
    amount: z.number().int().positive(),
    kind: z.enum(['calendarDays', 'workingDays', 'months', 'workingHours']).optional(),
  }),
)

// Bulgarian fee ordinances: speed sets both the price and the term, so an answer picks the tier; no answer means the ordinary one.
function chosenTier(rule: DatedDeadline, answers: Answers): z.infer<typeof Tiers>[number] | undefined {
  if (typeof rule.tierBy !== 'string') return undefined
  const tiers = Tiers.parse(rule.tiers)
  return tiers.find((tier) => tier.id === answers[rule.tierBy as string])
}
