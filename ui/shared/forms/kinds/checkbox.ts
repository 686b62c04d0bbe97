import { h, type JSX } from 'preact'
import { asGiven, idsOf, notes, type FieldKind } from './field.ts'

/** One thing to agree to or to tell: the label is the sentence beside the box. */
export const checkbox: FieldKind<boolean> = (props) => {
  const hint = props.field.description
  const { id, describedBy } = idsOf(props, hint)
  return h('div', { class: props.errors.length > 0 ? 'field bad' : 'field' },
    ...notes(props, hint),
    h('div', { class: 'pick many' }, h('label', { for: id },
      h('input', {
        id, type: 'checkbox', checked: props.value === true, disabled: props.disabled || props.readonly,
        'aria-describedby': describedBy, 'aria-invalid': props.errors.length > 0 ? 'true' : undefined,
        onChange: (event: JSX.TargetedEvent<HTMLInputElement>) => props.onChange({ value: event.currentTarget.checked }),
        onBlur: props.onBlur, onFocus: props.onFocus,
      }),
      h('span', null, props.field.label))))
}

checkbox.config = {
  type: 'checkbox', keyed: true, name: 'Yes or no', group: 'selection', emptyValue: false, create: asGiven,
  sanitizeValue: ({ value }) => value === true,
}
