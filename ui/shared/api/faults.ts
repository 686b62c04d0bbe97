import type { FieldFault } from '../../../server/http/contract/words.ts'

/** The server said no, or could not. `code` is the key of the sentence (`errors.<code>`), `reference` finds the log line. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown> = {},
    readonly faults: FieldFault[] = [],
    readonly reference?: string,
  ) {
    super(`The server answered ${status} ${code}`)
    this.name = 'ApiError'
  }

  /** Worth another try without changing anything: a neighbor is down or too much was asked at once. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429
  }
}

/** No answer came at all: no network, or the server is not there. Nothing may be taken as done. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('No answer came', { cause })
    this.name = 'OfflineError'
  }
}
