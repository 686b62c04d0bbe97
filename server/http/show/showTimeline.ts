import type { ShelvedPackage } from '../../cases/context.ts'
import type { TimelineEntry } from '../../cases/timeline.ts'
import type { Words } from '../../cases/words.ts'
import type { TimelineEntry as TimelineReply } from '../contract/cases.ts'

/** What happened to a case; ids of the diagram and of letters become words. */
export function showTimeline(entries: readonly TimelineEntry[], pack: ShelvedPackage, words: Words): TimelineReply[] {
  return entries.map((entry) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    kind: entry.kind,
    facts: { ...entry.facts, ...stepFact(entry.facts.step, words), ...letterFact(entry.facts.letter, pack, words) },
    actor: entry.actorName,
    forWhom: entry.forName,
  }))
}

/** The name of a step of the diagram; its id when the texts have none. */
export function stepName(elementId: string, words: Words): string {
  return words.at(`elements.${elementId}`) ?? elementId
}

function stepFact(step: unknown, words: Words): { step?: string } {
  return typeof step === 'string' ? { step: stepName(step, words) } : {}
}

function letterFact(letter: unknown, pack: ShelvedPackage, words: Words): { title?: string } {
  const title = typeof letter === 'string' ? pack.procedure.letters[letter]?.title : undefined
  const named = title && words.at(title)
  return named ? { title: named } : {}
}
