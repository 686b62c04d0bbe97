import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { insertNote } from '../store/personFileRows.ts'
import { storedPeople } from '../store/personRows.ts'

/** Writes down something for whoever deals with this person next. Refusals: not-allowed, not-found, merged-already. */
export async function addNote(context: Context, personId: string, text: string): Promise<void> {
  const { actor, clock, db } = context
  if (!may(actor, 'person.note')) refuse('not-allowed', 'not-allowed')
  const id = uuidv7()
  await db.transaction(async (trx) => {
    const stored = (await storedPeople(trx, [personId])).get(personId) ?? refuse('not-found', 'not-found')
    if (stored.mergedInto !== null) refuse('wrong-state', 'merged-already')
    await insertNote(trx, { id, personId, text, at: new Date(clock.now()), by: actor.id, byName: actor.name })
    await addAudit(trx, context, { action: 'person.note', subject: personId, forWhom: personId, facts: { noteId: id } })
  })
}
