import { checkbox, oneOf, someOf } from './choice.ts'
import { datetimeField } from './date.ts'
import type { FieldKind } from './field.ts'
import { files } from './files.ts'
import { companyNumber, personalNumber } from './identifier.ts'
import { numberField } from './number.ts'
import { textLine, textPage } from './text.ts'

/** The kinds of field that take an answer. */
export const fieldKinds: ReadonlyMap<string, FieldKind> = new Map([
  ['textfield', textLine],
  ['textarea', textPage],
  ['number', numberField],
  ['checkbox', checkbox],
  ['radio', oneOf],
  ['select', oneOf],
  ['checklist', someOf],
  ['taglist', someOf],
  ['datetime', datetimeField],
  ['personalNumber', personalNumber],
  ['companyNumber', companyNumber],
  ['files', files],
])

/** Components that only show something. */
export const shownOnly: ReadonlySet<string> = new Set(['text', 'image', 'separator', 'spacer', 'button', 'table', 'html'])
