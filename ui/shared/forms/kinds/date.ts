import { h, type JSX } from 'preact'
import { asGiven, frameOfMany, idsOf, textOf, useFormWords, useService, type FieldKind, type FieldProps } from './field.ts'
import { lineInput } from './textLine.ts'

type Part = 'year' | 'month' | 'day'
const order: Readonly<Record<string, readonly Part[]>> = { hu: ['year', 'month', 'day'] }
const widths: Readonly<Record<Part, string>> = { year: '5.5rem', month: '4rem', day: '4rem' }

/**
 * A day in three inputs, in the order the language writes it: no calendar to leaf through for a birth date.
 * The answer is `yyyy-mm-dd`; half a date stays half (`1985-3-`), so that the check can say what is missing.
 */
export const date: FieldKind<string> = (props) => {
  const words = useFormWords()
  const language = useService<{ language: string }>('formReader').language
  const hint = props.field.description ?? words('form.dateHint')
  if (props.field.subtype === 'time') return timeLine(props)
  const { id } = idsOf(props, hint)
  const parts = partsOf(textOf(props.value))
  const changed = (part: Part, text: string): void => {
    const digits = text.replace(/\D/g, '').slice(0, part === 'year' ? 4 : 2)
    props.onChange({ value: dateOf({ ...parts, [part]: digits }) })
  }
  return frameOfMany(props, hint, h('div', { class: 'row date' }, (order[language] ?? ['day', 'month', 'year']).map((part: Part) => (
    h('span', { class: 'field', key: part },
      h('label', { for: `${id}-${part}` }, words(`form.${part}`)),
      h('input', {
        id: `${id}-${part}`, class: 'in', inputMode: 'numeric', autoComplete: 'off', value: parts[part],
        style: { inlineSize: widths[part] }, readOnly: props.readonly, disabled: props.disabled,
        'aria-invalid': props.errors.length > 0 ? 'true' : undefined,
        onInput: (event: JSX.TargetedEvent<HTMLInputElement>) => changed(part, event.currentTarget.value),
        onBlur: props.onBlur, onFocus: props.onFocus,
      }))
  ))))
}

date.config = { type: 'datetime', keyed: true, name: 'Date', group: 'basic-input', emptyValue: null, create: asGiven }

function timeLine(props: FieldProps<string>): JSX.Element {
  return lineInput(props, props.field.description, textOf(props.value), (value) => props.onChange({ value }), {
    style: { maxInlineSize: '8rem' },
  })
}

function partsOf(value: string): Record<Part, string> {
  const [year = '', month = '', day = ''] = value.split('-')
  return /^\d{4}-\d\d-\d\d$/.test(value) ? { year, month: String(Number(month)), day: String(Number(day)) } : { year, month, day }
}

/** Zeros are put before only when all of it is there, so that typing "1" on the way to "12" is left alone. */
function dateOf({ year, month, day }: Record<Part, string>): string | null {
  if (year === '' && month === '' && day === '') return null
  const whole = year.length === 4 && month !== '' && day !== ''
  return whole ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : `${year}-${month}-${day}`
}
