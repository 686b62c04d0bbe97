import type { Transaction } from '../../db/transaction.ts'

/**
 * Ids of people by name, through the functions that run as the owner: behind row security no trigram index is used. `key`: a search
 * key. Who was merged leads to the row that stayed.
 */
export async function peopleWithWords(trx: Transaction, key: string, most: number): Promise<string[]> {
  const { rows } = await trx.raw('SELECT find_people(:patterns::text[], :most) AS id', { patterns: wordPatterns(key), most })
  return rows.map(({ id }: { id: string }) => id)
}

/** Ids of people whose names share the most letters in threes with the key, the nearest first. */
export async function peopleNamedLike(trx: Transaction, key: string, most: number): Promise<string[]> {
  const { rows } = await trx.raw('SELECT people_named_like(:key, :most) AS id', { key, most })
  return rows.map(({ id }: { id: string }) => id)
}

/** " ann" finds "anna" and "mary ann", not "susanna". A key has letters, digits and blanks only, so nothing in it is a wildcard. */
export function wordPatterns(key: string): string[] {
  return key.split(' ').filter(Boolean).map((word) => `% ${word}%`)
}
