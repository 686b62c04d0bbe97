import type { Standing } from '../../zeebe/municipality.ts'

/** What a citizen has been asked to supply. */
export interface Supplement {
  id: string
  caseId: string
  /** The step at which it was seen that something is missing. */
  taskId: string
  /** In the clerk's words, one line for each paper or answer. */
  missing: string[]
  state: 'open' | 'answered' | 'missed'
  askedAt: Date
  dueAt: Date
  /** What follows by law when nothing comes. */
  unanswered: NonNullable<Standing['unanswered']>
  answer: string | null
  settledAt: Date | null
}

/** Bounds of what a clerk may ask for and a citizen may answer. */
export const supplementLimits = { maxMissing: 10, maxLine: 300, maxAnswer: 5000, maxFiles: 10 } as const

/** Under which `field` the papers of a supplement lie in the case. */
export function fieldOf({ id }: Pick<Supplement, 'id'>): string {
  return `supplement.${id}`
}
