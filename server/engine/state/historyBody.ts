import { joinObject, splitObject } from './jsonObject.ts'
import type { Caller, HistoryEntry, Instance } from './instance.ts'

/** Between the parts of the text, as in an instance's body: JSON never holds this character unescaped. */
const SECTION = '\u0001'

/** What a stretch of an instance's past tells. */
export interface PastStretch {
  readonly startedAt: number
  readonly caller: Caller | null
  readonly entries: readonly HistoryEntry[]
  /** JSON text by name: the variables of the process as they were at the end; empty while it runs. */
  readonly variables: ReadonlyMap<string, string>
}

/** The entries since the last stretch was written; the last one, when the instance is over, keeps the variables of the process. */
export function writePast({ startedAt, caller, history, root }: Instance, isLast: boolean): string {
  const variables = isLast ? joinObject(root.variables) : ''
  return `${JSON.stringify([startedAt, caller ?? 0])}${SECTION}${JSON.stringify(history)}${SECTION}${variables}`
}

/** Reads a whole body, or its first part alone: then there are no entries and no variables. */
export function readPast(body: string): PastStretch {
  const [head, entries = '[]', variables = ''] = body.split(SECTION)
  const [startedAt, caller] = JSON.parse(head!) as [number, Caller | 0]
  return {
    startedAt, caller: caller || null,
    entries: JSON.parse(entries) as HistoryEntry[],
    variables: variables === '' ? new Map() : splitObject(variables),
  }
}
