import { refuse } from '../../base/errors.ts'
import type { StaffGiven } from '../../identity/staffDirectory.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { addAudit } from '../audit.ts'
import type { Context, Emblem } from '../context.ts'
import { may } from '../may.ts'
import { checkTown } from './checkTown.ts'
import { invite } from './staff.ts'
import { newTown, type TownGiven } from './newTown.ts'

/**
 * Adds a municipality to the installation: its rows, its groups in Keycloak, the procedures such an authority offers. Everything
 * is served at once. Its first administrator, if named, is written to. Refuses ('town-has-faults') with all faults.
 */
export async function addTown(
  context: Context, given: TownGiven, { emblem, administrator }: { emblem?: Emblem | undefined; administrator?: StaffGiven | undefined } = {},
): Promise<Municipality> {
  const { actor, installation } = context
  if (!may(actor, 'tenant.add')) refuse('not-allowed', 'not-allowed')
  const described = newTown(given, await installation.customsOf(given.country))
  const town = emblem ? { ...described, emblem: 'own' } : described
  await checkTown(town, { isNew: true, installation, emblem })
  await makeTown(context, town, emblem)
  if (administrator) await invite(installation.contextFor(town.id, actor), { ...administrator, roles: ['administrator'] })
  return town
}

/** Groups first: a town is served only when its people can be let in. */
export async function makeTown(context: Context, town: Municipality, emblem?: Emblem): Promise<void> {
  const { actor, db, installation } = context
  await installation.staff.ensureUnits(town.id, town.units.map(({ id }) => id))
  await installation.save(town, emblem)
  const there = installation.contextFor(town.id, actor)
  const entry = { action: 'town.add', subject: town.id, facts: { country: town.country, authority: town.authority } }
  await there.db.transaction((trx) => addAudit(trx, there, entry))
  await db.transaction((trx) => addAudit(trx, context, entry))
}
