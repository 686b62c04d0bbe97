import { refuse } from '../../base/errors.ts'
import type { Municipality, TownNames } from '../../zeebe/municipality.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { makeTown } from './addTown.ts'
import { askToFill } from './practice/askToFill.ts'

const words: TownNames = { sr: 'обука', bg: 'обучение', ro: 'instruire', hu: 'gyakorlás', en: 'training' }

/**
 * Makes a town's copy for practice: the same units, numbering and procedures under an id of its own, marked on every page, with
 * numbers of its own, from which nothing is ever sent. Whoever works in the town may practice there. It is filled with invented
 * requests (`practice/`); nothing of the town's own is copied. Asked again, it answers the one that is there.
 */
export async function trainingCopy(context: Context): Promise<Municipality> {
  const { actor, installation, tenant } = context
  if (!may(actor, 'tenant.add') && !may(actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  if (tenant.trainingOf) refuse('wrong-state', 'is-training')
  const copy = copyOf(tenant)
  const there = installation.towns().find(({ id }) => id === copy.id)
  if (there) {
    await askToFill(context)
    return there
  }
  await makeTown(context, copy)
  await installation.staff.joinAll(tenant.id, copy.id)
  await askToFill(context)
  return copy
}

/** Settings of the copy. Of the town's own picture it keeps a drawing: nobody shall take its papers for the town's. */
export function copyOf(town: Municipality): Municipality {
  const marked = (names: TownNames): TownNames => ({
    sr: `${names.sr} (${words.sr})`,
    bg: `${names.bg} (${words.bg})`,
    ro: `${names.ro} (${words.ro})`,
    hu: `${names.hu} (${words.hu})`,
    en: `${names.en} (${words.en})`,
  })
  return {
    ...town,
    id: `${town.id.slice(0, 32)}-training`,
    origin: 'product',
    trainingOf: town.id,
    names: marked(town.names),
    placeNames: marked(town.placeNames),
    emblem: town.emblem === 'own' ? 'hall' : town.emblem,
    numbering: { ...town.numbering, template: `TEST-${town.numbering.template}` },
    contact: { ...town.contact, email: 'nobody@training.example' },
    people: [],
  }
}
