import { isContext, isList } from './values.ts'
import type { FeelContext, FeelValue } from './values.ts'

/** All keys of a context and of the contexts in it: the names that an expression about it may use. */
export function keysIn(context: FeelContext): string[] {
  const keys = new Set<string>()
  const gather = (value: FeelValue): void => {
    if (isList(value)) for (const item of value) gather(item)
    if (!isContext(value)) return
    for (const [key, entry] of value) {
      keys.add(key)
      gather(entry)
    }
  }
  gather(context)
  return [...keys]
}
