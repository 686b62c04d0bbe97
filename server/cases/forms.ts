import type { FormSchema } from '../rules/form/index.ts'
import type { ProcedurePackage } from '../zeebe/packages.ts'

/** A form of a package. Throws when the package has none of this id: its diagram or its procedure.json names it wrongly. */
export function formOf(pack: Pick<ProcedurePackage, 'forms' | 'procedure'>, formId: string): FormSchema {
  const form = pack.forms[formId]
  if (!isFormSchema(form)) {
    throw new Error(`Expected procedure ${pack.procedure.id} to have a form ${formId} with components, but found none`)
  }
  return form
}

function isFormSchema(form: unknown): form is FormSchema {
  return typeof form === 'object' && form !== null && 'components' in form && Array.isArray(form.components)
}
