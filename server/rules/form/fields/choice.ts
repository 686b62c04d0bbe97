import { isBlank } from './field.ts'
import type { FieldKind, Found } from './field.ts'

/** Yes or no. Where it is required it must be yes: "I confirm that …". */
export const checkbox: FieldKind = {
  isEmpty: (answer) => isBlank(answer) || answer === false,
  check: (answer): Found | undefined => (typeof answer === 'boolean' ? undefined : { code: 'not-yes-or-no' }),
}

/** One of several. */
export const oneOf: FieldKind = {
  isEmpty: isBlank,
  check: (answer, _, context): Found | undefined => (context.options().includes(answer) ? undefined : { code: 'not-an-option' }),
}

/** Some of several. */
export const someOf: FieldKind = {
  isEmpty: (answer) => isBlank(answer) || (Array.isArray(answer) && answer.length === 0),
  check(answer, _, context): Found | undefined {
    if (!Array.isArray(answer)) return { code: 'not-a-list' }
    const options = context.options()
    if (!answer.every((each) => options.includes(each))) return { code: 'not-an-option' }
    return new Set(answer).size === answer.length ? undefined : { code: 'chosen-twice' }
  },
}
