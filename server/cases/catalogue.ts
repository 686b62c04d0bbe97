import { refuse } from '../base/errors.ts'
import type { AssuranceLevel } from '../identity/actor.ts'
import { localDay } from '../rules/countDays.ts'
import type { LevelRule } from '../rules/neededLevel.ts'
import type { Money } from '../rules/money.ts'
import { findInCatalogue, nearestWord } from './catalogueSearch.ts'
import type { Context, ShelvedPackage } from './context.ts'
import type { DeadlineRule } from './deadlines/deadline.ts'
import { deadlineRule } from './deadlines/startDeadline.ts'
import { feeRuleAt } from './feeRule.ts'
import { townWords } from './letters/townWords.ts'
import { wordsOf } from './words.ts'

/** A price of the price board. */
export interface FeeLine {
  id: string
  /** In words; the id where the procedure has none. */
  name: string
  amount: Money
  legalBasis: string
}

/** A procedure as the catalogue lists it, in the reader's language. */
export interface CatalogueEntry {
  id: string
  title: string
  summary: string
  kind: 'request' | 'petition'
  term: Pick<DeadlineRule, 'kind' | 'amount' | 'legalBasis'>
  /** Empty: no fee. */
  fees: FeeLine[]
  assurance: AssuranceLevel
  lifeEvents: string[]
  popular: number
}

/** A procedure's own page. */
export interface ProcedurePage extends CatalogueEntry {
  who: string
  what: string
  how: string
  unit: string
  documents: { id: string; name: string; note: string; broughtBy: 'party' | 'office'; need: 'required' | 'recommended' | 'conditional' }[]
  applicants: ('person' | 'company')[]
  opensAccount: boolean
  /** Answers that need more than `assurance`. */
  levels: LevelRule<AssuranceLevel>[]
  silence: DeadlineRule['silence']
}

/**
 * What the town offers and is valid today, best match first; without words all of it, the most asked for first.
 * Words match in any script and language, by their beginnings. `didYouMean` is a word of the catalogue near to one that matched nothing.
 */
export function searchCatalogue(
  context: Context,
  { language, q }: { language: string; q: string },
): { entries: CatalogueEntry[]; didYouMean: string | null } {
  const offered = [...context.packages.offered()].sort((a, b) => a.procedure.popular - b.procedure.popular)
  const found = findInCatalogue(offered, context.tenant.country, q)
  return {
    entries: found.map((pack) => entryOf(context, pack, language)),
    didYouMean: found.length === 0 ? nearestWord(offered, context.tenant.country, language, q) : null,
  }
}

/** The page of one procedure. */
export function procedureOf(context: Context, procedureId: string, language: string): ProcedurePage {
  const { packages, tenant } = context
  const pack = packages.newest(procedureId) ?? refuse('not-found', 'procedure-not-offered')
  const words = wordsOf(pack, language, tenant.country)
  const { procedure } = pack
  return {
    ...entryOf(context, pack, language),
    who: words.at('who') ?? '',
    what: words.at('what') ?? '',
    how: words.at('how') ?? '',
    unit: townWords(tenant, language).unitName(procedure.unit),
    documents: procedure.documents.map(({ id, broughtBy, need }) => ({
      id,
      broughtBy,
      need,
      name: words.at(`documents.${id}.name`) ?? id,
      note: words.at(`documents.${id}.note`) ?? '',
    })),
    applicants: procedure.applicants,
    opensAccount: procedure.account !== undefined,
    levels: procedure.levels,
    silence: ruleToday(context, pack).silence,
  }
}

function entryOf(context: Context, pack: ShelvedPackage, language: string): CatalogueEntry {
  const { procedure } = pack
  const words = wordsOf(pack, language, context.tenant.country)
  const { kind, amount, legalBasis } = ruleToday(context, pack)
  return {
    id: procedure.id,
    title: words.at('title') ?? procedure.id,
    summary: words.at('summary') ?? '',
    kind: procedure.kind,
    term: { kind, amount, legalBasis },
    fees: feesOf(context, pack, language),
    assurance: procedure.assurance,
    lifeEvents: procedure.lifeEvents,
    popular: procedure.popular,
  }
}

function feesOf(context: Context, pack: ShelvedPackage, language: string): FeeLine[] {
  const fee = feeRuleAt(context, pack.procedure, context.clock.now())
  if (!fee) return []
  const words = wordsOf(pack, language, context.tenant.country)
  return Object.entries(fee.amounts).map(([id, minor]) => ({
    id,
    name: words.at(`fees.${id}`) ?? id,
    amount: { minor, currency: fee.currency },
    legalBasis: fee.legalBasis,
  }))
}

function ruleToday({ country, tenant, clock }: Context, pack: ShelvedPackage): DeadlineRule {
  return deadlineRule(country, pack.procedure.deadline, localDay(clock.now(), tenant.timeZone))
}
