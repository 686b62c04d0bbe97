import { onBeforeUnmount, ref } from 'vue'
import type { Answers } from '../../../server/http/contract/words.ts'
import { ApiError, saveTaskDraft } from '../../shared/api/index.ts'
import { useSession } from '../../shared/session.ts'
import { forgetAnswers, keepAnswers } from './keptAnswers.ts'

const pauseMs = 800
const againMs = 8000

/**
 * Keeps a task's form half-way: in this browser at each change, on the server when the hand rests, again when a lost
 * connection is back. `refused` hears when the server no longer takes it, because the task is not ours any more.
 */
export function useTaskDraft(refused: (error: ApiError) => void) {
  const session = useSession()
  /** `here`: kept in this browser only, the server has not answered. */
  const state = ref<'none' | 'typing' | 'saving' | 'saved' | 'here'>('none')
  const savedAt = ref<string | null>(null)
  let taskId = ''
  let unsaved: Answers | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Begins with a task. What an earlier one has left unsaved goes out first. */
  function begin(id: string, lastSavedAt: string | null): void {
    flush()
    taskId = id
    unsaved = null
    savedAt.value = lastSavedAt
    state.value = lastSavedAt ? 'saved' : 'none'
  }

  function changed(answers: Answers): void {
    keepAnswers(session.tenant, taskId, { answers, at: new Date().toISOString(), by: session.me?.name ?? '' })
    unsaved = answers
    state.value = 'typing'
    later(pauseMs)
  }

  /** Nothing more is to be saved: the task has been completed or given back. */
  function end(): void {
    clearTimeout(timer)
    unsaved = null
    forgetAnswers(session.tenant, taskId)
  }

  /** Stops the clock without forgetting: while completing, or after the task was taken away. */
  function hold(): void {
    clearTimeout(timer)
  }

  /** Completing did not succeed: what is unsaved goes on being saved. */
  function goOn(): void {
    if (unsaved !== null) later(pauseMs)
  }

  function later(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }

  async function save(): Promise<void> {
    const sent = unsaved
    const id = taskId
    if (sent === null) return
    state.value = 'saving'
    try {
      const saved = await saveTaskDraft(id, { answers: sent })
      if (unsaved !== sent || id !== taskId) return
      unsaved = null
      forgetAnswers(session.tenant, id)
      savedAt.value = saved.savedAt
      state.value = 'saved'
    } catch (error) {
      if (id !== taskId) return
      state.value = 'here'
      if (error instanceof ApiError && !error.passing) refused(error)
      // Also after a refusal: a form token that was renewed lets the next try through. A lost task stops it by `hold`.
      later(againMs)
    }
  }

  /** Leaving the page or the task: what is unsaved still goes out; this browser keeps it in any case. */
  function flush(): void {
    clearTimeout(timer)
    if (unsaved === null) return
    const [tenant, id] = [session.tenant, taskId]
    // A refusal or a lost connection changes nothing: the answers stay in this browser and are offered when the task is opened.
    void saveTaskDraft(id, { answers: unsaved }, true).then(() => forgetAnswers(tenant, id), () => undefined)
  }

  const online = (): void => later(0)
  const hidden = (): void => { if (document.hidden && unsaved !== null) void save() }
  window.addEventListener('online', online)
  window.addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', hidden)
  onBeforeUnmount(() => {
    flush()
    window.removeEventListener('online', online)
    window.removeEventListener('pagehide', flush)
    document.removeEventListener('visibilitychange', hidden)
  })

  return { state, savedAt, begin, changed, end, hold, goOn }
}
