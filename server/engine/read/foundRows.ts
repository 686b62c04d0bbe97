/** From rows of the store to what the read API is told, the same for both twins. */
import type { Key } from '../key.ts'
import { readPast } from '../state/historyBody.ts'
import { readFacts } from '../state/instanceBody.ts'
import type { HistoryRow, JobRow } from '../store/rows.ts'
import { MOST_STRETCHES, type ActiveInstance, type EndedInstance, type FoundJob, type WholeInstance } from './reader.ts'

export interface ActiveRow {
  key: Key
  definitionKey: Key
  head: string
}

export function toActive({ key, definitionKey, head }: ActiveRow): ActiveInstance {
  return { key, definitionKey, ...readFacts(head) }
}

export type EndedRow = Omit<EndedInstance, 'startedAt' | 'endedAt' | 'caller'> & { writtenAt: number; head: string }

export function toEnded({ head, writtenAt, ...row }: EndedRow): EndedInstance {
  const { startedAt, caller } = readPast(head)
  return { ...row, startedAt, endedAt: writtenAt, caller }
}

export function toFoundJob({ head, ...row }: JobRow & { definitionKey: Key; head: string }): FoundJob {
  return { ...row, element: readFacts(head).elements.find((each) => each.key === row.elementKey) }
}

export type PastRow = Pick<HistoryRow, 'chunk' | 'definitionKey' | 'outcome' | 'body'>

/** `stretches` are the newest ones first, one more than are told where there are so many. */
export function toWhole(
  key: Key, row: { definitionKey: Key; body: string } | undefined, stretches: readonly PastRow[],
): WholeInstance | undefined {
  const last = stretches[0]
  const definitionKey = row?.definitionKey ?? last?.definitionKey
  if (!definitionKey) return undefined
  const facts = row && readFacts(row.body)
  const told = stretches.slice(0, MOST_STRETCHES).reverse().map(({ body }) => readPast(body))
  return {
    key, definitionKey,
    elements: facts?.elements ?? [],
    past: [...told.flatMap(({ entries }) => entries), ...(facts?.history ?? [])],
    isCut: stretches.length > MOST_STRETCHES,
    finalVariables: told.at(-1)?.variables ?? new Map(),
  }
}
