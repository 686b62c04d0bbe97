import { refuse } from '../base/errors.ts'
import type { Actor } from '../identity/actor.ts'
import { readForm } from '../rules/form/index.ts'
import { fewestWords, type WhyShown } from '../rules/identifiers/whyShown.ts'
import { addAudit } from './audit.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { formOf } from './forms.ts'
import { may, type Subject } from './may.ts'
import { lookAction, type LookFacts } from './numberLook.ts'
import { visibleCase } from './readCase.ts'

export interface ShowNumber {
  /** Key of the field in the form the request was made with. */
  field: string
  why: WhyShown
  /** Why, in one's own words; asked for where `why` is `other`. */
  words: string
}

/**
 * Shows one personal number of a case whole, to whom the table allows it, and writes down who was shown it and why, where the
 * citizen reads it. Refusals: not-found (no such case or field for them), not-allowed, reason-missing.
 */
export async function showNumber(context: Context, caseId: string, { field, why, words }: ShowNumber): Promise<string> {
  const { actor, db } = context
  if (why === 'other' && words.length < fewestWords) refuse('invalid', 'reason-missing')
  const found = await db.transaction((trx) => visibleCase(trx, context, caseId))
  if (!may(actor, 'number.show', found)) refuse('not-allowed', 'not-allowed')
  const number = (await personalNumbers(context, found.case)).get(field) ?? refuse('not-found', 'not-found')
  const facts: LookFacts = { field, why, units: officesOf(actor, found.case), roles: rolesThatMay(actor, found) }
  // Written down before it is told: what left without a trace cannot be called back.
  await db.transaction((trx) => addAudit(trx, context, {
    action: lookAction, subject: caseId, forWhom: found.case.applicantId, reason: words,
    facts: { ...facts, units: [...facts.units], roles: [...facts.roles] },
  }))
  return number
}

/** The answers that are personal numbers, by field. */
async function personalNumbers({ packages, tenant }: Context, case_: Case): Promise<Map<string, string>> {
  const pack = await packages.version(case_.procedure, case_.packageVersion)
  const { fields } = readForm(formOf(pack, pack.procedure.startForm), case_.answers, { country: tenant.country })
  return new Map(fields.flatMap(({ key, field, answer }) =>
    (field.type === 'personalNumber' && typeof answer === 'string' && answer !== '' ? [[key, answer] as const] : [])))
}

/** The office for which they look: that of the case, where they belong to it; else all that are theirs. */
function officesOf({ units }: Actor, { unitId }: Case): Actor['units'] {
  return units.includes(unitId) ? [unitId] : units
}

function rolesThatMay(actor: Actor, subject: Subject): Actor['roles'] {
  return actor.roles.filter((role) => may({ ...actor, roles: [role] }, 'number.show', subject))
}
