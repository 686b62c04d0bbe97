import { refuse } from '../../base/errors.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { addAudit } from '../audit.ts'
import type { Context, Emblem } from '../context.ts'
import { may } from '../may.ts'
import { checkTown } from './checkTown.ts'

/** What an administrator may change of the own town. Its id, country and kind of authority stay: running cases rest on them. */
export type TownChange = Partial<Pick<
  Municipality,
  'names' | 'placeNames' | 'contact' | 'hours' | 'color' | 'emblem' | 'languages' | 'firstLanguage' | 'proceedingLanguages' | 'smsLetters'
  | 'numbering' | 'units'
>>

/**
 * Changes the settings of the actor's own town. Numbers given before stay as they were given; a unit that is left out keeps its old
 * cases. From now on the town's file in the demo's folder no longer counts.
 */
export async function changeTown(context: Context, change: TownChange, emblem?: Emblem): Promise<Municipality> {
  const { actor, db, installation, tenant } = context
  if (!may(actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  const town: Municipality = { ...tenant, ...change, ...(emblem ? { emblem: 'own' } : {}), origin: 'product' }
  await checkTown(town, { isNew: false, installation, emblem })
  await installation.staff.ensureUnits(town.id, town.units.map(({ id }) => id))
  await installation.save(town, emblem)
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'town.change', subject: town.id, facts: { fields: [...Object.keys(change), ...(emblem ? ['emblem'] : [])] },
  }))
  return town
}
