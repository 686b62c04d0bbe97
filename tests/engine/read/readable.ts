import pg from 'pg'
import { onTestFinished } from 'vitest'
import { MovableClock } from '../../../server/base/clock.ts'
import { quietLog } from '../../../server/base/log.ts'
import { startEngine, type Engine } from '../../../server/engine/engine.ts'
import { startReadApi, type ReadApiOptions } from '../../../server/engine/http/server.ts'
import { memoryReader } from '../../../server/engine/read/memoryReader.ts'
import { postgresReader } from '../../../server/engine/read/postgresReader.ts'
import { memoryStore } from '../../../server/engine/store/memoryStore.ts'
import { postgresStore } from '../../../server/engine/store/postgresStore.ts'
import { testDatabase } from '../../support/postgres.ts'
import { diagram, takeOne } from '../support.ts'

export type Kind = 'PostgreSQL' | 'memory'

export const kinds: Kind[] = ['PostgreSQL', 'memory']

/** What a search answers, loosely: tests name the fields they are about. */
export interface Found {
  items: Record<string, unknown>[]
  page: { totalItems: number; hasMoreTotalItems: boolean; startCursor: string | null; endCursor: string | null }
}

export interface Readable {
  engine: Engine
  clock: MovableClock
  url: string
  /** Deploys a diagram, under a process id of one's own if one is given. */
  deploy(name: string, processId?: string): Promise<void>
  start(processId: string, variables?: object): Promise<string>
  complete(type: string, variables?: object): Promise<void>
  search(resource: string, body?: object): Promise<Found>
  /** Status and body, whatever they are. */
  ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; type: string; body: Record<string, unknown> }>
}

/** An engine on one of the stores, and its read API on a free port. */
export async function readable(kind: Kind, options: Partial<ReadApiOptions> = {}): Promise<Readable> {
  const clock = new MovableClock('2026-11-24T09:00:00Z')
  const { store, reader } = kind === 'memory' ? inMemory() : await inPostgres(clock)
  const engine = await startEngine({ store, clock })
  const api = await startReadApi({
    reader, host: '127.0.0.1', port: 0, log: quietLog,
    isServing: () => engine.facts().isServing, isStoreFull: () => engine.facts().isStoreFull, metrics: () => '', gateway: () => ({ host: '127.0.0.1', port: 26500 }), ...options,
  })
  onTestFinished(async () => {
    await api.close()
    await reader.close()
    await engine.close()
  })
  const url = `http://127.0.0.1:${api.port}`

  const ask: Readable['ask'] = async (path, body, headers = {}) => {
    const reply = await fetch(url + path, body === undefined ? { headers } : {
      method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await reply.text()
    const type = reply.headers.get('content-type')?.split(';')[0] ?? ''
    return { status: reply.status, type, body: (type.endsWith('json') ? JSON.parse(text) : { text }) as Record<string, unknown> }
  }

  return {
    engine, clock, url, ask,
    async deploy(name, processId = name) {
      const { content } = await diagram(name)
      await engine.deploy([{ name: `${processId}.bpmn`, content: content.replaceAll(`id="${name}"`, `id="${processId}"`) }])
    },
    start: async (bpmnProcessId, variables = {}) =>
      (await engine.createInstance({ bpmnProcessId, variables: JSON.stringify(variables) })).processInstanceKey,
    async complete(type, variables = {}) {
      await engine.completeJob({ jobKey: (await takeOne(engine, type)).key, variables: JSON.stringify(variables) })
    },
    async search(resource, body = {}) {
      const reply = await ask(`/v2/${resource}/search`, body)
      if (reply.status !== 200) throw new Error(`Expected to find ${resource}, but got ${reply.status}: ${JSON.stringify(reply.body)}`)
      return reply.body as unknown as Found
    },
  }
}

function inMemory() {
  const store = memoryStore()
  return { store, reader: memoryReader(store) }
}

async function inPostgres(clock: MovableClock) {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const store = postgresStore({ url: database.ownerUrl, holder: 'read', clock, log: quietLog })
  return { store, reader: postgresReader({ url: database.ownerUrl, log: quietLog }) }
}

/** A database filled by hand, for what takes more instances than an engine makes in a moment. */
export async function asSuperuser<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
