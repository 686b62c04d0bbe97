/** What is asked of an authority's server: its list (GET), or about one certificate (POST). */
export interface Question {
  url: string
  body?: Uint8Array
  contentType?: string
}

/** Answers the bytes, or throws: silence, another status than 200, too much. */
export type Fetcher = (question: Question) => Promise<Uint8Array>

export interface FetcherLimits {
  timeOutMs?: number
  maxBytes?: number
}

/**
 * Asks over HTTP. The addresses come from certificates whose chain has been proved first, so an authority wrote them; even so
 * nothing is followed elsewhere, and what comes is limited (a list of a large authority is a few megabytes).
 */
export function overHttp({ timeOutMs = 4_000, maxBytes = 20 * 2 ** 20 }: FetcherLimits = {}): Fetcher {
  return async ({ url, body, contentType }) => {
    const reply = await fetch(url, {
      method: body ? 'POST' : 'GET',
      ...(body && { body: new Uint8Array(body), headers: { 'content-type': contentType ?? 'application/octet-stream' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeOutMs),
    })
    if (reply.status !== 200 || !reply.body) throw new Error(`Expected 200 from ${new URL(url).host}, but it answered ${reply.status}`)
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of reply.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += part.length
      if (bytes > maxBytes) throw new Error(`Expected at most ${maxBytes} bytes from ${new URL(url).host}`)
      parts.push(part)
    }
    return Buffer.concat(parts)
  }
}

/** Keeps lists (not answers about one certificate) for `keepMs`: a hundred people who sign in ask for the same one once. */
export function keepingLists(fetcher: Fetcher, clock: { now(): number }, keepMs = 5 * 60_000): Fetcher {
  const kept = new Map<string, { untilMs: number; bytes: Promise<Uint8Array> }>()
  return (question) => {
    if (question.body) return fetcher(question)
    for (const [url, { untilMs }] of kept) if (untilMs <= clock.now()) kept.delete(url)
    const before = kept.get(question.url)
    if (before) return before.bytes
    const bytes = fetcher(question)
    kept.set(question.url, { untilMs: clock.now() + keepMs, bytes })
    // What failed is asked again at once.
    bytes.catch(() => kept.delete(question.url))
    return bytes
  }
}
