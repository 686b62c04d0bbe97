/**
 * Aborted when a person or the system asks to stop; `first` is called then. Asked again, a second later or more, the process
 * ends at once. One Ctrl-C comes twice, from the terminal and passed on by start.mjs.
 */
export function askedToStop(first: () => void): AbortSignal {
  const asked = new AbortController()
  let askedAt = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked.signal.aborted) {
        if (Date.now() - askedAt > 1000) process.exit(1)
        return
      }
      askedAt = Date.now()
      first()
      asked.abort()
    })
  }
  return asked.signal
}
