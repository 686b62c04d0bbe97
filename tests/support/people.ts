import { v7 as uuidv7 } from 'uuid'
import { maskNumber } from '../../server/rules/identifiers/index.ts'
import { searchKey } from '../../server/rules/searchKey.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import type { TestTown } from './town.ts'

export interface Known {
  name?: string
  kind?: 'person' | 'company'
  /** Proven. */
  number?: string
  bornOn?: string
  email?: string
  phone?: string
  address?: string
  language?: string
}

/** A row of the town's people; answers its id. */
export async function person(
  town: TestTown, { name = 'Марко Илић', kind = 'person', number, bornOn, email, phone, address, language = 'sr-Cyrl' }: Known = {},
): Promise<string> {
  const { db, keys } = town.contextFor(systemActor('test'))
  const id = uuidv7()
  const words = name.split(' ')
  const plain = number && (kind === 'company' ? `company ${number}` : number)
  await db.transaction((trx) => trx('people').insert({
    tenant_id: town.tenant.id, id, kind, language, search_key: searchKey(name),
    given_name: kind === 'company' ? '' : words[0], family_name: kind === 'company' ? name : words.slice(1).join(' '),
    identifier_hash: plain ? keys.identifierHash(town.tenant.id, plain) : null,
    identifier_mask: number ? maskNumber(number) : null,
    born_on: bornOn ?? null, email: email ?? null, phone: phone ?? null, address: address === undefined ? null : JSON.stringify(address),
    created_at: new Date(town.clock.now()),
  }))
  return id
}

/** A login that acts as the person. */
export async function account(town: TestTown, personId: string): Promise<Actor> {
  const accountId = uuidv7()
  const subject = `subject-${accountId}`
  await town.contextFor(systemActor('test')).db.transaction((trx) => trx('accounts').insert({
    tenant_id: town.tenant.id, id: accountId, subject, person_id: personId, created_at: new Date(town.clock.now()),
  }))
  return { kind: 'citizen', id: subject, name: 'Неко', level: 'password', roles: [], units: [], accountId, personId }
}

/** All rows of all the town's tables but the two chronicles of what was done, as the database writes them down. */
export async function allRows(town: TestTown): Promise<Record<string, string[]>> {
  const chronicles = ['audit_entries', 'person_merges']
  return town.contextFor(systemActor('test')).db.transaction(async (trx) => {
    const { rows } = await trx.raw(`SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity ORDER BY 1`)
    const told: Record<string, string[]> = {}
    for (const { name } of rows as { name: string }[]) {
      if (chronicles.includes(name)) continue
      const found = await trx.raw('SELECT to_jsonb(each)::text AS row FROM ?? AS each ORDER BY 1', [name])
      told[name] = found.rows.map(({ row }: { row: string }) => row)
    }
    return told
  })
}
