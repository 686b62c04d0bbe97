import type {
  AddNote, FoundPeople, LikelyDoubles, MergedPeople, MergePage, MergePeople, MyMerges, PersonPage, UndoMerge, UndoneMerge,
} from '../../../server/http/contract/people.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send } from './send.ts'

/** People and companies by name, whole number, birthday or case number. */
export function findPeople(q: string, signal?: AbortSignal): Promise<FoundPeople> {
  return send<FoundPeople>('/inbox/people', { query: { q }, signal })
}

/** All that a person has with the town. */
export function fetchPerson(personId: string, language: Language): Promise<PersonPage> {
  return send<PersonPage>(`/inbox/people/${personId}`, { query: { language } })
}

export function addNote(personId: string, note: AddNote): Promise<void> {
  return send<void>(`/inbox/people/${personId}/notes`, { method: 'POST', body: note })
}

/** Rows that may be one person, from where the last page ended. */
export function fetchDoubles(after?: string): Promise<LikelyDoubles> {
  return send<LikelyDoubles>('/inbox/people/doubles', { query: { after } })
}

/** Two rows side by side. */
export function fetchComparison(personId: string, otherId: string): Promise<MergePage> {
  return send<MergePage>(`/inbox/people/${personId}/merge/${otherId}`)
}

export function mergePeople(personId: string, wish: MergePeople): Promise<MergedPeople> {
  return send<MergedPeople>(`/inbox/people/${personId}/merge`, { method: 'POST', body: wish })
}

export function undoMerge(mergeId: string, parting: UndoMerge): Promise<UndoneMerge> {
  return send<UndoneMerge>(`/inbox/people/merges/${mergeId}/undo`, { method: 'POST', body: parting })
}

/** When the town joined or parted the data of whoever asks. */
export function fetchMyMerges(language: Language): Promise<MyMerges> {
  return send<MyMerges>('/me/merges', { query: { language } })
}
