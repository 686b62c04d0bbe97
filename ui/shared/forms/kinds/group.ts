import { Group } from '@bpmn-io/form-js-viewer'
import { h, type FunctionComponent } from 'preact'
import { asGiven, useService, type FieldKind, type FieldProps } from './field.ts'

interface FormState {
  _getState(): { schema: { components: { id: string }[] } | null; properties: { page?: number | null } }
}
// The viewer's own group places the fields; only its heading is ours.
const Inner = Group as unknown as FunctionComponent<Partial<FieldProps<unknown>> & { domId: string | undefined }>

/** Questions that belong together, under one heading. On the top level of a form a group is a page of its own. */
export const group: FieldKind<unknown> = (props) => {
  const { schema, properties } = useService<FormState>('form')._getState()
  const page = (schema?.components ?? []).filter(({ id }) => isPage(schema, id)).findIndex(({ id }) => id === props.field.id)
  const shown = page < 0 || properties.page === null || properties.page === undefined || properties.page === page
  return h('fieldset', { class: page < 0 ? 'stack s3 fgroup' : 'stack fpage', hidden: !shown },
    props.field.label ? h('legend', { class: page < 0 ? 'h3' : 'h2' }, props.field.label) : null,
    h(Inner, { ...props, field: { ...props.field, label: undefined }, domId: undefined }))
}

group.config = { type: 'group', pathed: true, name: 'Group', group: 'container', create: asGiven }

function isPage(schema: { components: { id: string }[] } | null, id: string): boolean {
  return schema?.components.some((component) => component.id === id && (component as { type?: string }).type === 'group') ?? false
}
