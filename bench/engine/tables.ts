/** What the rates look like for people. */
import { kinds, type Peer, type PeerRate } from './peer.ts'
import { clientCounts, type Clients, type Direct, type Left } from './rates.ts'
import { CALLS_PER_INSTANCE, type Measured } from './workload.ts'

/** Goal 2: 95th percentile of "start" and "complete" at four clients. */
const ANSWERED_WITHIN_MS = 15

export interface Rates {
  direct: Record<Clients, Direct>
  wire: Record<4 | 16, Measured>
  empty: Measured
  /** Undefined where pgbench is missing. */
  pgbench: number | undefined
  left: Left
  peer: Peer
}

export function rateTables({ direct, wire, empty, pgbench, left, peer }: Rates): void {
  const times = ({ rate }: Measured, clients: Clients): Record<string, string> =>
    ({ 'times the peer': (rate / peer.external.rates[clients].rate).toFixed(1) })
  const calls = ({ rate }: Measured): Record<string, number> => ({ 'calls/s': Math.round(rate * CALLS_PER_INSTANCE) })
  // Processor time does not depend on what else the machine is doing, so it is what to compare between two runs.
  const commands = (measured: Direct): Record<string, unknown> => ({
    ...calls(measured), 'commits/s': Math.round(measured.commits / measured.seconds),
    'engine CPU ms/instance': measured.cpuMs.toFixed(2),
  })
  console.table([
    ...clientCounts.map((clients) =>
      line(`in process, ${clients} clients`, direct[clients], { ...commands(direct[clients]), ...times(direct[clients], clients) })),
    ...([4, 16] as const).map((clients) =>
      line(`over gRPC, ${clients} clients`, wire[clients], { ...calls(wire[clients]), ...times(wire[clients], clients) })),
    line('empty gateway, 16 clients', empty, calls(empty)),
  ])
  const latency = (name: string, { createP95, completeP95 }: Measured): object => ({
    '95th percentile, 4 clients': name, 'start ms': createP95.toFixed(1), 'complete ms': completeP95.toFixed(1),
    'limit ms': ANSWERED_WITHIN_MS, 'is kept': createP95 < ANSWERED_WITHIN_MS && completeP95 < ANSWERED_WITHIN_MS,
  })
  console.table([latency('in process', direct[4]), latency('over gRPC', wire[4])])
  console.table([
    { '': 'pgbench, 16 clients', value: pgbench === undefined ? 'not on this machine' : `${Math.round(pgbench)} inserts/s` },
    { '': 'rows per finished instance', value: left.rows },
    { '': 'bytes per finished instance', value: left.bytes },
  ])
}

export function peerTable(peer: Peer): void {
  console.table(kinds.flatMap((kind) => clientCounts.map((clients) => {
    const rate = peer[kind].rates[clients]
    return line(`${peer.name}, ${kind}, ${clients} clients`, rate, { 'peer CPU ms/instance': rate.cpuMs?.toFixed(2) })
  })))
  console.table(kinds.map((kind) => ({
    '': `${peer.name}, ${kind}, full history`,
    'rows per finished instance': peer[kind].rows, 'bytes per finished instance': peer[kind].bytes,
  })))
}

function line(name: string, { rate, createP95, completeP95 }: PeerRate, extra: object = {}): object {
  return {
    '': name, 'instances/s': Math.round(rate), 'start p95 ms': createP95?.toFixed(1), 'complete p95 ms': completeP95?.toFixed(1), ...extra,
  }
}
