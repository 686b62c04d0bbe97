import { h, type JSX } from 'preact'
import { asGiven, frame, frameOfMany, idsOf, textOf, useFormWords, type FieldKind, type FieldProps, type Option } from './field.ts'

/** One of a few, all of them in sight. */
export const radio: FieldKind<string> = (props) =>
  frameOfMany(props, props.field.description, h('div', { class: 'pick' }, optionsOf(props).map(({ label, value }) => (
    h('label', { key: value },
      h('input', {
        type: 'radio', name: idsOf(props, undefined).id, value, checked: props.value === value, disabled: props.disabled || props.readonly,
        onChange: () => props.onChange({ value }), onBlur: props.onBlur, onFocus: props.onFocus,
      }),
      h('span', null, label))
  ))))
radio.config = { type: 'radio', keyed: true, name: 'One of several', group: 'selection', emptyValue: null, create: asGiven }

/** One of many: the device's own list. */
export const select: FieldKind<string> = (props) => {
  const words = useFormWords()
  const hint = props.field.description
  const { id, describedBy } = idsOf(props, hint)
  const options = optionsOf(props).map(({ label, value }) => h('option', { key: value, value }, label))
  return frame(props, hint, h('select', {
    id, class: 'in', disabled: props.disabled || props.readonly, value: textOf(props.value),
    'aria-describedby': describedBy, 'aria-invalid': props.errors.length > 0 ? 'true' : undefined,
    onChange: (event: JSX.TargetedEvent<HTMLSelectElement>) => props.onChange({ value: event.currentTarget.value || null }),
    onBlur: props.onBlur, onFocus: props.onFocus,
  }, h('option', { value: '' }, words('form.choose')), options))
}
select.config = { type: 'select', keyed: true, name: 'One of many', group: 'selection', emptyValue: null, create: asGiven }

/** Any of several. The answer is the list of chosen values, in the order of the form. */
export const checklist: FieldKind<string[]> = (props) => {
  const chosen = Array.isArray(props.value) ? props.value : []
  const toggled = (toggle: string): string[] =>
    optionsOf(props).map(({ value }) => value).filter((value) => (value === toggle) !== chosen.includes(value))
  return frameOfMany(props, props.field.description, h('div', { class: 'pick many' }, optionsOf(props).map(({ label, value }) => (
    h('label', { key: value },
      h('input', {
        type: 'checkbox', value, checked: chosen.includes(value), disabled: props.disabled || props.readonly,
        onChange: () => props.onChange({ value: toggled(value) }), onBlur: props.onBlur, onFocus: props.onFocus,
      }),
      h('span', null, label))
  ))))
}
checklist.config = { type: 'checklist', keyed: true, name: 'Several of several', group: 'selection', emptyValue: [], create: asGiven }

function optionsOf(props: FieldProps<unknown>): Option[] {
  return props.field.values ?? []
}
