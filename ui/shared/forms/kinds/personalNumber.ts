import { asGiven, textOf, useFormWords, type FieldKind } from './field.ts'
import { lineInput } from './textLine.ts'

/** Personal number of the town's country (ЈМБГ, ЕГН or ЛНЧ, CNP): digits, wide enough to compare with the card. */
export const personalNumber: FieldKind<string> = (props) => {
  const words = useFormWords()
  const hint = props.field.description ?? words(`form.personalNumberHint.${props.field.country ?? 'rs'}`)
  return lineInput(props, hint, textOf(props.value), (text) => props.onChange({ value: text.replace(/[^\d\s]/g, '') }), {
    inputMode: 'numeric', autoComplete: 'off', spellcheck: false, style: { maxInlineSize: '16rem', letterSpacing: '.06em' },
  })
}

personalNumber.config = {
  type: 'personalNumber', keyed: true, name: 'Personal number', group: 'basic-input', emptyValue: '',
  sanitizeValue: ({ value }) => textOf(value),
  create: asGiven,
}
