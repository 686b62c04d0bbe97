import { isBlank } from './field.ts'
import type { FieldKind, Found } from './field.ts'

const MOST_FILES = 20

/** Several documents of one kind; the answer is the list of their ids. */
export const files: FieldKind = {
  isEmpty: (answer) => isBlank(answer) || (Array.isArray(answer) && answer.length === 0),
  check(answer, field, context): Found | undefined {
    if (!Array.isArray(answer)) return { code: 'not-a-list' }
    const max = field.max ?? MOST_FILES
    if (answer.length > max) return { code: 'too-many-files', facts: { max } }
    if (!answer.every((id) => typeof id === 'string' && context.isDocument(id))) return { code: 'not-a-document' }
    return new Set(answer).size === answer.length ? undefined : { code: 'chosen-twice' }
  },
}
