import { FormContext } from '@bpmn-io/form-js-viewer'
import { h, type ComponentChildren, type FunctionComponent, type JSX } from 'preact'
import { useContext } from 'preact/hooks'
import { icons, type IconName } from '../../parts/icons.ts'
import { fieldId } from '../fieldId.ts'

export interface Option {
  label: string
  value: string
}

/** A component of a form as the viewer hands it to its renderer. */
export interface FieldSchema {
  id: string
  type: string
  key?: string
  label?: string
  description?: string
  values?: Option[]
  components?: FieldSchema[]
  validate?: { required?: boolean; maxLength?: number; min?: number; max?: number }
  /** Kinds of ours */
  country?: string
  max?: number
  /** Of a paper: less than the house takes otherwise. */
  maxMegabytes?: number
  recommended?: boolean
  /** The paper of procedure.json a `files` field asks for. */
  documentId?: string
  subtype?: string
}

export interface FieldProps<Value> {
  field: FieldSchema
  value: Value | null | undefined
  errors: string[]
  readonly: boolean
  disabled: boolean
  fieldInstance: { valuePath: (string | number)[] } | null
  onChange(update: { value: Value | null }): void
  onBlur(): void
  onFocus(): void
}

/** A renderer with what the viewer must know of it. */
export interface FieldKind<Value> extends FunctionComponent<FieldProps<Value>> {
  config: {
    type: string
    keyed?: boolean
    pathed?: boolean
    name: string
    group: string
    emptyValue?: unknown
    sanitizeValue?: (given: { value: unknown }) => unknown
    create: (options?: object) => object
  }
}

/** Words the fields need beside those of the schema. */
export type FormWords = (key: string, facts?: Record<string, unknown> | number) => string

/** A service of the viewer, from within a field. */
export function useService<Service>(name: string): Service {
  const { getService } = useContext(FormContext) as { getService(name: string): Service }
  return getService(name)
}

export function useFormWords(): FormWords {
  return useService<FormWords>('formWords')
}

/** Ids of a field's parts and what describes it. */
export function idsOf(
  props: FieldProps<unknown>, hint: string | undefined,
): { id: string; hintId: string; errorId: string; describedBy: string | undefined } {
  const id = fieldId(props.fieldInstance?.valuePath ?? [props.field.key ?? props.field.id])
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [hint && hintId, props.errors.length > 0 && errorId].filter(Boolean).join(' ') || undefined
  return { id, hintId, errorId, describedBy }
}

export function icon(name: IconName): JSX.Element {
  return h('svg', { class: 'i', viewBox: '0 0 24 24', 'aria-hidden': 'true', dangerouslySetInnerHTML: { __html: icons[name] } })
}

/** "(optional)" beside the label: what must be filled in is the rule and carries no mark. */
export function optionalMark(props: FieldProps<unknown>, words: FormWords): ComponentChildren {
  const mayStayEmpty = !props.field.validate?.required && !props.readonly && !props.field.recommended
  return mayStayEmpty ? h('span', { class: 'hint optional' }, ` (${words('form.optional')})`) : null
}

/** Hint and error above the control, where they are read before it. */
export function notes(props: FieldProps<unknown>, hint: string | undefined): ComponentChildren[] {
  const { hintId, errorId } = idsOf(props, hint)
  return [
    hint ? h('p', { id: hintId, class: 'hint' }, hint) : null,
    props.errors.length > 0 ? h('p', { id: errorId, class: 'err' }, icon('late'), h('span', null, props.errors.join(' '))) : null,
  ]
}

/** A field with one control under its label. */
export function frame(props: FieldProps<unknown>, hint: string | undefined, control: ComponentChildren): JSX.Element {
  const words = useFormWords()
  const { id } = idsOf(props, hint)
  return h('div', { class: props.errors.length > 0 ? 'field bad' : 'field' },
    h('label', { for: id }, props.field.label, optionalMark(props, words)),
    ...notes(props, hint),
    control)
}

/** A field of several controls under one question. */
export function frameOfMany(props: FieldProps<unknown>, hint: string | undefined, control: ComponentChildren): JSX.Element {
  const words = useFormWords()
  const { id, describedBy } = idsOf(props, hint)
  return h('fieldset', { id, class: props.errors.length > 0 ? 'field bad' : 'field', 'aria-describedby': describedBy },
    h('legend', { class: 'label' }, props.field.label, optionalMark(props, words)),
    ...notes(props, hint),
    control)
}

export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** A kind's `create`: the component as the schema has it, nothing made up. */
export function asGiven(options: object = {}): object {
  return { ...options }
}
