import type { FormSchema } from '../../../server/http/contract/catalogue.ts'
import type { FieldSchema } from './kinds/field.ts'

/** The pages of a form: its top-level groups in their order; a form without groups is one page without a heading. */
export function pagesOf(schema: FormSchema): FieldSchema[] {
  const components = schema.components as unknown as FieldSchema[]
  const groups = components.filter(({ type }) => type === 'group')
  return groups.length > 0 ? groups : [{ id: schema.id, type: 'group', components }]
}

/** Paths of the answers a page asks for, lists by their own name: `subject.name`, `children`. */
export function fieldsOf(page: FieldSchema & { path?: string }): FieldSchema[] {
  return fieldsUnder(page.components ?? [], pathOf(page))
}

function fieldsUnder(components: FieldSchema[], prefix: string): FieldSchema[] {
  return components.flatMap((component) => {
    if (component.type === 'dynamiclist') return [{ ...component, key: prefix + (component as { path?: string }).path }]
    if (component.components) return fieldsUnder(component.components, prefix + pathOf(component))
    return component.key ? [{ ...component, key: prefix + component.key }] : []
  })
}

function pathOf(component: FieldSchema & { path?: string }): string {
  return component.path ? `${component.path}.` : ''
}

/** Whether a fault's field belongs to a field's path: `children[0].name` belongs to `children`. */
export function belongsTo(faultField: string, key: string): boolean {
  return faultField === key || faultField.startsWith(`${key}.`) || faultField.startsWith(`${key}[`)
}
