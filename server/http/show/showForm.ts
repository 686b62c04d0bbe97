import { formOf } from '../../cases/forms.ts'
import type { ShelvedPackage } from '../../cases/context.ts'
import type { Words } from '../../cases/words.ts'
import type { FormComponent } from '../../rules/form/index.ts'
import { maskNumber } from '../../rules/identifiers/index.ts'
import type { FormSchema } from '../contract/catalogue.ts'
import type { Answers } from '../contract/words.ts'

/** Properties of a component that are text keys, and of its choices. */
const textProperties = ['label', 'dateLabel', 'timeLabel', 'description', 'text', 'alt'] as const

/** Kinds of field that need to know whose numbers they check. */
const ofCountry: readonly string[] = ['personalNumber', 'companyNumber']

/** A form as the viewer takes it: the reader's words in the place of text keys, and the town's country where numbers are checked. */
export function showForm(pack: ShelvedPackage, formId: string, words: Words, country: string): FormSchema {
  const form = formOf(pack, formId)
  return { ...form, id: formId, type: 'default', components: form.components.map((component) => fill(component, words, country)) }
}

/** A field's question in the reader's words; its key when the form no longer has it. */
export function fieldLabel(pack: ShelvedPackage, formId: string, key: string, words: Words): string {
  const find = (components: readonly FormComponent[]): FormComponent | undefined =>
    components.flatMap((each) => (each.key === key ? each : (find(each.components ?? []) ?? [])))[0]
  const label = find(formOf(pack, formId).components)?.label
  return (typeof label === 'string' ? words.at(label) : undefined) ?? key
}

/** Answers with each personal number masked, for whom the form is only there to be read. */
export function maskedAnswers(schema: FormSchema, answers: Answers): Answers {
  const numbers = new Set<string>()
  const walk = (components: readonly FormComponent[]): void => {
    for (const { type, key, components: inner = [] } of components) {
      if (type === 'personalNumber' && key) numbers.add(key)
      walk(inner)
    }
  }
  walk(schema.components as unknown as readonly FormComponent[])
  return Object.fromEntries(Object.entries(answers).map(([key, answer]) => [
    key, numbers.has(key) && typeof answer === 'string' ? maskNumber(answer) : answer,
  ]))
}

function fill(component: FormComponent, words: Words, country: string): FormComponent {
  const filled: Record<string, unknown> = { ...component }
  for (const property of textProperties) {
    const key = component[property]
    if (typeof key === 'string' && key !== '') filled[property] = words.at(key) ?? withoutText(property, key)
  }
  if (component.values) filled.values = component.values.map((choice) => ({
    ...choice,
    label: words.at(String(choice.label)) ?? String(choice.label ?? choice.value),
  }))
  if (component.components) filled.components = component.components.map((each) => fill(each, words, country))
  if (ofCountry.includes(component.type)) filled.country = country
  return filled as FormComponent
}

/** A hint may be missing in one country; a question may not, and its key is better than nothing. */
function withoutText(property: string, key: string): string | undefined {
  return property === 'description' ? undefined : key
}
