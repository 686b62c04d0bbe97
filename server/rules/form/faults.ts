/** All that can be wrong with an answer. Each has a sentence in the texts of the portal; codes are permanent. */
export const formFaultCodes = [
  'required',
  'not-text',
  'too-short',
  'too-long',
  'pattern',
  'not-an-email',
  'not-a-phone',
  'not-a-number',
  'too-small',
  'too-large',
  'too-many-decimals',
  'not-yes-or-no',
  'not-an-option',
  'chosen-twice',
  'not-a-list',
  'not-a-date',
  'not-a-time',
  'date-passed',
  'date-in-future',
  'too-young',
  'other-birth-date',
  'other-wording',
  'length',
  'digits',
  'date',
  'check-digit',
  'too-many-files',
  'not-a-document',
] as const

export type FormFaultCode = (typeof formFaultCodes)[number]

/** One fault of one answer. */
export interface FormFault {
  /** Where the answer is kept: "subject.name", "children[0].birthDate". */
  readonly key: string
  readonly code: FormFaultCode
  /** What the sentence may name: limits, never the answer itself. */
  readonly facts: Readonly<Record<string, string | number>>
  /** Worth telling, but no reason to refuse. */
  readonly warning?: true
}
