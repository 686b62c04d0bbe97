import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ZBClient } from 'zeebe-node'
import { quietLog } from '../../server/base/log.ts'
import { serveEngine } from '../../server/engine/serve.ts'
import { listFlows } from '../engine/listFlows.ts'
import { testDatabase } from '../support/postgres.ts'

export interface Target {
  address: string
  /** A real Zeebe, where only what every gateway shows can be checked. */
  isOurs: boolean
  close(): Promise<void>
}

/** What the suite speaks to: a real Zeebe if its address is in ZEEBE_TEST_ADDRESS, else our engine on a database of its own. */
export async function openTarget(): Promise<Target> {
  const address = process.env.ZEEBE_TEST_ADDRESS
  if (address) return { address, isOurs: false, close: async () => {} }
  const database = await testDatabase()
  const served = await serveEngine({ databaseUrl: database.ownerUrl, host: '127.0.0.1', port: 0, log: quietLog })
  return {
    address: `127.0.0.1:${served.port}`,
    isOurs: true,
    async close() {
      await served.close()
      await database.close()
    },
  }
}

/** `zeebe-node`, as the product uses it. */
export function client(target: Target): ZBClient {
  return new ZBClient(target.address, { loglevel: 'NONE', longPoll: 5000, retry: false })
}

/** A diagram under ids of this run, because a real cluster remembers former runs. */
export async function uniqueDiagram(name: string): Promise<{ processId: string; suffix: string; name: string; definition: Buffer }> {
  const suffix = `${process.pid}-${performance.now().toString(36).replace('.', '')}`
  const source = await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8')
  const stamped = listFlows(source)
    .replace(`process id="${name}"`, `process id="${name}-${suffix}"`)
    .replaceAll(/taskDefinition type="([^"]+)"/g, `taskDefinition type="$1-${suffix}"`)
    .replaceAll(/message id="([^"]+)" name="([^"]+)"/g, `message id="$1" name="$2-${suffix}"`)
  return { processId: `${name}-${suffix}`, suffix, name: `${name}.bpmn`, definition: Buffer.from(stamped) }
}

/** A file with this content, for clients that read files themselves. */
export async function fileOf(name: string, content: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-gateway-'))
  const path = join(folder, name)
  await writeFile(path, content)
  return { path, remove: () => rm(folder, { recursive: true }) }
}
