import { newRun } from '../../feel/compile/run.ts'
import { dialects } from '../../feel/dialects.ts'
import { isFound } from '../../feel/functions/regularExpressions.ts'
import { isBlank, numberLimit } from './field.ts'
import type { FieldKind, Found } from './field.ts'

// A text without a limit of its own still has one: a letter's length, or a line's.
const LONGEST_LINE = 1000
const LONGEST_TEXT = 20_000

const EMAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:.]+(?:\.[^\s@<>()",;:.]+)+$/
const PHONE = /^\+?[\d\s()/.-]{5,25}$/

/** A line or a page of text. */
export function textField(longest: number): FieldKind {
  return {
    isEmpty: isBlank,
    check(answer, _, context): Found | undefined {
      if (typeof answer !== 'string') return { code: 'not-text' }
      const length = [...answer].length
      const min = numberLimit(context, 'minLength')
      if (min !== undefined && length < min) return { code: 'too-short', facts: { min } }
      const max = numberLimit(context, 'maxLength') ?? longest
      if (length > max) return { code: 'too-long', facts: { max } }
      const type = context.limit('validationType')
      if (type === 'email' && !EMAIL.test(answer.trim())) return { code: 'not-an-email' }
      if (type === 'phone' && !isPhone(answer)) return { code: 'not-a-phone' }
      const pattern = context.limit('pattern')
      if (typeof pattern === 'string' && pattern && !isWritten(answer, pattern)) return { code: 'pattern' }
      return undefined
    },
  }
}

export const textLine = textField(LONGEST_LINE)
export const textPage = textField(LONGEST_TEXT)

// Counted like an expression's: a pattern that needs too much work throws FeelEvaluationError instead of holding up the server.
function isWritten(answer: string, pattern: string): boolean {
  return isFound(answer, pattern, '', newRun(() => 0, dialects.camunda)) === true
}

function isPhone(answer: string): boolean {
  const digits = answer.replace(/\D/g, '').length
  return PHONE.test(answer.trim()) && digits >= 5 && digits <= 15
}
