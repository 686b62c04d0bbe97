import type { Answers } from '../../../server/http/contract/words.ts'

/** What was typed into a task's form and has not surely reached the server. */
export interface KeptAnswers {
  answers: Answers
  /** When it was typed, ISO 8601. */
  at: string
  /** Who typed it: a computer at the counter has more than one clerk. */
  by: string
}

const prefix = 'salter.task.'
const keyOf = (tenant: string, taskId: string): string => `${prefix}${tenant}.${taskId}`

/** Keeps the answers in this browser, at once and without a network. */
export function keepAnswers(tenant: string, taskId: string, kept: KeptAnswers): void {
  localStorage.setItem(keyOf(tenant, taskId), JSON.stringify(kept))
}

/** What this browser keeps of a task for this person, or null. What cannot be read counts as nothing kept. */
export function keptAnswers(tenant: string, taskId: string, by: string): KeptAnswers | null {
  const text = localStorage.getItem(keyOf(tenant, taskId))
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Partial<KeptAnswers>
    return kept.answers && kept.at && kept.by === by ? { answers: kept.answers, at: kept.at, by } : null
  } catch {
    // Cut off by a full disk or written by hand: the server's draft stands in.
    return null
  }
}

/** The server has them now, or the task is done: nothing stays behind on a shared computer. */
export function forgetAnswers(tenant: string, taskId: string): void {
  localStorage.removeItem(keyOf(tenant, taskId))
}

/** All of one town's, when the clerk signs out. */
export function forgetDrafts(tenant: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${prefix}${tenant}.`)) localStorage.removeItem(key)
}
