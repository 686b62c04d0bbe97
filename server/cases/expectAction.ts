import { refuse } from '../base/errors.ts'
import type { AssuranceLevel } from '../identity/actor.ts'
import { levelsOfActions, type CaseAction } from '../rules/neededLevel.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { isTheirs, may, type Subject } from './may.ts'
import type { Deed } from './rights/words.ts'

/**
 * Lets pass whoever may do it and is known as surely as the procedure of the case asks for this action. Refuses 'level-too-low', with
 * what is needed, where nothing but that is missing: the portal then offers to sign in; else 'not-allowed'.
 */
export async function expectAction(
  { actor, packages }: Pick<Context, 'actor' | 'packages'>, deed: Deed, action: CaseAction,
  subject: Subject & { case: NonNullable<Subject['case']> & Pick<Case, 'procedure' | 'packageVersion'> },
): Promise<void> {
  const pack = await packages.version(subject.case.procedure, subject.case.packageVersion)
  const needed = levelsOfActions<AssuranceLevel>(pack.procedure.levels)[action] ?? 'anonymous'
  if (may(actor, deed, { ...subject, level: needed })) return
  if (isTheirs(actor, deed, { ...subject, level: 'anonymous' })) refuse('not-allowed', 'level-too-low', { needed, has: actor.level })
  refuse('not-allowed', 'not-allowed')
}
