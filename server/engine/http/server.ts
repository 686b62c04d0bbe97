import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import { refuse } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Authorize } from '../gateway/bearerToken.ts'
import type { TlsKeys } from '../gateway/server.ts'
import { Models } from '../read/models.ts'
import type { ReadDoor, Routes } from './door.ts'
import { problems } from './problem.ts'
import { addElementInstances } from './routes/elementInstances.ts'
import { addHealth } from './routes/health.ts'
import { addIncidents } from './routes/incidents.ts'
import { addJobs } from './routes/jobs.ts'
import { addMetrics } from './routes/metrics.ts'
import { addProcessDefinitions } from './routes/processDefinitions.ts'
import { addProcessInstances } from './routes/processInstances.ts'
import { addTopology } from './routes/topology.ts'
import { addVariables } from './routes/variables.ts'

export interface ReadApiOptions extends Omit<ReadDoor, 'models'> {
  host: string
  /** 0 takes a free one. */
  port: number
  log: Log
  /** Says whether a request may pass, by its `authorization` header, empty if it has none. Without it every request may. */
  authorize?: Authorize
  /** In PEM. Without them what is read, tokens too, travels open. */
  tls?: TlsKeys
}

export interface ReadApi {
  port: number
  close(): Promise<void>
}

/** So long may requests under way still take when the engine closes. */
const CLOSE_WITHIN_MS = 3000

/** Every address under `/v2`, in the form of Camunda's orchestration cluster REST API. */
const resources = [addTopology, addProcessDefinitions, addProcessInstances, addElementInstances, addVariables, addIncidents, addJobs]

/** Serves what can be read of the engine over HTTP. Resolves when it answers. */
export async function startReadApi({ host, port, log, authorize, tls, ...rest }: ReadApiOptions): Promise<ReadApi> {
  const door: ReadDoor = { ...rest, models: new Models() }
  const app = new Koa()
  app.silent = true
  app.on('error', (error: Error) => log.warn('engine-read-broken-off', { error }))
  app.use(problems(log))
  app.use(async (ctx, next) => {
    ctx.set('cache-control', 'no-store')
    await next()
  })
  const open: Routes = new Router()
  addHealth(open, door)
  addMetrics(open, door)
  const known: Routes = new Router()
  known.use('/v2', async (ctx, next) => {
    const passes = !authorize || (await authorize(ctx.get('authorization')))
    if (!passes) refuse('not-allowed', 'unauthenticated', {}, 'Expected a valid bearer token in the authorization header, but found none')
    await next()
  })
  for (const add of resources) add(known, door)
  for (const router of [open, known]) app.use(router.routes()).use(router.allowedMethods())
  const server = tls ? createHttpsServer({ cert: tls.certificate, key: tls.key }, app.callback()) : createHttpServer(app.callback())
  return { port: await listen(server, host, port), close: () => shutDown(server) }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE'
      ? new Error(`Expected port ${port} to be free for the engine's read API, but another program listens there`)
      : error))
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
  })
}
