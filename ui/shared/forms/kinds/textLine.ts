import { h, type JSX } from 'preact'
import { asGiven, frame, idsOf, textOf, type FieldKind, type FieldProps } from './field.ts'

type Extra = Pick<JSX.IntrinsicElements['input'], 'inputMode' | 'autoComplete' | 'style' | 'maxLength' | 'spellcheck'>

/** An input of one line; other kinds differ in keyboard, width and hint only. */
export function lineInput(
  props: FieldProps<unknown>, hint: string | undefined, shown: string, changed: (text: string) => void, extra: Extra = {},
): JSX.Element {
  const { id, describedBy } = idsOf(props, hint)
  return frame(props, hint, h('input', {
    id, class: 'in', type: 'text', value: shown, readOnly: props.readonly, disabled: props.disabled,
    'aria-describedby': describedBy, 'aria-invalid': props.errors.length > 0 ? 'true' : undefined,
    onInput: (event: JSX.TargetedEvent<HTMLInputElement>) => changed(event.currentTarget.value),
    onBlur: props.onBlur, onFocus: props.onFocus, ...extra,
  }))
}

/** One line of text. */
export const textLine: FieldKind<string> = (props) =>
  lineInput(props, props.field.description, textOf(props.value), (value) => props.onChange({ value }), {
    maxLength: props.field.validate?.maxLength,
  })

textLine.config = {
  type: 'textfield', keyed: true, name: 'Text', group: 'basic-input', emptyValue: '', create: asGiven,
  sanitizeValue: ({ value }) => textOf(value),
}
