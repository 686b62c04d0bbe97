import type { InboxEvent as InboxEventShape } from '../../../server/http/contract/tasks.ts'
import { inboxEventsAddress } from '../../shared/api/index.ts'

type Read<Schema> = Schema extends { _output: infer Output } ? Output : never
export type InboxEvent = Read<typeof InboxEventShape>

/** Events come in bunches (a completed step ends one task and begins another): one look answers them all. */
const gatherMs = 350
/** A browser gives a stream up when the answer is an error, so we begin anew ourselves. */
const reopenMs = 5000

export interface Following {
  stop(): void
}
export interface Followed {
  /** The bunch since the last call; empty after the stream was broken, when nobody knows what was missed. */
  changed(events: InboxEvent[]): void
  connected(now: boolean): void
  /** The server answered with an error instead of a stream: the session may have ended. */
  refused(): void
}

/** Follows the changes of the inbox. A hidden page waits until it is seen again. */
export function followInbox({ changed, connected, refused }: Followed): Following {
  let source = open()
  let gathered: InboxEvent[] = []
  let broken = false
  let missed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let reopening: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', soon)

  function open(): EventSource {
    const stream = new EventSource(inboxEventsAddress())
    stream.onmessage = (message: MessageEvent<string>) => {
      gathered.push(JSON.parse(message.data) as InboxEvent)
      soon()
    }
    stream.onopen = () => {
      connected(true)
      missed = broken
      broken = false
      soon()
    }
    stream.onerror = () => {
      broken = true
      connected(false)
      if (stream.readyState !== EventSource.CLOSED) return
      reopening = setTimeout(() => (source = open()), reopenMs)
      refused()
    }
    return stream
  }

  function soon(): void {
    if (document.hidden || timer !== undefined || (gathered.length === 0 && !missed)) return
    timer = setTimeout(tell, gatherMs)
  }
  function tell(): void {
    timer = undefined
    const events = missed ? [] : gathered
    gathered = []
    missed = false
    changed(events)
  }

  return {
    stop() {
      source.close()
      clearTimeout(timer)
      clearTimeout(reopening)
      document.removeEventListener('visibilitychange', soon)
    },
  }
}
