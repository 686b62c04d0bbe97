import { refuse } from '../../base/errors.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'

/** The settings of the actor's own town, for whoever may change them. */
export function townSettings({ actor, tenant }: Pick<Context, 'actor' | 'tenant'>): Municipality {
  if (!may(actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  return tenant
}
