import type pg from 'pg'
import { Fenced } from './store.ts'
import { keptSince, monthAfter, monthNamed, monthOf, type Month } from './months.ts'

/**
 * Makes the partitions of `engine.history` for the month at hand and the next, brings there what had to lie in the default one
 * meanwhile, and drops the months that have been kept long enough. Never beside a commit: it goes over the writer's connection.
 */
export async function turnMonths(client: pg.Client, epoch: string, nowMs: number, keptMonths: number): Promise<void> {
  const there = new Set((await client.query<{ name: string }>(monthsThere)).rows.map((row) => row.name))
  const strayed = (await client.query<{ name: string }>(monthsInDefault)).rows.map((row) => monthNamed(row.name))
  const now = monthOf(nowMs)
  for (const month of [now, monthAfter(now), ...strayed]) {
    if (there.has(month.name)) continue
    await asWriter(client, epoch, makeMonth(month))
    there.add(month.name)
  }
  const since = keptSince(nowMs, keptMonths)
  for (const name of there) if (monthNamed(name).until <= since) await asWriter(client, epoch, `DROP TABLE engine.history_${name}`)
}

const monthsThere = `
  SELECT substring(c.relname FROM 'history_(\\d{4}_\\d\\d)') AS name
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'engine.history'::regclass AND c.relname <> 'history_default'`

// Nearly always empty, and read whole: it has an index by key alone.
const monthsInDefault = `
  SELECT DISTINCT to_char(to_timestamp(written_at / 1000.0) AT TIME ZONE 'UTC', 'YYYY_MM') AS name
  FROM engine.history_default`

// Attaching a table that was made beside lets readers of the other months go on, which "PARTITION OF" would not.
const makeMonth = ({ name, from, until }: Month): string => `
  CREATE TABLE engine.history_${name} (LIKE engine.history INCLUDING ALL);
  WITH moved AS (
    DELETE FROM engine.history_default WHERE written_at >= ${from} AND written_at < ${until} RETURNING *
  )
  INSERT INTO engine.history_${name} SELECT * FROM moved;
  ALTER TABLE engine.history ATTACH PARTITION engine.history_${name} FOR VALUES FROM (${from}) TO (${until})`

// A reader may hold a month for as long as its statement takes. Commands are not kept waiting for that: the next time will do.
async function asWriter(client: pg.Client, epoch: string, change: string): Promise<void> {
  await client.query(`BEGIN; SET LOCAL lock_timeout = '100ms'`)
  try {
    const { rowCount } = await client.query('SELECT FROM engine.lease WHERE epoch = $1 FOR UPDATE', [epoch])
    if (rowCount === 0) throw new Fenced(`Expected to turn months in epoch ${epoch}, but another engine has taken over`)
    await client.query(change)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
