import { isCycle } from '../cycle.ts'
import type { Timer, TimerKind } from '../executable.ts'
import { isDuration, isMoment } from '../isoTime.ts'
import { childOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import { bodyOf, type Reading } from './reading.ts'

interface Kind {
  readonly kind: TimerKind
  readonly property: string
  readonly isValid: (text: string) => boolean
}

const kinds: readonly Kind[] = [
  { kind: 'date', property: 'timeDate', isValid: isMoment },
  { kind: 'duration', property: 'timeDuration', isValid: isDuration },
  { kind: 'cycle', property: 'timeCycle', isValid: isCycle },
]

/** The moment or moments an event waits for. What an expression gives is known only when it waits. */
export function readTimer(element: Moddle, definition: Moddle, reading: Reading): Timer {
  const { kind, property, isValid } = checked(kinds.find((each) => childOf(definition, each.property)), 'a time')
  const source = reading.source(element, bodyOf(definition, property) ?? '')
  if (!source.feel && !isValid(source.text)) reading.refuse(element, `Invalid timer ${kind} '${source.text}'`)
  return { kind, source }
}
