import type { Transaction } from '../../db/transaction.ts'

/** Two rows with something in common, the newer one first. */
export interface PairRow {
  one: string
  other: string
  same_birthday: boolean
  same_email: boolean
  same_phone: boolean
}

/**
 * What the next so many living rows, from `after` back, share with older ones: each row asks three short questions of an index, so a
 * page costs the same in a small town and in a large one. `last`: where this walk ended; `isEnd`: no row is left.
 */
export async function pairRows(
  trx: Transaction, after: string | undefined, walked: number,
): Promise<{ rows: PairRow[]; last: string | undefined; isEnd: boolean }> {
  const ids: { id: string }[] = await trx('people')
    .whereNull('merged_into').modify((query) => (after === undefined ? undefined : void query.where('id', '<', after)))
    .orderBy('id', 'desc').limit(walked).select('id')
  const last = ids.at(-1)?.id
  if (last === undefined) return { rows: [], last: after, isEnd: true }
  const { rows } = await trx.raw(statement, { first: ids[0]!.id, last })
  return { rows, last, isEnd: ids.length < walked }
}

// A telephone of the town hall, given for hundreds, must not make a page endless.
const sharedByAtMost = 20

/** The statement itself, so that a test can ask for its plan. */
export const statement = `
  SELECT walked.id AS one, other.id AS other,
         coalesce(walked.born_on = other.born_on, false) AS same_birthday,
         coalesce(walked.email_key = other.email_key, false) AS same_email,
         coalesce(walked.phone_key = other.phone_key, false) AS same_phone
  FROM   people AS walked
  CROSS JOIN LATERAL (
           (SELECT id FROM people WHERE tenant_id = current_tenant() AND born_on = walked.born_on LIMIT ${sharedByAtMost})
     UNION (SELECT id FROM people WHERE tenant_id = current_tenant() AND email_key = walked.email_key LIMIT ${sharedByAtMost})
     UNION (SELECT id FROM people WHERE tenant_id = current_tenant() AND phone_key = walked.phone_key LIMIT ${sharedByAtMost})
  ) AS shares
  JOIN   people AS other ON other.tenant_id = current_tenant() AND other.id = shares.id
  WHERE  walked.tenant_id = current_tenant() AND walked.id BETWEEN :last AND :first AND walked.merged_into IS NULL
    AND  other.id < walked.id AND other.merged_into IS NULL AND other.kind = walked.kind
    AND  (other.identifier_hash IS NULL OR walked.identifier_hash IS NULL)
    AND  coalesce(other.born_on = walked.born_on, true)
  ORDER BY walked.id DESC, other.id DESC`
