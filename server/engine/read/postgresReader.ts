import pg from 'pg'
import { Outage } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { toActive, toEnded, toFoundJob, toWhole, type ActiveRow, type EndedRow, type PastRow } from './foundRows.ts'
import { countStatement, keysStatement, type Statement } from './listStatements.ts'
import type { DefinitionFacts, FoundIncident, FoundJob, Reader, View } from './reader.ts'
import * as rows from './rowStatements.ts'

/** A few are enough: each answers in milliseconds, and the writer must not be crowded out. */
const MOST_CONNECTIONS = 4

/**
 * How a connection reads: read-only whatever is sent, the planner held to indexes as the writer's is (`store/postgresStore.ts`),
 * and a statement that takes long all the same is ended before it holds up the turning of a month for good.
 */
export const readerSettings = [
  'default_transaction_read_only=on', 'statement_timeout=5000', 'jit=off',
  'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off',
].map((setting) => `-c ${setting}`).join(' ')

/** Reads what engines have committed, through connections of its own. `url` is the address as `salter_owner`. */
export function postgresReader({ url, log }: { url: string; log: Log }): Reader {
  const pool = new pg.Pool({
    connectionString: url, max: MOST_CONNECTIONS, application_name: 'salter-engine-reader',
    options: readerSettings, connectionTimeoutMillis: 5000,
  })
  pool.on('error', (error) => log.warn('engine-reader-connection-lost', { error }))

  return {
    async read(look) {
      const client = await pool.connect().catch((cause: unknown) => {
        throw new Outage('postgres', cause)
      })
      let isWhole = false
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        const answer = await look(viewOf(client))
        await client.query('COMMIT')
        isWhole = true
        return answer
      } catch (error) {
        throw isAway(error) ? new Outage('postgres', error) : error
      } finally {
        // One that is broken off is not used again: it may still stand in the middle of its transaction.
        client.release(!isWhole)
      }
    },

    close: () => pool.end(),
  }
}

// Of PostgreSQL: lost connections, too many of them, statements and servers that were ended. Of pg and the network: no answer.
function isAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57)/.test(error.code ?? '')
  if (!(error instanceof Error)) return false
  return /Connection terminated|ECONN|EPIPE/.test(`${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`)
}

function viewOf(client: pg.PoolClient): View {
  const ask = async <Row>({ text, values }: Statement): Promise<Row[]> => (await client.query(text, values)).rows as Row[]
  const byKeys = async <Row>(text: string, keys: readonly string[]): Promise<Row[]> =>
    (keys.length === 0 ? [] : ask<Row>({ text, values: [keys] }))

  return {
    keys: async (list, filter, stretch) => (await ask<{ key: string }>(keysStatement(list, filter, stretch))).map((row) => row.key),
    count: async (list, filter, most) => (await ask<{ count: number }>(countStatement(list, filter, most)))[0]!.count,

    async definitions({ keys = null, processIds = null, processIdPrefix = null }) {
      const found = await ask<DefinitionFacts>({ text: rows.definitions, values: [keys, processIds, processIdPrefix] })
      return found.map((row) => ({ ...row, deployedAt: Number(row.deployedAt) }))
    },

    definitionXml: async (key) => (await ask<{ xml: string }>({ text: rows.definitionXml, values: [key] }))[0]?.xml,
    active: async (keys) => (await byKeys<ActiveRow>(rows.activeInstances, keys)).map(toActive),

    async ended(keys) {
      const found = await byKeys<EndedRow>(rows.endedInstances, keys)
      return found.map((row) => toEnded({ ...row, writtenAt: Number(row.writtenAt) }))
    },

    async incidents(keys) {
      const found = await byKeys<FoundIncident>(rows.incidents, keys)
      return found.map((row) => ({ ...row, createdAt: Number(row.createdAt) }))
    },

    async jobs(keys) {
      const found = await byKeys<FoundJob & { head: string }>(rows.jobs, keys)
      return found.map((row) => toFoundJob({ ...row, dueAt: row.dueAt === null ? null : Number(row.dueAt) }))
    },

    async whole(key) {
      const [row] = await ask<{ definitionKey: string; body: string }>({ text: rows.wholeInstance, values: [key] })
      return toWhole(key, row, await ask<PastRow>({ text: rows.pastOfInstance, values: [key] }))
    },
  }
}
