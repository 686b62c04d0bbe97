import { refuse } from '../../base/errors.ts'
import { isTheTowns } from '../../zeebe/names.ts'
import type { Context } from '../context.ts'

/**
 * What the engine has shown, if it belongs to one of the town's own processes; to others it does not exist. The engine knows
 * no towns, so this is their wall. `null` is an engine that shows nothing, `undefined` what it does not know.
 */
export function ofTheTown<Found extends { processId: string }>({ tenant }: Pick<Context, 'tenant'>, found: Found | undefined | null): Found {
  if (found === null) refuse('wrong-state', 'processes-not-shown')
  if (!found || !isTheTowns(tenant.id, found.processId)) refuse('not-found', 'not-found')
  return found
}
