/** A Camunda form (form-js JSON), as far as answers are checked against it. Labels are text keys and do not matter here. */
export interface FormSchema {
  readonly id?: string
  readonly components: readonly FormComponent[]
  readonly [other: string]: unknown
}

/** One component of a form: a field with a key, a group or list with components of its own, or something that is only shown. */
export interface FormComponent {
  readonly type: string
  readonly id?: string
  /** Where the answer is kept; dots make nested objects. */
  readonly key?: string
  /** Of a group or list: where the answers of its components are kept. */
  readonly path?: string
  readonly components?: readonly FormComponent[]
  /** `hide`: FEEL with its leading "="; true hides the component and all in it. */
  readonly conditional?: { readonly hide?: string }
  readonly validate?: Validation
  readonly disabled?: boolean
  readonly readonly?: boolean | string
  /** Choices, listed here … */
  readonly values?: readonly { readonly value: unknown; readonly [other: string]: unknown }[]
  /** … or named in the variables … */
  readonly valuesKey?: string
  /** … or given by FEEL with its leading "=". */
  readonly valuesExpression?: string
  /** Of a datetime: date, time or datetime. */
  readonly subtype?: string
  readonly disallowPassedDates?: boolean
  /** Our own: a day after today is a fault, as for a birthday. */
  readonly disallowFutureDates?: boolean
  readonly decimalDigits?: number | string
  /** Of a number: the answer is its text, so that no digit is lost. */
  readonly serializeToString?: boolean
  /** Of personalNumber and companyNumber: whose rules hold. Filled by the server from the town. */
  readonly country?: string
  /** Of files: the most documents that may be given. */
  readonly max?: number
  readonly [other: string]: unknown
}

/** Limits of an answer. Each may be FEEL with a leading "=", which is evaluated with the answers. */
export interface Validation {
  readonly required?: boolean | string
  readonly min?: number | string
  readonly max?: number | string
  readonly minLength?: number | string
  readonly maxLength?: number | string
  readonly pattern?: string
  readonly validationType?: string
  readonly [other: string]: unknown
}

/** Answers as they come from a browser: plain JSON. */
export type Answers = { readonly [key: string]: unknown }
