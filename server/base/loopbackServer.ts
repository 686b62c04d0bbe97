/** A web server of a simulator: on this machine only, and gone with the copy that started it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface LoopbackServer {
  url: string
  close(): Promise<void>
}

/** Serves by `route` on the port, 0 takes a free one. A route that fails cuts its connection. */
export async function serveOnLoopback(
  port: number, route: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => void (async () => route(request, response))().catch(() => response.destroy()))
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address')
  return {
    url: `http://localhost:${address.port}`,
    close: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}

/** What goes out with every page of a simulator: nothing is kept, nothing but its own style and forms works in it. */
export const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const

/** Whether another site's page pressed the button; it must not. */
export function isFromElsewhere({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin !== undefined && origin !== '' && (!URL.canParse(origin) || new URL(origin).host !== host)
}
