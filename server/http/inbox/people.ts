import { z } from 'zod'
import { addNote } from '../../cases/people/addNote.ts'
import { compareForMerge } from '../../cases/people/compareForMerge.ts'
import { findPeople } from '../../cases/people/findPeople.ts'
import { listDoubles } from '../../cases/people/listDoubles.ts'
import { mergePeople } from '../../cases/people/mergePeople.ts'
import { readPerson } from '../../cases/people/readPerson.ts'
import { undoMerge } from '../../cases/people/undoMerge.ts'
import {
  AddNote, FindPeople, ListDoubles, MergePeople, UndoMerge, type FoundPeople, type LikelyDoubles, type MergedPeople, type UndoneMerge,
} from '../contract/people.ts'
import { Id, Language } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showComparison, showPerson, showPersonRow } from '../show/showPerson.ts'
import type { Routes } from '../web.ts'

const OnePerson = z.object({ personId: Id })
const TwoPeople = OnePerson.extend({ otherId: Id })
const OneMerge = z.object({ mergeId: Id })

/** Finding people, a person's page, and making one of two. */
export function addPeople(router: Routes): void {
  router.get('/inbox/people', staffOnly, read(FindPeople, async (ctx, { q }) => {
    const { people, near, more } = await findPeople(ctx.context, q)
    ctx.body = { people: people.map(showPersonRow), near, more } satisfies FoundPeople
  }))

  // Before the page of one person: "doubles" is nobody's id.
  router.get('/inbox/people/doubles', staffOnly, read(ListDoubles, async (ctx, { after }) => {
    const { pairs, next } = await listDoubles(ctx.context, after)
    ctx.body = {
      pairs: pairs.map(({ one, other, why }) => ({ one: showPersonRow(one), other: showPersonRow(other), why })), next,
    } satisfies LikelyDoubles
  }))

  router.get('/inbox/people/:personId', staffOnly, read(OnePerson.extend({ language: Language.optional() }), async (ctx, { personId, language }) => {
    ctx.body = showPerson(await readPerson(ctx.context, personId), ctx.town, language ?? ctx.town.firstLanguage)
  }))

  router.post('/inbox/people/:personId/notes', staffOnly, read(OnePerson.extend(AddNote.shape), async (ctx, { personId, text }) => {
    await addNote(ctx.context, personId, text)
    ctx.status = 204
  }))

  router.get('/inbox/people/:personId/merge/:otherId', staffOnly, read(TwoPeople, async (ctx, { personId, otherId }) => {
    ctx.body = showComparison(await compareForMerge(ctx.context, personId, otherId))
  }))

  router.post('/inbox/people/:personId/merge', staffOnly, read(OnePerson.extend(MergePeople.shape), async (ctx, { personId, ...wish }) => {
    ctx.body = { personId, mergeId: await mergePeople(ctx.context, personId, wish) } satisfies MergedPeople
  }))

  router.post('/inbox/people/merges/:mergeId/undo', staffOnly, read(OneMerge.extend(UndoMerge.shape), async (ctx, { mergeId, ...parting }) => {
    ctx.body = { personId: await undoMerge(ctx.context, mergeId, parting) } satisfies UndoneMerge
  }))
}
