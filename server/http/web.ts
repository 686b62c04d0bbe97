import type Koa from 'koa'
import type Router from '@koa/router'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Context } from '../cases/context.ts'
import type { Actor } from '../identity/actor.ts'
import type { Keycloak } from '../identity/keycloak.ts'
import type { Keys } from '../identity/keys.ts'
import type { Session } from '../identity/sessions.ts'

/** A municipality as its data file tells it. */
export type Town = Context['tenant']

/** What the web server is given by main. */
export interface Neighbors {
  /** Every town that is served here, in the order of the front door. */
  towns(): readonly Town[]
  /** What a verb is given, for one town and whoever asks there. The town is one of {@link towns}. */
  contextFor(tenantId: string, actor: Actor): Context
  keycloak: Keycloak
  keys: Keys
  clock: Clock
  log: Log
  /** Which links to the outside are live, and which are simulators: the product says so openly. */
  links: readonly { system: string; mode: 'live' | 'simulator' | 'off' }[]
  /** Answers when all that a request needs is there; throws an Outage that names what is not. */
  ready(): Promise<void>
}

/** Settings the web server reads; all of them are lines of `base/config.ts`. */
export interface WebSettings {
  HOST: string
  /** 0 takes any free port. */
  PORT: number
  PUBLIC_URL: string
  UI_DIR: string
  DEMO: boolean
  MAIL_CATCHER_URL?: string | undefined
  SMS_CATCHER_URL?: string | undefined
  /** Signs what the SMS gateway reports; without it the hook is shut. */
  SMS_HOOK_SECRET?: string | undefined
  /** Signs what the bank tells; without it the hook is shut. */
  PAYMENTS_HOOK_SECRET?: string | undefined
  /** Demo only: the page of the simulated bank. */
  BANK_SIMULATOR_URL?: string | undefined
}

/** What the middleware adds to each request on its way down. */
export interface Web {
  requestId: string
  log: Log
  settings: WebSettings
  neighbors: Neighbors
  /** Set from the address: `/api/{tenant}/…`. */
  town: Town
  /** What verbs are given. Before the session is read it is anybody's. */
  context: Context
  /** The login session, when there is one. */
  session: Session | undefined
}

/** One request as a route sees it. */
export type Asked = Koa.ParameterizedContext<Koa.DefaultState, Web & { params: Record<string, string> }>

/** A step on the way, or a route. */
export type Step = (ctx: Asked, next: Koa.Next) => unknown

export type Routes = Router<Koa.DefaultState, Web>
