import type { Knex } from 'knex'
import { Outage, Refusal } from '../base/errors.ts'

/** An open transaction, bound to one tenant. */
export type Transaction = Knex.Transaction

/**
 * The only way to reach product tables. Every transaction carries its tenant,
 * and row-level security answers "nothing" to a statement that forgot to ask for one.
 */
export interface Database {
  readonly tenantId: string
  transaction<Result>(work: (trx: Transaction) => Promise<Result>): Promise<Result>
  /**
   * Calls a function of the database that names the tenant itself, its first argument, and answers the rows: one round trip, for what
   * every request asks. Nothing else reaches rows without a transaction.
   */
  ask<Row>(functionName: string, ...given: readonly (string | Buffer)[]): Promise<Row[]>
}

/**
 * The database as one tenant sees it. A transaction throws an Outage where PostgreSQL cannot be reached, has no room left or goes away;
 * in the last case nobody knows whether it has been committed.
 */
export function forTenant(pool: Knex, tenantId: string): Database {
  return {
    tenantId,
    transaction: (work) =>
      reached(
        pool.transaction(async (trx) => {
          // `true`: the setting ends with the transaction, so a pooled connection never carries it to the next one.
          await trx.raw(`SELECT set_config('salter.tenant', ?, true)`, [tenantId])
          return work(trx)
        }),
      ),
    async ask<Row>(functionName: string, ...given: readonly (string | Buffer)[]) {
      const places = [tenantId, ...given].map(() => '?').join(', ')
      const { rows } = await reached(pool.raw<{ rows: Row[] }>(`SELECT * FROM ??(${places})`, [functionName, tenantId, ...given]))
      return rows
    },
  }
}

async function reached<Result>(work: PromiseLike<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw isAway(error) ? new Outage('postgres', error) : error
  }
}

// Of the network; of PostgreSQL (connection exceptions, shutdowns, a full disk, too many connections); and of knex and pg, which have
// no codes. A full disk (53100) passes when somebody makes room: nothing of ours is wrong, and what was not kept is asked for again.
const codesOfAbsence = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[123]|53100|53300)$/
const wordsOfAbsence = /Connection terminated|connection error and is not queryable|Timeout acquiring a connection/

function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Refusal || error instanceof Outage) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return codesOfAbsence.test(code) || wordsOfAbsence.test(error.message)
}
