import type { Knex } from 'knex'
import type { Transaction } from '../../db/transaction.ts'

/** The tenant of the open transaction, for rows to be written: the wall lets no other through. */
export function ours(trx: Transaction): Knex.Raw {
  return trx.raw('current_tenant()')
}
