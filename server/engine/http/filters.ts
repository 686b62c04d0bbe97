/** Conditions a search may set, read from the API's form into lists of values. What no index serves is refused, never scanned for. */
import { z } from 'zod'
import type { Key } from '../key.ts'

/** So many values one condition may name. */
const MOST_VALUES = 1000

const HIGHEST_KEY = 2n ** 63n - 1n

/** A key as clients write it: a whole number of 64 bits. */
export const KeyText = z
  .string()
  .refine((text) => /^\d{1,19}$/.test(text) && BigInt(text) <= HIGHEST_KEY, 'Expected a key of digits')

/** The one instance with which elements and variables are kept: they are found by nothing else. */
export const TheInstance = z
  .string({ error: 'Expected the key of one process instance, because these are kept with their instance and found by nothing else' })
  .pipe(KeyText)

/** Text as the engine keeps it. */
const Text = z.string().regex(/^[^\u0000-\u001f]+$/, 'Expected a text without control characters')

/** One key or one of several. */
export const keys = oneOf(KeyText, 'a key')

/** Any text, or one of several. */
export const texts = oneOf(Text, 'a text')

/** One of these words, or some of them. */
export function words<const Word extends string>(list: readonly Word[]) {
  return oneOf(z.enum(list), list.join(' or '))
}

// The one wildcard at the end: an index has what begins alike side by side.
const Beginning = z.string().regex(/^[^*?\\\u0000-\u001f]+\*$/)

/** What the process id must be, or begin with: `{"$like": "town--*"}`. */
export const processIds = z
  .union([
    Text.transform((id) => ({ processIds: [id] })),
    z.strictObject({ $eq: Text }).transform(({ $eq }) => ({ processIds: [$eq] })),
    z.strictObject({ $in: z.array(Text).min(1).max(MOST_VALUES) }).transform(({ $in }) => ({ processIds: $in })),
    z.strictObject({ $like: Beginning }).transform(({ $like }) => ({ processIdPrefix: $like.slice(0, -1) })),
  ], { error: 'Expected a process id, {"$eq": id}, {"$in": [ids]} or {"$like": "beginning*"}; other conditions are served by no index' })

/** The one tenant there is. */
export const tenant = z.literal('<default>', { error: `Expected '<default>' or no tenant, because multi-tenancy is disabled` })

/** A filter of these conditions and no others. */
export function filterOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys'
      ? `Expected conditions on ${known} only, but found one on ${(issue.keys ?? []).join(', ')}, which no index serves`
      : undefined),
  })
}

/** Keys that both lists allow; a missing list allows all. */
export function both(some: readonly Key[] | undefined, others: readonly Key[] | undefined): readonly Key[] | undefined {
  return some && others ? some.filter((key) => others.includes(key)) : (some ?? others)
}

function oneOf<Word extends string>(value: z.ZodType<Word>, what: string) {
  return z
    .union([
      value.transform((text) => [text]),
      z.strictObject({ $eq: value }).transform(({ $eq }) => [$eq]),
      z.strictObject({ $in: z.array(value).min(1).max(MOST_VALUES) }).transform(({ $in }) => $in),
    ], { error: `Expected ${what}, {"$eq": …} or {"$in": […]}; other conditions are served by no index` })
}
