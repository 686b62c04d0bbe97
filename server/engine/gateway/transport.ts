import type { Http2Server, ServerHttp2Session } from 'node:http2'
import type { Server } from '@grpc/grpc-js'

/**
 * How many bytes of requests a connection may have on their way. By default it is 64 KiB, fifty starts: with more at a time their
 * messages queue in the client for seconds while their headers, which are not counted, have come in. A mebibyte is what comes in
 * 1/16 s at 16 MB/s, more than any engine takes.
 */
const CONNECTION_WINDOW_BYTES = 1024 * 1024

/**
 * The HTTP/2 servers of a bound grpc-js server, one for each address of its host. It has no door to them, but what is done to
 * a call before grpc-js sees it, and to a connection, can only be done there.
 * @throws Error when they are not where they were in grpc-js 1.14
 */
export function http2ServersOf(server: Server): Http2Server[] {
  const { http2Servers } = server as unknown as { http2Servers?: Map<Http2Server, unknown> }
  if (http2Servers instanceof Map && http2Servers.size > 0) return [...http2Servers.keys()]
  throw new Error('Expected HTTP/2 servers in a bound grpc-js server, but found none')
}

/** Lets clients send more requests at a time over one connection. */
export function widenWindows(http2Servers: readonly Http2Server[]): void {
  for (const http2Server of http2Servers) {
    http2Server.on('session', (session: ServerHttp2Session) => session.setLocalWindowSize(CONNECTION_WINDOW_BYTES))
  }
}
