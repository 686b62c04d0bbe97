import { fileURLToPath } from 'node:url'
import { credentials, loadPackageDefinition, Metadata } from '@grpc/grpc-js'
import type { ServiceClientConstructor, ServiceError } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

/** Where a gateway is, and how to show who we are. */
export interface GatewayAddress {
  /** Host and port: "127.0.0.1:26500". */
  readonly address: string
  /** Encrypted; off for an engine on the same machine. */
  readonly secure?: boolean
  /** A bearer token, asked for at each call. */
  readonly token?: () => string | Promise<string>
}

/** Calls of the gateway that zeebe-node does not have, or not in the shape we need. */
export interface GatewayStub {
  call<Reply>(method: string, request: object, deadlineMs: number): Promise<Reply>
  close(): void
}

const PROTO = fileURLToPath(new URL('./protocol/gateway.proto', import.meta.url))

/** Opens a connection that speaks the same protocol as zeebe-node. Keys are strings of digits, never numbers. */
export function openStub({ address, secure = false, token }: GatewayAddress): GatewayStub {
  const Gateway = gatewayService()
  const client = new Gateway(address, secure ? credentials.createSsl() : credentials.createInsecure())
  return {
    async call<Reply>(method: string, request: object, deadlineMs: number): Promise<Reply> {
      const metadata = new Metadata()
      if (token) metadata.set('authorization', `Bearer ${await token()}`)
      const definition = Gateway.service[method]
      if (!definition) throw new Error(`Expected a call of the gateway's protocol, but there is none named ${method}`)
      return new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          definition.path,
          definition.requestSerialize,
          definition.responseDeserialize,
          request,
          metadata,
          { deadline: Date.now() + deadlineMs },
          (error: ServiceError | null, reply?: Reply) => (error || reply === undefined ? reject(error) : resolve(reply)),
        )
      })
    },
    close: () => client.close(),
  }
}

function gatewayService(): ServiceClientConstructor {
  const definition = loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true })
  const loaded = loadPackageDefinition(definition) as unknown as { gateway_protocol: { Gateway: ServiceClientConstructor } }
  return loaded.gateway_protocol.Gateway
}
