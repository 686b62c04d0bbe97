import { evaluateInForm, isExpression } from './conditions.ts'
import type { FieldContext } from './fields/field.ts'
import type { FormFault } from './faults.ts'
import { readForm } from './readForm.ts'
import type { AskedField } from './readForm.ts'
import type { Answers, FormComponent, FormSchema } from './schema.ts'

/** How answers are checked. */
export interface CheckOptions {
  /** The day of filing, 'yyyy-mm-dd', where the town is. */
  readonly today: string
  /** True online: a wrong check digit is refused. False at the counter, where it only warns: old registers hold wrong numbers. */
  readonly strictIdentifiers: boolean
  /** Whose numbers a field without a country of its own means. */
  readonly country?: string
  /** Whether a document with this id was given; without it every id counts as given. */
  readonly files?: (documentId: string) => boolean
  /** What FEEL in the form sees beside the answers, like `country`. */
  readonly variables?: Record<string, unknown>
}

/**
 * The faults of the answers to a form, in the order of its fields; at most one for each answer. An empty list is good.
 * Hidden fields are not checked. Throws FeelSyntaxError or FeelEvaluationError when an expression in the form is wrong.
 */
export function checkAnswers(schema: FormSchema, answers: Answers, options: CheckOptions): FormFault[] {
  const variables = { ...(options.country === undefined ? {} : { country: options.country }), ...options.variables }
  return readForm(schema, answers, variables).fields.flatMap((asked) => checkAnswer(asked, options))
}

/** The answers to what the form asks: keys it does not have, and hidden, disabled and read-only fields, are dropped. */
export function keptAnswers(schema: FormSchema, answers: Answers, variables: Record<string, unknown> = {}): Answers {
  return readForm(schema, answers, variables).kept
}

function checkAnswer({ key, field, kind, answer, variables }: AskedField, options: CheckOptions): FormFault[] {
  const limit = (name: string): unknown => {
    const written = field.validate?.[name]
    return isExpression(written) ? evaluateInForm(written, variables) : written
  }
  if (kind.isEmpty(answer)) return limit('required') === true ? [{ key, code: 'required', facts: {} }] : []

  const context: FieldContext = {
    today: options.today,
    country: options.country,
    isDocument: options.files ?? (() => true),
    limit,
    options: () => choicesOf(field, variables),
  }
  const found = kind.check(answer, field, context)
  if (!found) return []
  const fault: FormFault = { key, code: found.code, facts: found.facts ?? {} }
  return [found.code === 'check-digit' && !options.strictIdentifiers ? { ...fault, warning: true } : fault]
}

function choicesOf(field: FormComponent, variables: Record<string, unknown>): readonly unknown[] {
  const listed = isExpression(field.valuesExpression)
    ? evaluateInForm(field.valuesExpression, variables)
    : field.valuesKey
      ? variables[field.valuesKey]
      : field.values
  if (!Array.isArray(listed)) return []
  return listed.map((each: unknown) => (typeof each === 'object' && each !== null && 'value' in each ? each.value : each))
}
