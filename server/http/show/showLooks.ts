import type { CaseFile } from '../../cases/case.ts'
import type { Words } from '../../cases/words.ts'
import type { NumberLook } from '../contract/cases.ts'
import type { Language } from '../contract/words.ts'
import type { Town } from '../web.ts'
import { fieldLabel } from './showForm.ts'
import { unitName } from './showTown.ts'

/** Who was shown a personal number of the case, as the person may know it: office and role, when and why. */
export function showLooks({ looks, package: pack }: CaseFile, town: Town, words: Words, language: Language): NumberLook[] {
  return looks.map(({ at, units, roles, field, why, words: own }) => ({
    at: at.toISOString(),
    field: fieldLabel(pack, pack.procedure.startForm, field, words),
    offices: units.map((unit) => unitName(town, unit, language)),
    roles: [...roles],
    why,
    words: own,
  }))
}
