/** Sort and page of a search, and the page it answers with. */
import { z } from 'zod'
import { refuse } from '../../base/errors.ts'
import { compareKeys, type Key } from '../key.ts'
import type { Filters, ListName, View } from '../read/reader.ts'
import { KeyText } from './filters.ts'

/** Counts and offsets go no further than this, so that what they cost does not grow with the archive. */
export const MOST_COUNTED = 10_000

const MOST_ITEMS = 1000

/** A cursor is the key of the last item, in the wrapping that the API's clients expect. */
const Cursor = z.string().transform((text) => Buffer.from(text, 'base64').toString('utf8')).pipe(KeyText)

export const Page = z
  .strictObject({
    limit: z.int().min(1).max(MOST_ITEMS).default(100),
    from: z.int().min(0).optional(),
    after: Cursor.optional(),
  }, { error: (issue) => (issue.code === 'unrecognized_keys' ? 'Expected limit, from and after only: pages go forward' : undefined) })
  .refine(({ from, after }) => from === undefined || after === undefined, 'Expected either from or after, but found both')
  .refine(({ from = 0, limit }) => from + limit <= MOST_COUNTED,
    `Expected from and limit to end within the first ${MOST_COUNTED} items; use after to go further`)
  .prefault({})

const Order = z.enum(['ASC', 'DESC']).default('ASC')

export type Page = z.infer<typeof Page>
export type Sort<Field extends string> = readonly { readonly field: Field; readonly order: 'ASC' | 'DESC' }[]

/** The order of a long list: by key. `alike` are fields whose order is the same, as moments of beginning are. */
export function keyOrder<const Field extends string>(key: Field, ...alike: Field[]) {
  const fields = [key, ...alike]
  return z
    .array(z.strictObject({
      field: z.enum(fields, { error: `Expected to sort by ${fields.join(' or ')}; no index serves another order` }),
      order: Order,
    }))
    .max(1, 'Expected to sort by one field, because keys leave nothing equal')
    .transform(([first]) => first?.order ?? 'ASC')
    .prefault([])
}

/** The order of a short list, which is sorted when it is read. */
export function sortBy<const Field extends string>(...fields: [Field, ...Field[]]) {
  return z.array(z.strictObject({ field: z.enum(fields), order: Order })).max(5).default([])
}

export interface PageInfo {
  totalItems: number
  /** There are more than were counted. */
  hasMoreTotalItems: boolean
  startCursor: string | null
  endCursor: string | null
}

/** A long list, or several with the same kind of keys, with its filter. */
export type Part = { [List in ListName]: { list: List; filter: Filters[List] } }[ListName]

/** The keys of one page, over all parts in the order of their keys. */
export async function pageOfKeys(
  view: View, parts: readonly Part[], { limit, from = 0, after }: Page, order: 'ASC' | 'DESC',
): Promise<{ keys: Key[]; page: PageInfo }> {
  const sign = order === 'ASC' ? 1 : -1
  const keys: Key[] = []
  let counted = 0
  for (const { list, filter } of parts) {
    keys.push(...(await view.keys(list, filter, { after, order, limit: from + limit })))
    counted += await view.count(list, filter, MOST_COUNTED + 1)
  }
  const paged = keys.sort((a, b) => compareKeys(a, b) * sign).slice(from, from + limit)
  return { keys: paged, page: pageInfo(paged, counted) }
}

/** One page of a short list. `keyOf` tells an item from all others. */
export function pageOfItems<Item extends object>(
  items: readonly Item[], sort: Sort<Extract<keyof Item, string>>, { limit, from = 0, after }: Page, keyOf: (item: Item) => Key,
): { items: Item[]; page: PageInfo } {
  const sorted = [...items].sort((a, b) => {
    for (const { field, order } of sort) {
      const difference = compare(a[field], b[field])
      if (difference !== 0) return order === 'ASC' ? difference : -difference
    }
    return compareKeys(keyOf(a), keyOf(b))
  })
  const last = sorted.findIndex((item) => keyOf(item) === after)
  if (after !== undefined && last < 0) {
    refuse('invalid', 'cursor-not-known', {}, 'Expected the cursor of an item that is still there, but found none')
  }
  const start = after === undefined ? from : last + 1
  const paged = sorted.slice(start, start + limit)
  return { items: paged, page: pageInfo(paged.map(keyOf), items.length) }
}

function pageInfo(keys: readonly Key[], counted: number): PageInfo {
  return {
    totalItems: Math.min(counted, MOST_COUNTED),
    hasMoreTotalItems: counted > MOST_COUNTED,
    startCursor: cursorOf(keys[0]),
    endCursor: cursorOf(keys.at(-1)),
  }
}

function cursorOf(key: Key | undefined): string | null {
  return key === undefined ? null : Buffer.from(key).toString('base64')
}

// Nothing comes last, whatever it is compared with.
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return 1
  if (b === null || b === undefined) return -1
  return a < b ? -1 : 1
}
