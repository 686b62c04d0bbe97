import { asGiven, textOf, type FieldKind } from './field.ts'
import { lineInput } from './textLine.ts'

/** Number of a company in its register (матични број, ЕИК, CUI); letters before it (RO, BG) are allowed. */
export const companyNumber: FieldKind<string> = (props) =>
  lineInput(props, props.field.description, textOf(props.value), (value) => props.onChange({ value }), {
    inputMode: 'numeric', autoComplete: 'off', spellcheck: false, style: { maxInlineSize: '16rem', letterSpacing: '.06em' },
  })

companyNumber.config = {
  type: 'companyNumber', keyed: true, name: 'Company number', group: 'basic-input', emptyValue: '',
  sanitizeValue: ({ value }) => textOf(value),
  create: asGiven,
}
