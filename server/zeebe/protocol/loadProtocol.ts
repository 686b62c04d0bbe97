/** The gateway protocol, read from `gateway.proto` when it is first asked for. Shared by the engine's gateway and our client's stub. */
import { fileURLToPath } from 'node:url'
import { loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

let loaded: ServiceClientConstructor | undefined

/**
 * The `Gateway` service: `.service` for a server, `new` for a client. 64-bit numbers are decimal texts, because keys do not fit
 * a JavaScript number; fields that are not set have their default; bytes are Buffers.
 */
export function gatewayProtocol(): ServiceClientConstructor {
  loaded ??= read()
  return loaded
}

function read(): ServiceClientConstructor {
  const file = fileURLToPath(new URL('./gateway.proto', import.meta.url))
  const definition = loadPackageDefinition(loadSync(file, { longs: String, enums: String, defaults: true, oneofs: true, keepCase: false }))
  const gateway = definition['gateway_protocol'] as { Gateway?: ServiceClientConstructor } | undefined
  if (!gateway?.Gateway) throw new Error(`Expected service gateway_protocol.Gateway in ${file}, but it is not there`)
  return gateway.Gateway
}
