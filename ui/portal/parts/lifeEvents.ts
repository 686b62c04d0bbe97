import type { IconName } from '../../shared/parts/icons.ts'

/** Moments of life services are found by. Words: `portal.life.<id>`; an event without a picture here shows a plain one. */
export const lifeEvents: Readonly<Record<string, IconName>> = {
  birth: 'baby',
  marriage: 'users',
  death: 'book',
  moving: 'house',
  building: 'house',
  help: 'coins',
  business: 'receipt',
  neighborhood: 'tree',
  'having-a-say': 'chat',
}

export function lifeEventIcon(id: string): IconName {
  return lifeEvents[id] ?? 'help'
}

/** The events of some services, each once, in the order they come. */
export function lifeEventsOf(entries: readonly { lifeEvents: string[] }[]): string[] {
  return [...new Set(entries.flatMap(({ lifeEvents: events }) => events))]
}
