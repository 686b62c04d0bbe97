import type { CatalogueEntry, FeeLine } from '../../../server/http/contract/catalogue.ts'
import type { Money } from '../../../server/http/contract/words.ts'

interface Words {
  t(key: string, facts?: Record<string, unknown>): string
  money(amount: Money): string
}

/** A procedure's fee in a few words: no fee, free of charge one way, a sum, or from a sum on. */
export function feeWords({ fees }: Pick<CatalogueEntry, 'fees'>, { t, money }: Words): string {
  const [first, ...rest] = [...fees].sort((one, other) => one.amount.minor - other.amount.minor)
  if (!first) return t('fee.none')
  if (rest.length === 0) return amountWords(first, { t, money })
  if (first.amount.minor === 0) return t('fee.freeBy', { name: first.name })
  return t('fee.from', { amount: money(first.amount) })
}

/** One line of the fees, or what a request costs. */
export function amountWords({ amount }: Pick<FeeLine, 'amount'>, { t, money }: Words): string {
  return amount.minor === 0 ? t('fee.free') : money(amount)
}
