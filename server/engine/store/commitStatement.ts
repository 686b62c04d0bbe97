import type { Changes, Rows, TableName } from './rows.ts'
import { IDENTITY_SEPARATOR, tableNames, tables, type Column } from './tables.ts'

/**
 * One commit is one statement: PostgreSQL makes the transaction itself, and there is one round trip instead of a dozen.
 * Each table touched adds one part; the statement is prepared once per combination of tables, of which a running engine uses a handful.
 *
 * Rows travel as one text per column, cut apart by PostgreSQL: measured against jsonb_to_recordset and against array literals,
 * joining is what costs least on both sides. The separators are control characters, which no text of the engine can hold.
 */
export interface CommitStatement {
  name: string
  text: string
  values: string[]
}

const CELL = '\u0002'
const NULL = '\u0003'

/** `epoch` is the writer's: in another epoch nothing is written and the answer has no row. */
export function commitStatement(epoch: string, changes: Changes): CommitStatement {
  const values: string[] = [epoch, changes.lastKey]
  const parts: string[] = []
  const name: string[] = ['commit']
  for (const table of tableNames) {
    const rows = changes.put[table]
    if (rows && rows.length > 0) {
      parts.push(`put_${table} AS (${putPart(table, values.length)})`)
      name.push(`+${table}`)
      values.push(...tables[table].columns.map((column) => joined(rows, column)))
    }
    const identities = changes.remove[table]
    if (identities && identities.length > 0) {
      parts.push(`remove_${table} AS (${removePart(table, values.length)})`)
      name.push(`-${table}`)
      values.push(...removedColumns(table, identities))
    }
  }
  return { name: shortName(name.join('')), text: `${fence}${parts.map((part) => `,\n${part}`).join('')}\nSELECT epoch FROM fence`, values }
}

// Locks the lease row until the commit ends: a standby that raises the epoch waits for it, and after that nothing here is written.
const fence = `
WITH fence AS (
  UPDATE engine.lease SET beat = beat + 1, last_key = $2::bigint
  WHERE epoch = $1::bigint
  RETURNING epoch
)`

const sqlType = (column: Column): string => (column.type === 'ms' ? 'bigint' : column.type)

function putPart(table: TableName, used: number): string {
  const { name, identity, columns } = tables[table]
  const identityColumns = columns.filter((column) => identity.includes(column.field))
  const others = columns.filter((column) => !identity.includes(column.field))
  return `
  INSERT INTO ${name} (${columns.map((each) => each.column).join(', ')})
  SELECT ${columns.map((each) => `t.${each.column}::${sqlType(each)}`).join(', ')}
  FROM fence, unnest(${columns.map((each, index) => cells(each, used + index + 1)).join(', ')})
    AS t (${columns.map((each) => each.column).join(', ')})
  ON CONFLICT (${identityColumns.map((each) => each.column).join(', ')})
  DO UPDATE SET ${others.map((each) => `${each.column} = EXCLUDED.${each.column}`).join(', ')}`
}

// One empty text is no text to string_to_array, but one cell to us.
function cells({ type }: Column, position: number): string {
  const cut = `string_to_array($${position}, E'\\x02', E'\\x03')`
  return type === 'text' ? `coalesce(nullif(${cut}, '{}'), ARRAY[''])` : cut
}

function removePart(table: TableName, used: number): string {
  const { name, identity, columns } = tables[table]
  const own = columns.filter((column) => identity.includes(column.field))
  const cut = own.map((each, index) => `string_to_array($${used + index + 1}, E'\\x02')::${sqlType(each)}[]`)
  const match = own.length === 1
    ? `${own[0]!.column} = ANY (${cut[0]})`
    : `(${own.map((each) => each.column).join(', ')}) IN (SELECT * FROM unnest(${cut.join(', ')}))`
  return `
  DELETE FROM ${name} WHERE ${match} AND EXISTS (SELECT FROM fence)`
}

function removedColumns(table: TableName, identities: string[]): string[] {
  const count = tables[table].identity.length
  if (count === 1) return [identities.join(CELL)]
  const split = identities.map((identity) => identity.split(IDENTITY_SEPARATOR))
  return Array.from({ length: count }, (_, index) => split.map((each) => each[index]).join(CELL))
}

function joined<T extends TableName>(rows: Rows[T][], { field, type }: Column): string {
  let text = ''
  for (let index = 0; index < rows.length; index++) {
    if (index > 0) text += CELL
    const value = (rows[index] as unknown as Record<string, unknown>)[field]
    if (value === null || value === undefined) text += NULL
    else if (type === 'bigint[]') text += `{${(value as string[]).join(',')}}`
    else text += type === 'text' ? whole(value as string, field) : value
  }
  return text
}

// Never reached by what the commands let in; a cell that falls apart would shift all that follow into other rows.
function whole(text: string, field: string): string {
  if (text.includes(CELL) || text.includes(NULL)) throw new Error(`Expected ${field} to hold no separators, but it does`)
  return text
}

// PostgreSQL cuts names of prepared statements at 63 bytes.
const names = new Map<string, string>()
function shortName(parts: string): string {
  const known = names.get(parts)
  if (known) return known
  const short = `commit-${names.size}`
  names.set(parts, short)
  return short
}
