import { localDay } from '../rules/countDays.ts'
import { ruleOn, type DatedFee } from '../zeebe/municipality.ts'
import type { Procedure } from '../zeebe/packages.ts'
import type { Context } from './context.ts'

/** A procedure's price list that holds in the town at `atMs`; undefined where the procedure has no fee. */
export function feeRuleAt({ country, tenant }: Pick<Context, 'country' | 'tenant'>, { fee }: Procedure, atMs: number): DatedFee | undefined {
  return ruleOn(fee ? country.fees[fee] : undefined, localDay(atMs, tenant.timeZone))
}
