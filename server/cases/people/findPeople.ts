import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { searchKey } from '../../rules/searchKey.ts'
import { plainNumber } from '../applicant.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { findCaseByNumber } from '../store/caseRows.ts'
import { peopleWithWords } from '../store/peopleSearch.ts'
import { peopleOfCase } from '../store/personCases.ts'
import { peopleBornOn, personOfNumber, storedPeople, type StoredPerson } from '../store/personRows.ts'
import { findSimilar } from './findSimilar.ts'

export interface FoundPeople {
  people: StoredPerson[]
  /** No name is exactly so; these are one typing error away. */
  near: boolean
  /** There are more than a page shows. */
  more: boolean
}

/** More than anyone looks through; another word is quicker. */
const most = 50

/**
 * People and companies by what is typed in one field: a whole personal or company number (by its keyed hash), a birthday, a case
 * number, or words of a name in any script, each the beginning of a word. Where no name fits, those one typing error away. Who was
 * merged into another is found as that one. Refusal: not-allowed.
 */
export async function findPeople(context: Context, typed: string): Promise<FoundPeople> {
  if (!may(context.actor, 'person.read')) refuse('not-allowed', 'not-allowed')
  const key = searchKey(typed)
  // One letter finds half the town.
  if (key.length < 2) return { people: [], near: false, more: false }
  return context.db.transaction(async (trx) => {
    const exact = [
      ...(await withNumber(trx, context, typed)),
      ...(await ofCase(trx, typed)),
      ...(await bornOn(trx, typed)),
      ...(await peopleWithWords(trx, key, most + 1)),
    ]
    const near = exact.length === 0 ? await oneSlipAway(trx, key) : []
    const ids = [...new Set([...exact, ...near])]
    const rows = await storedPeople(trx, ids.slice(0, most))
    return { people: ids.flatMap((id) => rows.get(id) ?? []), near: near.length > 0, more: ids.length > most }
  })
}

/** Whole numbers only: what is kept of a number is a hash. */
async function withNumber(trx: Transaction, { keys, tenant }: Context, typed: string): Promise<string[]> {
  if (!/^[a-z]{0,2}[\s\d.-]{6,24}$/i.test(typed)) return []
  const found: string[] = []
  for (const number of [typed, typed.replace(/^[a-z]+/i, '')]) {
    for (const kind of ['person', 'company'] as const) {
      const person = await personOfNumber(trx, keys.identifierHash(tenant.id, plainNumber({ kind, number })))
      if (person) found.push(person.id)
    }
  }
  return found
}

async function ofCase(trx: Transaction, typed: string): Promise<string[]> {
  if (!/\d/.test(typed)) return []
  const found = await findCaseByNumber(trx, typed)
  return found ? peopleOfCase(trx, found.case.id) : []
}

/** `1985-03-15` and `15.3.1985.` are days; every other text is none. */
async function bornOn(trx: Transaction, typed: string): Promise<string[]> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)?.slice(1)
  const local = /^(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})\.?$/.exec(typed)?.slice(1).reverse()
  const [year, month, day] = (iso ?? local ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return []
  const date = new Date(Date.UTC(year, month - 1, day))
  // 31 April is no day and nobody's birthday.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return []
  return peopleBornOn(trx, date.toISOString().slice(0, 10), most + 1)
}

async function oneSlipAway(trx: Transaction, key: string): Promise<string[]> {
  // Which of the words is the family name makes no difference to what is similar.
  const similar = await findSimilar(trx, { givenName: '', familyName: key, kind: 'any' })
  return similar.map(({ person }) => person.id)
}
