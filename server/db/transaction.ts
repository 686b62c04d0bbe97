import type { Knex } from 'knex'

/** An open transaction, bound to one tenant. */
export type Transaction = Knex.Transaction

/**
 * The only way to reach product tables. Every transaction carries its tenant,
 * and row-level security answers "nothing" to a statement that forgot to ask for one.
 */
export interface Database {
  readonly tenantId: string
  transaction<Result>(work: (trx: Transaction) => Promise<Result>): Promise<Result>
}

/** The database as one tenant sees it. */
export function forTenant(pool: Knex, tenantId: string): Database {
  return {
    tenantId,
    transaction: (work) =>
      pool.transaction(async (trx) => {
        // `true`: the setting ends with the transaction, so a pooled connection never carries it to the next one.
        await trx.raw(`SELECT set_config('salter.tenant', ?, true)`, [tenantId])
        return work(trx)
      }),
  }
}
