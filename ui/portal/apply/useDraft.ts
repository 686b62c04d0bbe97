import { onBeforeUnmount, ref, shallowReactive } from 'vue'
import type { UploadedFile } from '../../../server/http/contract/drafts.ts'
import { ApiError, deleteDraft, fetchDraft, fetchNewestDraft, OfflineError, saveDraft } from '../../shared/api/index.ts'
import { forget, keep, newDraft, readKept, type KeptDraft } from './keptDraft.ts'

/** Where the draft is kept now: on the server too, only here, or not changed yet. */
export type Keeping = 'new' | 'saving' | 'saved' | 'here'
const calmMs = 900

/** A draft that keeps itself: here at once, on the server a moment after the last change, and resumed from where it is newer. */
export function useDraft(tenant: string, procedure: string, owner: string) {
  const begun = readKept(tenant, procedure, owner)
  const draft = shallowReactive<KeptDraft>(begun ?? newDraft(owner))
  const keeping = ref<Keeping>('new')
  const files = ref<UploadedFile[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined
  let done = false

  /** Looks on the server for the same draft or the newest one; the newer of the two goes on. */
  async function resume(): Promise<void> {
    const found = (begun && await orNone(fetchDraft(draft.id))) ?? await orNone(fetchNewestDraft(procedure))
    if (!found) return
    const untouched = Object.keys(draft.answers).length === 0 && Object.keys(draft.applicant).length === 0
    if (found.id !== draft.id && !untouched) return
    files.value = found.files
    if (Date.parse(found.savedAt) >= Date.parse(draft.savedAt)) {
      Object.assign(draft, { id: found.id, answers: found.answers, applicant: found.applicant, page: found.page, savedAt: found.savedAt })
    }
    keep(tenant, procedure, draft)
    keeping.value = 'saved'
  }

  function change(changes: Partial<Pick<KeptDraft, 'answers' | 'applicant' | 'page'>>): void {
    if (done) return
    Object.assign(draft, changes, { savedAt: new Date().toISOString() })
    keep(tenant, procedure, draft)
    clearTimeout(timer)
    timer = setTimeout(() => void save(), calmMs)
  }

  /** Saves on the server now. What cannot be saved there stays here, and is tried again with the next change. */
  async function save(keepalive = false): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    await saving
    if (done) return
    saving = put(keepalive)
    await saving
  }

  async function put(keepalive: boolean): Promise<void> {
    keeping.value = 'saving'
    try {
      const { answers, applicant, page } = draft
      const at = draft.savedAt
      const saved = await saveDraft(draft.id, { procedure, answers, applicant, page }, keepalive)
      // Changed meanwhile: the newer state is on its way.
      if (draft.savedAt === at) draft.savedAt = saved.savedAt
      keep(tenant, procedure, draft)
      keeping.value = 'saved'
    } catch (error) {
      // Filed from another device: what is kept here would only be sent in vain.
      if (error instanceof ApiError && error.code === 'already-filed') return close()
      keeping.value = 'here'
      if (!(error instanceof OfflineError) && !(error instanceof ApiError)) throw error
    }
  }

  /** Before a file is sent its draft must be there. Throws as the api does. */
  async function ensureSaved(): Promise<void> {
    if (keeping.value === 'saved') return
    await saveDraft(draft.id, { procedure, answers: draft.answers, applicant: draft.applicant, page: draft.page })
    keeping.value = 'saved'
  }

  /** Nothing is on its way to the server any more: while the request is sent, no late save may bring its draft back. */
  async function settle(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    await saving
  }

  /** The request was filed, or thrown away: nothing of it stays in this browser. */
  function close(): void {
    done = true
    clearTimeout(timer)
    timer = undefined
    forget(tenant, procedure)
  }

  async function discard(): Promise<void> {
    close()
    await saving
    await orNone(deleteDraft(draft.id))
  }

  const leaving = (): void => {
    if (document.visibilityState === 'hidden' && timer !== undefined) void save(true)
  }
  document.addEventListener('visibilitychange', leaving)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', leaving)
    if (timer !== undefined) void save()
  })

  return { draft, keeping, files, resume, change, save, settle, ensureSaved, close, discard }
}

/** Nothing there, not allowed without signing in, or no connection: then what is kept here goes on. */
async function orNone<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked
  } catch (error) {
    const none = error instanceof OfflineError || (error instanceof ApiError && (error.passing || [401, 403, 404].includes(error.status)))
    if (!none) throw error
    return null
  }
}
