import type { Knex } from 'knex'
import type { Clock } from '../base/clock.ts'
import type { Keys } from './keys.ts'

/** What this room needs of a verb's context: one town's rows, the time and the keys. */
export interface TenantDoor {
  readonly db: { transaction<Result>(work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> }
  readonly clock: Clock
  readonly keys: Keys
  readonly tenant: { readonly id: string; readonly country: string; readonly firstLanguage: string }
}
