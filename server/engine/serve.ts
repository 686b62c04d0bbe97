import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { startEngine } from './engine.ts'
import { bearerTokens, type TokenSettings } from './gateway/bearerToken.ts'
import { startGateway, type TlsKeys } from './gateway/server.ts'
import { memoryStore } from './store/memoryStore.ts'
import { postgresStore } from './store/postgresStore.ts'

export interface ServeEngineOptions {
  /** Address of the database as `salter_owner`; without one the engine keeps everything in memory. */
  databaseUrl?: string
  host: string
  /** gRPC port; 0 takes a free one. */
  port: number
  log: Log
  /** Whose bearer tokens open it. Without them everybody may call, so it should be reached from this machine only. */
  tokens?: TokenSettings
  tls?: TlsKeys
  /** Ends the wait for another engine on the same database. */
  signal?: AbortSignal
}

/**
 * The engine as a process of its own: store, engine, gateway. Resolves when it takes calls, which on a database that
 * another engine writes to is when that one has fallen silent. The database must be migrated.
 */
export async function serveEngine(
  { databaseUrl, host, port, log, tokens, tls, signal }: ServeEngineOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const store = databaseUrl ? postgresStore({ url: databaseUrl, holder, clock: systemClock, log }) : memoryStore()
  const engine = await startEngine({ store, log, signal })
  try {
    const gateway = await startGateway({ engine, host, port, log, tls, authorize: tokens && bearerTokens(tokens) })
    log.info('engine-serving', { port: gateway.port })
    return {
      port: gateway.port,
      async close() {
        // Parked polls are answered by the engine's end, then the gateway has nothing to wait for.
        await engine.close()
        await gateway.close()
      },
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}
