import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import Router from '@koa/router'
import { keepSessionsAlive } from '../identity/livingSession.ts'
import { addCounterCases } from './counter/cases.ts'
import { addRegistration } from './counter/registration.ts'
import { addHealth } from './health.ts'
import { addPaymentsHook } from './hooks/payments.ts'
import { addSmsHook } from './hooks/sms.ts'
import { addEvents } from './inbox/events.ts'
import { addMandateDesk } from './inbox/mandates.ts'
import { addNumbers } from './inbox/numbers.ts'
import { addOperation } from './inbox/operation.ts'
import { addPeople } from './inbox/people.ts'
import { addPayments } from './inbox/payments.ts'
import { addRights } from './inbox/rights.ts'
import { addTasks } from './inbox/tasks.ts'
import { addTerms } from './inbox/terms.ts'
import { addTowns } from './inbox/towns.ts'
import { countAttempts } from './middleware/attempts.ts'
import { errorReply } from './middleware/errorReply.ts'
import { formToken } from './middleware/formToken.ts'
import { countRefusals } from './middleware/refusedTries.ts'
import { requestLog } from './middleware/requestLog.ts'
import { securityHeaders } from './middleware/securityHeaders.ts'
import { townOf } from './middleware/townOf.ts'
import { whoAsks } from './middleware/whoAsks.ts'
import { addOpenApi } from './openApi.ts'
import { pages } from './pages/pages.ts'
import { staticFiles } from './pages/staticFiles.ts'
import { addActivation } from './portal/activation.ts'
import { addCases } from './portal/cases.ts'
import { addCatalogue } from './portal/catalogue.ts'
import { addDocuments } from './portal/documents.ts'
import { addDrafts } from './portal/drafts.ts'
import { addFiles } from './portal/files.ts'
import { addMandates } from './portal/mandates.ts'
import { addMe } from './portal/me.ts'
import { addMyMerges } from './portal/myMerges.ts'
import { addSignIns } from './portal/signIns.ts'
import { addStatus } from './portal/status.ts'
import { addSupplement } from './portal/supplement.ts'
import { addTown } from './portal/town.ts'
import { addVerify } from './portal/verify.ts'
import { addSignIn } from './signIn.ts'
import { addSignOut } from './signOut.ts'
import type { Neighbors, Routes, Step, Web, WebSettings } from './web.ts'

/** The web server's middleware, from outermost to innermost. */
export function makeApp(settings: WebSettings, neighbors: Neighbors): Koa<Koa.DefaultState, Web> {
  const app = new Koa<Koa.DefaultState, Web>()
  // Behind TLS there is a proxy of the town's own; the last address it names is the visitor's.
  app.proxy = settings.PUBLIC_URL.startsWith('https:')
  app.maxIpsCount = 1
  app.silent = true
  app.context.settings = settings
  app.context.neighbors = neighbors
  app.on('error', (error: Error) => neighbors.log.warn('connection-broken', { error }))

  app.use(requestLog)
  app.use(securityHeaders(settings.PUBLIC_URL))
  app.use(errorReply(countRefusals(neighbors)))
  app.use(staticFiles(settings.UI_DIR))
  for (const router of routes(neighbors)) app.use(router.routes())
  app.use(pages(settings.UI_DIR))
  return app
}

/** Every address that answers with data. */
export function routes(neighbors: Neighbors): Routes[] {
  const attempts = countAttempts()
  const livingSession = keepSessionsAlive(neighbors.keycloak)
  const asks = whoAsks(livingSession)

  const open = new Router<Koa.DefaultState, Web>()
  addHealth(open)
  addOpenApi(open)
  addSignIn(open, attempts)
  addSignOut(open, attempts, [asks, formToken])
  addSmsHook(open)
  addPaymentsHook(open)

  // Nobody needs to be known for these, so a session is not even looked at.
  const anybody = new Router<Koa.DefaultState, Web>({ prefix: '/api' })
  anybody.use('', fresh('no-cache'))
  addTown(anybody)
  addCatalogue(anybody)
  addVerify(anybody)

  const known = new Router<Koa.DefaultState, Web>({ prefix: '/api/:tenant' })
  known.use('', fresh('no-store'), townOf, asks, formToken)
  addMe(known)
  addMyMerges(known)
  addSignIns(known)
  addDrafts(known, attempts)
  addFiles(known, attempts)
  addCases(known, attempts)
  addSupplement(known, attempts)
  addStatus(known, attempts)
  addActivation(known, attempts)
  addDocuments(known)
  addCounterCases(known)
  addMandates(known, attempts)
  addTasks(known)
  addTerms(known)
  addNumbers(known)
  addPeople(known)
  addMandateDesk(known)
  addPayments(known)
  addOperation(known)
  addRights(known)
  addTowns(known)
  addRegistration(known)
  addEvents(known, livingSession)

  return [open, anybody, known]
}

/** What may be kept of a reply, unless its route says otherwise. */
function fresh(cacheControl: 'no-cache' | 'no-store'): Step {
  return async (ctx, next) => {
    ctx.set('cache-control', cacheControl)
    await next()
  }
}

export interface WebServer {
  /** Where it listens. */
  url: string
  /** Answers what is under way, takes nothing new, and ends open event streams. */
  close(): Promise<void>
}

/** Starts listening. */
export async function serve(settings: WebSettings, neighbors: Neighbors): Promise<WebServer> {
  const server = createServer(makeApp(settings, neighbors).callback())
  // A slow line must be able to send 10 MB; a silent one must not hold a place for ever.
  server.headersTimeout = 20_000
  server.requestTimeout = 5 * 60_000
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  return { url: `http://${settings.HOST}:${port}`, close: () => close(server) }
}

async function listen(server: Server, { HOST, PORT }: WebSettings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(PORT, HOST, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // Event streams never end by themselves.
  const cut = setTimeout(() => server.closeAllConnections(), 2_000)
  await closed
  clearTimeout(cut)
}
