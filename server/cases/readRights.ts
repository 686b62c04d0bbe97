import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { may, partiesOf } from './may.ts'
import { rights } from './rights/table.ts'
import { parties, type Party, type Right } from './rights/words.ts'

/** The table of rights as it is enforced: the very lines `may` asks. */
export function readRights({ actor }: Pick<Context, 'actor'>): readonly Right[] {
  if (!may(actor, 'rights.see')) refuse('not-allowed', 'not-allowed')
  return rights
}

/** The lines that speak of whoever asks, for their guide: each as it stands to them. Whoever may see the table gets all of it. */
export function myRights({ actor }: Pick<Context, 'actor'>): { rights: readonly Right[]; parties: readonly Party[] } {
  if (may(actor, 'rights.see')) return { rights, parties }
  const mine = partiesOf(actor)
  const own = rights.flatMap((line) => {
    const who = line.who.filter((party) => mine.includes(party))
    return who.length > 0 ? [{ ...line, who }] : []
  })
  return { rights: own, parties: mine }
}
