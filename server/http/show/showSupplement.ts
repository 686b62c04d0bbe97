import { localDay } from '../../rules/countDays.ts'
import type { CaseFile } from '../../cases/case.ts'
import { fieldOf } from '../../cases/supplement/supplement.ts'
import type { Supplement } from '../contract/terms.ts'
import type { Town } from '../web.ts'

/** What the citizen was asked to supply, with the papers that came. */
export function showSupplements({ supplements, documents }: Pick<CaseFile, 'supplements' | 'documents'>, town: Town): Supplement[] {
  return supplements.map((each) => ({
    id: each.id,
    missing: each.missing,
    state: each.state,
    askedAt: each.askedAt.toISOString(),
    dueAt: each.dueAt.toISOString(),
    dueOn: localDay(each.dueAt.getTime(), town.timeZone),
    unanswered: each.unanswered,
    answer: each.answer,
    settledAt: each.settledAt?.toISOString() ?? null,
    documents: documents.filter(({ field }) => field === fieldOf(each)).map(({ id }) => id),
  }))
}
