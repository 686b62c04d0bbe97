import { GATEWAY_VERSION } from '../../gateway/replies.ts'
import type { ReadDoor, Routes } from '../door.ts'

/** What the engine is, in the words of a cluster: one broker with one partition. */
export function addTopology(router: Routes, { isServing, gateway }: ReadDoor): void {
  router.get('/v2/topology', (ctx) => {
    const partitions = [{ partitionId: 1, role: isServing() ? 'leader' : 'follower', health: 'healthy' }]
    ctx.body = {
      brokers: [{ nodeId: 0, ...gateway(), partitions, version: GATEWAY_VERSION }],
      clusterId: null, clusterSize: 1, partitionsCount: 1, replicationFactor: 1, gatewayVersion: GATEWAY_VERSION,
      lastCompletedChangeId: '-1',
    }
  })
}
