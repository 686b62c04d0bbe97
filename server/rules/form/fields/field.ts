import type { FormFaultCode } from '../faults.ts'
import type { FormComponent } from '../schema.ts'

/** What the check of one answer may ask about the form around it. */
export interface FieldContext {
  readonly today: string
  readonly country: string | undefined
  isDocument(id: string): boolean
  /** A limit of the field: as written, or the value of its FEEL; undefined when it has none. */
  limit(name: string): unknown
  /** The choices that are open. */
  options(): readonly unknown[]
}

/** A fault found in an answer, still without its place. */
export interface Found {
  readonly code: FormFaultCode
  readonly facts?: Readonly<Record<string, string | number>>
}

/** How a kind of field looks at an answer. */
export interface FieldKind {
  /** Whether there is no answer at all; a required field then has a fault, and nothing else is checked. */
  isEmpty(answer: unknown): boolean
  /** The first fault of an answer that is not empty. */
  check(answer: unknown, field: FormComponent, context: FieldContext): Found | undefined
}

/** Nothing, or a text of blanks. */
export function isBlank(answer: unknown): boolean {
  return answer === undefined || answer === null || (typeof answer === 'string' && answer.trim() === '')
}

/** A limit that must be a number; undefined when there is none. */
export function numberLimit(context: FieldContext, name: string): number | undefined {
  const limit = context.limit(name)
  if (limit === undefined || limit === null || limit === '') return undefined
  const number = Number(limit)
  return Number.isFinite(number) ? number : undefined
}
