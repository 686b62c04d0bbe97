import { useState } from 'preact/hooks'
import { asGiven, textOf, type FieldKind } from './field.ts'
import { lineInput } from './textLine.ts'

/** A number. What is none stays as typed, so that the check can say so and nothing is lost. */
export const number: FieldKind<number | string> = (props) => {
  // "1," on the way to "1,5" must not be rewritten under the fingers
  const [typed, setTyped] = useState<{ text: string; value: unknown }>({ text: textOf(props.value), value: props.value })
  const shown = typed.value === props.value ? typed.text : textOf(props.value)
  const changed = (text: string): void => {
    const value = numberIn(text)
    setTyped({ text, value })
    props.onChange({ value })
  }
  return lineInput(props, props.field.description, shown, changed, { inputMode: 'decimal', style: { maxInlineSize: '10rem' } })
}

number.config = { type: 'number', keyed: true, name: 'Number', group: 'basic-input', emptyValue: null, create: asGiven }

function numberIn(text: string): number | string | null {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return null
  const value = Number(trimmed)
  return /^-?\d+(\.\d+)?$/.test(trimmed) && Number.isFinite(value) ? value : text
}
