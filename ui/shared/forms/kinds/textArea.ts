import { h, type JSX } from 'preact'
import { asGiven, frame, idsOf, textOf, type FieldKind } from './field.ts'

/** Several lines of text. */
export const textArea: FieldKind<string> = (props) => {
  const hint = props.field.description
  const { id, describedBy } = idsOf(props, hint)
  return frame(props, hint, h('textarea', {
    id, class: 'in', rows: 5, value: textOf(props.value), readOnly: props.readonly, disabled: props.disabled,
    'aria-describedby': describedBy, 'aria-invalid': props.errors.length > 0 ? 'true' : undefined,
    onInput: (event: JSX.TargetedEvent<HTMLTextAreaElement>) => props.onChange({ value: event.currentTarget.value }),
    onBlur: props.onBlur, onFocus: props.onFocus,
  }))
}

textArea.config = {
  type: 'textarea', keyed: true, name: 'Text of several lines', group: 'basic-input', emptyValue: '', create: asGiven,
  sanitizeValue: ({ value }) => textOf(value),
}
