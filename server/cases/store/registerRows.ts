import type { Transaction } from '../../db/transaction.ts'
import { ours } from './ours.ts'

/** Raises the book's last number by one, opening the book when it is the year's first entry. Its row is locked until the commit. */
export async function takeNextInBook(
  trx: Transaction,
  book: { id: string; class: string; year: number },
): Promise<{ bookId: string; sequence: number }> {
  const { rows } = await trx.raw(
    `INSERT INTO register_books (tenant_id, id, class, year, last_number)
     VALUES (current_tenant(), :id, :class, :year, 1)
     ON CONFLICT (tenant_id, class, year) DO UPDATE SET last_number = register_books.last_number + 1
     RETURNING id, last_number`,
    book,
  )
  return { bookId: rows[0].id, sequence: rows[0].last_number }
}

/** Writes the entry under the number. `contentHash` is SHA-256 of what was handed in. */
export async function insertRegisterEntry(
  trx: Transaction,
  entry: { id: string; bookId: string; sequence: number; number: string; caseId: string; registeredAt: Date; contentHash: Buffer },
): Promise<void> {
  await trx('register_entries').insert({
    tenant_id: ours(trx),
    id: entry.id,
    book_id: entry.bookId,
    sequence: entry.sequence,
    number: entry.number,
    case_id: entry.caseId,
    registered_at: entry.registeredAt,
    content_hash: entry.contentHash,
  })
}
