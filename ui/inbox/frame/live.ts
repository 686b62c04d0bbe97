import { defineStore } from 'pinia'
import { ref } from 'vue'
import { followInbox, type Following, type InboxEvent } from './followInbox.ts'

type Listener = (events: InboxEvent[]) => void

/** The one stream of changes of this page, and who listens to it. */
export const useLive = defineStore('inbox-live', () => {
  const connected = ref(true)
  const listeners = new Set<Listener>()
  let following: Following | undefined

  function start(): void {
    following ??= followInbox({
      changed: (events) => listeners.forEach((listener) => listener(events)),
      connected: (now) => (connected.value = now),
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
