import { z } from 'zod'
import { standingRights } from '../../cases/may.ts'
import { knownContact } from '../../identity/accounts.ts'
import type { Me } from '../contract/town.ts'
import { Language } from '../contract/words.ts'
import { formTokenOf } from '../middleware/formToken.ts'
import { read } from '../middleware/read.ts'
import { showUnits } from '../show/showTown.ts'
import type { Asked, Routes } from '../web.ts'

const MeQuery = z.object({ language: Language.optional() })

/** Who is asking, as far as the page needs to know; also gives a new browser its token. */
export function addMe(router: Routes): void {
  router.get('/me', read(MeQuery, async (ctx, { language }) => {
    const { actor } = ctx.context
    ctx.body = {
      signedIn: ctx.session !== undefined,
      level: actor.level,
      name: actor.name,
      initials: initialsOf(actor.name),
      staff: actor.kind === 'staff',
      roles: [...actor.roles],
      may: standingRights(actor),
      units: showUnits(ctx.town, actor.units, language ?? ctx.town.firstLanguage),
      contact: await contactOf(ctx),
      formToken: formTokenOf(ctx),
      endsAt: ctx.session ? new Date(ctx.session.expiresAtMs).toISOString() : null,
    } satisfies Me
  }))
}

async function contactOf(ctx: Asked): Promise<Me['contact']> {
  const { personId } = ctx.context.actor
  const known = personId === undefined ? undefined : await knownContact(ctx.context, personId)
  return known ? { ...known, identityConfirmedAt: known.identityConfirmedAt?.toISOString() ?? null } : null
}

/** First letters of the first and the last name. */
function initialsOf(name: string): string {
  const names = name.split(/\s+/).filter(Boolean)
  return [...new Set([names[0], names.at(-1)])].map((each) => each?.slice(0, 1).toUpperCase() ?? '').join('')
}
