import type { FormSchema, ProcedurePage } from '../../../server/http/contract/catalogue.ts'
import { fieldsOf, pagesOf } from './pages.ts'

/** The form with one more page for the papers the person brings and the form itself does not ask for. */
export function withDocuments(schema: FormSchema, documents: ProcedurePage['documents'], title: string): FormSchema {
  const asked = new Set(pagesOf(schema).flatMap(fieldsOf).flatMap(({ documentId, key }) => [documentId, key]))
  const missing = documents.filter(({ id, broughtBy }) => broughtBy === 'party' && !asked.has(id))
  if (missing.length === 0) return schema
  const page = {
    type: 'group',
    id: 'papers',
    label: title,
    components: missing.map(({ id, name, note, need }) => ({
      type: 'files', id: `paper-${id}`, key: `documents.${id}`, label: name, description: note, recommended: need !== 'required', max: 5,
    })),
  }
  const grouped = schema.components.some(({ type }) => type === 'group')
  // A form without groups becomes one page, so that the papers can be another.
  const components = grouped ? schema.components : [{ type: 'group', id: 'questions', label: '', components: schema.components }]
  return { ...schema, components: [...components, page] }
}
