/** Instances by the million: the rows of one that really ran, under new keys. */
import pg from 'pg'
import { copyIn } from './copyIn.ts'

/** Tables that hold something of a sleeping instance, and the column that tells whose it is. */
const tables = {
  instances: 'key', elements: 'instance_key', jobs: 'instance_key', timers: 'instance_key', subscriptions: 'instance_key',
} as const

/** Lines sent at once. */
const LINES = 50

export interface CopyOptions {
  /** As `salter_owner`; no engine may be open there. */
  url: string
  instanceKey: string
  count: number
  /** Moments in the rows that are a copy's own, later than the instance's by so much. */
  moments: readonly number[]
  laterMs(index: number): number
}

/**
 * Copies an instance `count` times into the tables it has rows in, with keys after the last one given. Keys and moments are changed
 * wherever they stand, in the body too. Answers the keys of the copies' jobs.
 */
export async function copyInstance({ url, instanceKey, count, moments, laterMs }: CopyOptions): Promise<{ jobKey(index: number): string }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: [lease] } = await client.query<{ last_key: string }>('SELECT last_key FROM engine.lease')
    const first = BigInt(instanceKey)
    const last = BigInt(lease!.last_key)
    // The instance was the last thing that happened, so all keys since its own are its.
    const step = last - first + 1n
    const keyOf = (offset: bigint, index: number): string => String(last + 1n + BigInt(index) * step + offset)
    let jobOffset = 0n
    for (const [table, column] of Object.entries(tables)) {
      const { rows } = await client.query<Record<string, string | null>>(await selectTexts(client, table, column), [instanceKey])
      for (const row of rows) {
        if (table === 'jobs') jobOffset = BigInt(row.key!) - first
        const line = Object.values(row).map(copyText).join('\t') + '\n'
        const copy = likeness(line, { first, last, moments })
        await copyIn(client, `COPY engine.${table} (${Object.keys(row).join(', ')}) FROM STDIN`, lines(copy, keyOf, laterMs, count))
      }
    }
    await client.query('UPDATE engine.lease SET last_key = $1', [keyOf(0n, count)])
    await client.query('VACUUM (FREEZE, ANALYZE) engine.instances, engine.elements, engine.jobs, engine.timers, engine.subscriptions')
    return { jobKey: (index) => keyOf(jobOffset, index) }
  } finally {
    await client.end()
  }
}

async function selectTexts(client: pg.Client, table: string, column: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [`engine.${table}`])
  return `SELECT ${rows.map(({ name }) => `${name}::text`).join(', ')} FROM engine.${table} WHERE ${column} = $1`
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyText(value: string | null): string {
  return value === null ? '\\N' : value.replace(/[\\\n\r\t]/g, (character) => escapes[character]!)
}

/** A line of COPY cut where a copy differs: texts, and between them how far a key is from the instance's, or a moment. */
type Likeness = { texts: string[]; between: (bigint | number)[] }

function likeness(line: string, { first, last, moments }: { first: bigint; last: bigint; moments: readonly number[] }): Likeness {
  const texts: string[] = []
  const between: Likeness['between'] = []
  let from = 0
  for (const match of line.matchAll(/\d{13,}/g)) {
    const number = BigInt(match[0])
    const isKey = number >= first && number <= last
    if (!isKey && !moments.includes(Number(number))) continue
    texts.push(line.slice(from, match.index))
    between.push(isKey ? number - first : Number(number))
    from = match.index + match[0].length
  }
  texts.push(line.slice(from))
  return { texts, between }
}

function* lines(
  { texts, between }: Likeness, keyOf: (offset: bigint, index: number) => string, laterMs: (index: number) => number, count: number,
): Generator<string> {
  let piece = ''
  for (let index = 0; index < count; index++) {
    piece += texts[0]
    for (const [at, what] of between.entries()) {
      piece += (typeof what === 'number' ? what + laterMs(index) : keyOf(what, index)) + texts[at + 1]!
    }
    if (index % LINES === LINES - 1) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}
