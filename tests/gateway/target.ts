import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ZBClient } from 'zeebe-node'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { listFlows } from '../engine/listFlows.ts'
import { testDatabase } from '../support/postgres.ts'

export interface Target {
  address: string
  /** The key of the incident that holds an instance up: no call of the protocol tells it, our database does. */
  incidentOf(processInstanceKey: string): Promise<string>
  close(): Promise<void>
}

/** A gateway to test in place of ours. Not ZEEBE_ADDRESS: a developer's setting must not send tests to a working cluster. */
export const givenAddress = process.env.ZEEBE_TEST_ADDRESS

/** What the suite speaks to: a real Zeebe if its address is in ZEEBE_TEST_ADDRESS, else our engine on a database of its own. */
export async function openTarget(): Promise<Target> {
  const address = givenAddress
  if (address) return { address, incidentOf: () => Promise.reject(new Error('Only our own engine can be asked')), close: async () => {} }
  const database = await testDatabase()
  const served = await serveEngine({ databaseUrl: database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog })
  return {
    address: `127.0.0.1:${served.port}`,
    incidentOf: (processInstanceKey) => readIncident(database.superUrl, processInstanceKey),
    async close() {
      await served.close()
      await database.close()
    },
  }
}

async function readIncident(databaseUrl: string, processInstanceKey: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ key: string }>('SELECT key FROM engine.incidents WHERE instance_key = $1', [processInstanceKey])
    return rows[0]!.key
  } finally {
    await client.end()
  }
}

/** `zeebe-node`, as the product uses it. */
export function client(target: Target): ZBClient {
  return new ZBClient(target.address, { loglevel: 'NONE', longPoll: 5000, retry: false })
}

export interface UniqueDiagram {
  processId: string
  /** Ends the process id, its job types and its message names. */
  suffix: string
  name: string
  definition: Buffer
}

/** A diagram under ids of this run, because a real cluster remembers former runs. */
export async function uniqueDiagram(name: string): Promise<UniqueDiagram> {
  const suffix = `${process.pid}-${performance.now().toString(36).replace('.', '')}`
  const source = await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8')
  const stamped = listFlows(source)
    .replace(`process id="${name}"`, `process id="${name}-${suffix}"`)
    .replaceAll(/taskDefinition type="([^"]+)"/g, `taskDefinition type="$1-${suffix}"`)
    .replaceAll(/(message|signal) id="([^"]+)" name="([^"]+)"/g, `$1 id="$2" name="$3-${suffix}"`)
  return { processId: `${name}-${suffix}`, suffix, name: `${name}.bpmn`, definition: Buffer.from(stamped) }
}

/** A file with this content, for clients that read files themselves. */
export async function fileOf(name: string, content: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-gateway-'))
  const path = join(folder, name)
  await writeFile(path, content)
  return { path, remove: () => rm(folder, { recursive: true }) }
}
