import type pg from 'pg'
import { systemClock, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { commitStatement } from './commitStatement.ts'
import { Connection } from './connection.ts'
import { turnMonths } from './historyMonths.ts'
import { returnLease, takeLease } from './lease.ts'
import { load } from './loadStatements.ts'
import { isDiskFull, proveRoom } from './room.ts'
import type { Rows, TableName } from './rows.ts'
import { DEFAULT_HISTORY_MONTHS, Fenced, StoreFull, type HistoryOptions, type Opening, type Store } from './store.ts'
import { tables } from './tables.ts'

export interface PostgresStoreOptions extends HistoryOptions {
  /** Address as `salter_owner`. */
  url: string
  /** Name of this engine in the lease, another for each process. */
  holder: string
  clock: Clock
  log: Log
  /** Times the answers of the database (default: the machine's). */
  wire?: Clock
}

/**
 * Keeps rows in PostgreSQL through one connection, which is the writer's. The engine never sends two things at a time,
 * so what is loaded is always as of the last commit.
 */
export function postgresStore(
  { url, holder, clock, log, wire = systemClock, historyMonths = DEFAULT_HISTORY_MONTHS }: PostgresStoreOptions,
): Store {
  let client: Connection | undefined
  let epoch = '0'
  let isFull = false

  const connected = (): Connection => {
    if (!client) throw new Error('Expected an open store, but it was closed or lost its connection')
    return client
  }

  return {
    async open(signal) {
      // The former connection is broken when we open anew. Nobody waits for its end, which may never come:
      // taking the lease ends its backend.
      client?.abandon()
      client = new Connection({ url, wire, log })
      await client.connect()
      await client.query(sessionSettings)
      // Else it would serve until the next commit fails, and again, and each time answer those who just came with an error.
      if (isFull) await proveRoom(client)
      isFull = false
      // Read once while nothing depends on it: when the lease falls to this engine, PostgreSQL and this process know their way.
      await readOpening(client)
      const lease = await takeLease(client, holder, clock, log, signal)
      epoch = lease.epoch
      return { lastKey: lease.lastKey, ...await readOpening(client) }
    },

    load: (wanted) => load(connected(), wanted),

    definitionXml: (keys) => selectXml(connected(), 'definitions', keys),
    drgXml: (keys) => selectXml(connected(), 'drgs', keys),

    async commit(changes) {
      try {
        const { rowCount } = await connected().query(commitStatement(epoch, changes))
        if (rowCount === 0) throw new Fenced(`Expected to write in epoch ${epoch}, but another engine has taken over`)
      } catch (error) {
        isFull = isDiskFull(error)
        throw isFull ? new StoreFull(error) : error
      }
    },

    turnMonths: (nowMs) => connected().patiently(() => turnMonths(connected(), epoch, nowMs, historyMonths)),

    health: () => ({ silentMs: client?.silentMs ?? 0, isFull, isLost: client?.isLost ?? false }),

    async close() {
      const last = client
      client = undefined
      if (!last) return
      await returnLease(last, epoch).catch((error: unknown) => log.warn('engine-lease-not-returned', { error }))
      await last.end().catch((error: unknown) => log.warn('engine-connection-lost', { error }))
    },
  }
}

// Every statement finds its rows by an index. The planner, which sees a small table when it plans once and for all,
// would choose to read the table whole and go on doing so when it has five million rows.
const sessionSettings = `
  SET enable_seqscan = off;
  SET enable_hashjoin = off;
  SET enable_mergejoin = off;
  SET plan_cache_mode = force_generic_plan;
  SET jit = off`

async function readOpening(client: pg.Client): Promise<Omit<Opening, 'lastKey'>> {
  return {
    definitions: await selectAll(client, 'definitions', '', ['xml']),
    forms: await selectAll(client, 'forms', '', ['content']),
    drgs: await selectAll(client, 'drgs', '', ['xml']),
    decisions: await selectAll(client, 'decisions', ''),
    deletedResources: await selectAll(client, 'deletedResources', ''),
    startTimers: await selectAll(client, 'startTimers', ''),
    subscriptions: await selectAll(client, 'subscriptions', 'WHERE opening'),
    messageStarts: await selectAll(client, 'messageStarts', 'WHERE ended'),
    elements: await selectAll(client, 'elements', 'WHERE calling'),
    broadcasts: await selectAll(client, 'broadcasts', ''),
  }
}

async function selectAll<T extends TableName>(client: pg.Client, table: T, where: string, without: string[] = []): Promise<Rows[T][]> {
  const columns = tables[table].columns.filter((each) => !without.includes(each.field))
  const list = columns.map((each) => `${each.column} AS "${each.field}"`).join(', ')
  const text = `SELECT ${list} FROM ${tables[table].name} ${where} ORDER BY ${columns[0]!.column}`
  const { rows } = await client.query<Record<string, unknown>>(text)
  for (const row of rows) for (const { field, type } of columns) if (type === 'ms') row[field] = Number(row[field])
  return rows as unknown as Rows[T][]
}

async function selectXml(client: pg.Client, table: 'definitions' | 'drgs', keys: readonly string[]): Promise<Map<string, string>> {
  const text = `SELECT key, xml FROM ${tables[table].name} WHERE key = ANY ($1::bigint[])`
  const { rows } = await client.query<{ key: string; xml: string }>(text, [keys])
  return new Map(rows.map((row) => [row.key, row.xml]))
}
