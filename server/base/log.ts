/** Structured log lines: JSON, one a line, ids only. Names, numbers and addresses of people never go in. */
export interface Log {
  info(event: string, facts?: LogFacts): void
  warn(event: string, facts?: LogFacts): void
  error(event: string, facts?: LogFacts): void
  /** A log that adds these facts to each line. */
  with(facts: LogFacts): Log
}

export type LogFacts = Readonly<Record<string, unknown>>

type Level = 'info' | 'warn' | 'error'

/** Makes a log that hands finished lines to `write` (default: standard output). */
export function makeLog(always: LogFacts = {}, write: (line: string) => void = (line) => void process.stdout.write(line + '\n')): Log {
  const line = (level: Level) => (event: string, facts: LogFacts = {}): void =>
    write(JSON.stringify({ at: new Date().toISOString(), level, event, ...always, ...plain(facts) }))
  return {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    with: (facts) => makeLog({ ...always, ...facts }, write),
  }
}

/** A log that keeps silent, for tests that are not about logging. */
export const quietLog: Log = makeLog({}, () => undefined)

function plain(facts: LogFacts): LogFacts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => {
    if (!(value instanceof Error)) return [key, value]
    const { name, message, stack } = value
    return [key, { name, message, stack }]
  }))
}
