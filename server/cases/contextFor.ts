import { systemActor, type Actor } from '../identity/actor.ts'
import type { Context } from './context.ts'

/** Makes what a town's verbs are given when `actor` asks. The server's main file has the one that is used. */
export type ContextFor = (tenantId: string, actor: Actor) => Context | Promise<Context>

/** The context of an automatic step: of the worker or loop with this name. */
export function automaticContext(contextFor: ContextFor, tenantId: string, name: string): Context | Promise<Context> {
  return contextFor(tenantId, systemActor(name))
}
