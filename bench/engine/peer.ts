/** Operaton beside the engine: on the same PostgreSQL, with the same workload, in the program under `bench/peers/operaton`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchDatabase, BenchServer } from './postgres.ts'
import { clientCounts, type Clients } from './rates.ts'

export interface PeerRate {
  rate: number
  createP95?: number
  completeP95?: number
  /** Milliseconds of processor time per instance, of the peer's process alone. */
  cpuMs?: number
}

export const kinds = ['external', 'delegates'] as const

/** Service tasks done by workers outside the engine, or by classes inside it. */
type Kind = (typeof kinds)[number]

export interface PeerKind {
  rates: Record<Clients, PeerRate>
  /** What a finished instance leaves in PostgreSQL. */
  rows: number
  bytes: number
}

export type Peer = { name: string } & Record<Kind, PeerKind>

/**
 * Operaton 1.0.3, full history, PostgreSQL, on two cores shared with clients and database: measured once for this project, by another
 * program, on another day.
 */
export const knownPeer: Peer = {
  name: 'Operaton 1.0.3',
  external: { rates: { 1: { rate: 31 }, 4: { rate: 58 }, 16: { rate: 77 } }, rows: 36, bytes: 46_000 },
  delegates: { rates: { 1: { rate: 55 }, 4: { rate: 136 }, 16: { rate: 126 } }, rows: 36, bytes: 46_000 },
}

const sources = fileURLToPath(new URL('../peers/operaton/', import.meta.url))
const parts = fileURLToPath(new URL('../../.data/parts/peer-operaton/', import.meta.url))

/** Needs Java 17 and Maven, which brings the peer from Maven Central the first time. */
export async function measurePeer(server: BenchServer, seconds: number, tell: (sentence: string) => void): Promise<Peer> {
  tell('Maven builds the peer …')
  await output('mvn', ['-B', '-q', '-ntp', '-f', `${sources}pom.xml`, 'package', `-Dto=${parts}`])
  const measured = async (kind: Kind): Promise<PeerKind> => {
    tell(`${knownPeer.name} is measured: ${kind} …`)
    const database = await server.database(`peer_${kind}`, { isMigrated: false })
    const rates = await ratesOf(kind, database, seconds)
    return { rates, ...await leftByPeer(database) }
  }
  return { name: knownPeer.name, external: await measured('external'), delegates: await measured('delegates') }
}

async function ratesOf(kind: Kind, { ownerUrl }: BenchDatabase, seconds: number): Promise<Record<Clients, PeerRate>> {
  const { hostname, port, pathname, username, password } = new URL(ownerUrl)
  const lines = await output('java', [
    '-cp', `${parts}classes:${parts}libraries/*`, 'salter.peer.Peer',
    `jdbc:postgresql://${hostname}:${port}${pathname}`, username, password, kind, String(seconds), ...clientCounts.map(String),
  ])
  const runs = lines.trim().split('\n').map((line) => JSON.parse(line) as Required<PeerRate> & { clients: Clients })
  const of = (clients: Clients): PeerRate => runs.find((each) => each.clients === clients)!
  return { 1: of(1), 4: of(4), 16: of(16) }
}

/** No instance runs any more: what finished ones leave is in the tables of history. */
async function leftByPeer({ query }: BenchDatabase): Promise<{ rows: number; bytes: number }> {
  const tables = await query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relname LIKE 'act_hi_%'`)
  await query(`VACUUM FULL ${tables.map(({ name }) => name).join(', ')}`)
  const counts = tables.map(({ name }) => `(SELECT count(*) FROM ${name})`).join(' + ')
  const sizes = tables.map(({ name }) => `pg_total_relation_size('${name}')`).join(' + ')
  const [left] = await query<{ rows: string; bytes: string; instances: string }>(
    `SELECT ${counts} AS rows, ${sizes} AS bytes, (SELECT count(*) FROM act_hi_procinst) AS instances`)
  const instances = Number(left!.instances)
  return { rows: Math.round(Number(left!.rows) / instances * 10) / 10, bytes: Math.round(Number(left!.bytes) / instances) }
}

async function output(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0) throw new Error(`Expected ${command} to end well, but it ended with ${code}`)
  return text
}
