import { describe, expect, test } from 'vitest'
import { formOf } from '../../server/cases/forms.ts'
import { compileExpression } from '../../server/rules/feel/index.ts'
import { fieldKinds } from '../../server/rules/form/index.ts'
import type { FormComponent } from '../../server/rules/form/index.ts'
import { packages } from './shipped.ts'

const mostFieldsOnAPage = 7
// Known to a form besides its own answers.
const given = ['country', 'anonymous']
// What people type about themselves and others never becomes a variable of the engine.
const freeKinds = ['textfield', 'textarea', 'personalNumber', 'companyNumber', 'files', 'datetime']

const forms = packages.flatMap((pack) =>
  Object.keys(pack.forms).map((id) => [`${pack.procedure.id}/${id}`, pack, formOf(pack, id)] as const),
)

function fieldsOf(components: readonly FormComponent[]): FormComponent[] {
  return components.flatMap((each) => (each.components ? fieldsOf(each.components) : [each]))
}

describe.each(forms)('the form %s', (_name, pack, form) => {
  const fields = fieldsOf(form.components)

  test('is pages of at most seven fields', () => {
    for (const page of form.components) {
      expect(page.type).toBe('group')
      expect(page.components?.length ?? 0).toBeLessThanOrEqual(mostFieldsOnAPage)
    }
  })

  test('has fields of known kinds, each with its own key and label', () => {
    expect(new Set(fields.map((field) => field.key)).size).toBe(fields.length)
    expect(new Set(fields.map((field) => field.label)).size).toBe(fields.length)
    for (const field of fields) expect([...fieldKinds.keys()], field.key).toContain(field.type)
  })

  test('hides by what is known: its own answers, the country, whether anybody is named', () => {
    const known = [...given, ...fields.map((field) => field.key)]

    for (const component of [...form.components, ...fields]) {
      const hide = component.conditional?.hide
      if (hide === undefined) continue
      expect(hide).toMatch(/^=/)
      for (const name of compileExpression(hide.slice(1)).names) expect(known, hide).toContain(name)
    }
  })

  test('asks for papers the procedure lists', () => {
    const papers = pack.procedure.documents.map((document) => document.id)

    for (const field of fields.filter((each) => each.type === 'files')) expect(papers).toContain(field.documentId)
  })
})

describe.each(packages.map((pack) => [pack.procedure.id, pack] as const))('what the engine may read of %s', (_id, pack) => {
  const fields = Object.keys(pack.forms).flatMap((id) => fieldsOf(formOf(pack, id).components))

  test('are questions of its forms, and choices or numbers only', () => {
    for (const key of pack.procedure.reads) {
      const kinds = fields.filter((field) => field.key === key).map((field) => field.type)

      expect(kinds.length, key).toBeGreaterThan(0)
      for (const kind of kinds) expect(freeKinds, key).not.toContain(kind)
    }
  })

  test('has its start form', () => {
    expect(Object.keys(pack.forms)).toContain(pack.procedure.startForm)
  })
})
