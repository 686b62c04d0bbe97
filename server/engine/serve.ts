import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { gatewayProtocol } from '../zeebe/protocol/loadProtocol.ts'
import { startEngine, type Engine } from './engine.ts'
import { bearerTokens, type TokenSettings } from './gateway/bearerToken.ts'
import { startGateway, type Gateway, type TlsKeys } from './gateway/server.ts'
import { startReadApi } from './http/server.ts'
import { countCommands } from './metrics/countCommands.ts'
import { EngineMetrics } from './metrics/engineMetrics.ts'
import { timeCommits } from './metrics/timeCommits.ts'
import { memoryReader } from './read/memoryReader.ts'
import { postgresReader } from './read/postgresReader.ts'
import type { Reader } from './read/reader.ts'
import { memoryStore } from './store/memoryStore.ts'
import { postgresStore } from './store/postgresStore.ts'
import type { HistoryOptions, Store } from './store/store.ts'

export interface ServeEngineOptions extends HistoryOptions {
  /** Address of the database as `salter_owner`; without one the engine keeps everything in memory. */
  databaseUrl?: string
  host: string
  /** gRPC port; 0 takes a free one. */
  port: number
  /** Port of the read API: the one after gRPC's, or any free one beside a gRPC port that is, too. */
  readPort?: number
  log: Log
  /** Whose bearer tokens open it. Without them everybody may call, so it should be reached from this machine only. */
  tokens?: TokenSettings
  tls?: TlsKeys
  /** Ends the wait for another engine on the same database. */
  signal?: AbortSignal
}

export interface ServedEngine {
  /** Of gRPC. */
  port: number
  /** Of the read API. */
  readPort: number
  close(): Promise<void>
}

/**
 * The engine as a process of its own: store, engine, gateway, and the read API. Resolves when it takes calls, which on a database
 * that another engine writes to is when that one has fallen silent; until then it can be read. The database must be migrated.
 */
export async function serveEngine(
  { databaseUrl, host, port, readPort = port === 0 ? 0 : port + 1, log, tokens, tls, historyMonths, signal }: ServeEngineOptions,
): Promise<ServedEngine> {
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const { store, reader } = openStore(databaseUrl, holder, log, historyMonths)
  const authorize = tokens && bearerTokens(tokens)
  const metrics = new EngineMetrics()
  let engine: Engine | undefined
  let gateway: Gateway | undefined
  const readApi = await startReadApi({
    reader, host, port: readPort, log, tls, authorize,
    isServing: () => engine?.facts().isServing ?? false,
    isStoreFull: () => engine?.facts().isStoreFull ?? false,
    metrics: () => metrics.text(engine?.facts()),
    gateway: () => ({ host, port: gateway?.port ?? port }),
  })
  const close = async (): Promise<void> => {
    // Parked polls are answered by the engine's end, then the gateway has nothing to wait for.
    await engine?.close()
    await gateway?.close()
    await readApi.close()
    await reader.close()
    metrics.close()
  }
  try {
    gatewayProtocol() // read before it is needed: a standby should be fast when its turn comes
    engine = await startEngine({ store: timeCommits(store, metrics), log, signal })
    gateway = await startGateway({
      engine: countCommands(engine, metrics.commands), host, port, log, tls, authorize,
      onTurnedAway: (kind) => metrics.commands.add(kind, 'overload'),
    })
    log.info('engine-serving', { port: gateway.port, readPort: readApi.port })
    return { port: gateway.port, readPort: readApi.port, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openStore(url: string | undefined, holder: string, log: Log, historyMonths: number | undefined): { store: Store; reader: Reader } {
  if (url) return { store: postgresStore({ url, holder, clock: systemClock, log, historyMonths }), reader: postgresReader({ url, log }) }
  const store = memoryStore({ historyMonths })
  return { store, reader: memoryReader(store) }
}
