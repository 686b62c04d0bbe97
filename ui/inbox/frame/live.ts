import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useSession } from '../../shared/session.ts'
import { followInbox, type Following, type InboxEvent } from './followInbox.ts'

type Listener = (events: InboxEvent[]) => void

/** The one stream of changes of this page, and who listens to it. */
export const useLive = defineStore('inbox-live', () => {
  const session = useSession()
  const connected = ref(true)
  const listeners = new Set<Listener>()
  let following: Following | undefined

  function start(): void {
    following ??= followInbox({
      changed: (events) => listeners.forEach((listener) => listener(events)),
      connected: (now) => (connected.value = now),
      // No answer to this either: the stream is tried again, and then the session is looked at again.
      refused: () => void session.refreshMe().catch(() => undefined),
    })
  }
  function stop(): void {
    following?.stop()
    following = undefined
  }
  /** Hears each bunch of changes until the answered function is called. */
  function listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { connected, start, stop, listen }
})
