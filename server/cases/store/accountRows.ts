import type { Transaction } from '../../db/transaction.ts'
import { ours } from './ours.ts'

/** Which of these people have an account here. */
export async function withAccount(trx: Transaction, personIds: readonly string[]): Promise<Set<string>> {
  const rows: { person_id: string }[] = await trx('accounts').whereIn('person_id', [...personIds]).distinct('person_id')
  return new Set(rows.map((row) => row.person_id))
}

/** Whether the person with this proven number has an account here. */
export async function numberHasAccount(trx: Transaction, identifierHash: Buffer): Promise<boolean> {
  const found = await trx('accounts as a')
    .join('people as p', (on) => on.on('p.tenant_id', 'a.tenant_id').on('p.id', 'a.person_id'))
    .where({ 'p.identifier_hash': identifierHash })
    .first('a.id')
  return found !== undefined
}

/** Ties a login to a person; tied already, it stays as it is. */
export async function insertAccount(
  trx: Transaction, account: { id: string; subject: string; personId: string; createdAt: Date },
): Promise<void> {
  await trx('accounts')
    .insert({
      tenant_id: ours(trx), id: account.id, subject: account.subject, person_id: account.personId, created_at: account.createdAt,
    })
    .onConflict(['tenant_id', 'subject'])
    .ignore()
}
