import { writeFile } from 'node:fs/promises'
import { ask } from './database.ts'
import type { EnginePair } from './enginePair.ts'
import type { Traffic } from './traffic.ts'

/** More rows than this say no more. */
const MOST_ROWS = 200

/** Writes down how it looks where something was found, before everything is cleared away. */
export async function writeScene(file: string, superUrl: string, pair: EnginePair, traffic: Traffic): Promise<void> {
  const tables = ['lease', 'instances', 'jobs', 'timers', 'incidents', 'subscriptions', 'elements']
  const rows = await Promise.all(tables.map(async (table) => [
    table, await ask(superUrl, `SELECT * FROM engine.${table} LIMIT ${MOST_ROWS}`),
  ]))
  const engines = await Promise.all(pair.engines.map(async (engine) => [engine.address, await engine.metrics().catch(String)]))
  const scene = {
    at: new Date(), workers: traffic.doing(), engines: Object.fromEntries(engines) as object, ...Object.fromEntries(rows) as object,
  }
  await writeFile(file, JSON.stringify(scene, undefined, 1))
}
