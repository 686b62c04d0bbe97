import { measureGrowth, defaultSizes, fullSizes } from './growth/index.ts'
import { growthTables } from './growth/tables.ts'
import { knownPeer, measurePeer, type Peer } from './peer.ts'
import { benchServer, pgbenchRate } from './postgres.ts'
import { leftBehind, measureInProcess, measureOverGrpc } from './rates.ts'
import { peerTable, rateTables } from './tables.ts'
import { CALLS_PER_INSTANCE } from './workload.ts'

export interface BenchEngineOptions {
  /** Of each measurement of a rate. */
  seconds?: number
  /** The sizes the goals name, instead of smaller ones. */
  full?: boolean
  /** Measures the peer beside, instead of taking what was measured once. */
  peer?: boolean
}

/** Goal by goal: rates, latency and bytes beside the peer, then how cost grows. */
export async function benchEngine({ seconds = 10, full = false, peer: isPeerAsked = false }: BenchEngineOptions = {}): Promise<void> {
  const tell = (sentence: string): void => void process.stderr.write(sentence + '\n')
  const server = await benchServer()
  try {
    const database = await server.database('rates')
    const direct = await measureInProcess(database, seconds)
    const left = await leftBehind(database)
    const wire = await measureOverGrpc('engine', database.ownerUrl, [4, 16], seconds)
    const empty = (await measureOverGrpc('empty', '', [16], seconds))[16]
    const pgbench = await pgbenchRate(database.superUrl, 16, Math.min(seconds, 5))
    const peer: Peer = isPeerAsked ? await measurePeer(server, seconds, tell) : knownPeer
    rateTables({ direct, wire, empty, pgbench, left, peer })
    if (isPeerAsked) peerTable(peer)
    growthTables(await measureGrowth(server, full ? fullSizes : defaultSizes, tell))
    console.log(JSON.stringify({
      ratio_in_process_1: round(direct[1].rate / peer.external.rates[1].rate),
      ratio_in_process_16: round(direct[16].rate / peer.external.rates[16].rate),
      ratio_grpc_16: round(wire[16].rate / peer.external.rates[16].rate),
      share_of_empty_gateway: round(wire[16].rate / empty.rate),
      share_of_pgbench_16: pgbench === undefined ? null : round(direct[16].rate * CALLS_PER_INSTANCE / pgbench),
      bytes_per_instance: left.bytes,
    }))
  } finally {
    await server.close()
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
