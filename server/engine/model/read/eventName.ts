import type { Source } from '../executable.ts'
import { textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import type { Reading } from './reading.ts'

/** The name of the message or signal that an event refers to. It may be an expression. */
export function readEventName(element: Moddle, named: Moddle | undefined, what: 'message' | 'signal', reading: Reading): Source {
  const name = checked(textOf(named, 'name'), `the name of a ${what}`)
  if (/[\u0000-\u001f]/.test(name)) reading.refuse(element, `Expected the name of the ${what} to have no control characters`)
  return reading.source(element, name)
}
