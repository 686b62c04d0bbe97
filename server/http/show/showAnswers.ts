import { DateTime } from 'luxon'
import { maskNumber } from '../../rules/identifiers/index.ts'
import { readForm, type AskedField, type FormComponent } from '../../rules/form/index.ts'
import type { AnsweredRow, CaseDocument } from '../contract/cases.ts'
import type { FormSchema } from '../contract/catalogue.ts'
import type { Answers, Language } from '../contract/words.ts'

export interface AnswersShown {
  /** With its words filled in. */
  form: FormSchema
  answers: Answers
  language: Language
  /** Of the case: an answer of the kind `files` names some of them. */
  documents: readonly Pick<CaseDocument, 'id' | 'fileName'>[]
  /** What conditions see besides the answers. */
  variables: Record<string, unknown>
  /** Whether the reader may have a personal number shown, for a reason that is written down. Here it is masked in any case. */
  showable: boolean
}

/** The answered questions in words, in the form's order. What was not asked, or left empty, is not there. */
export function showAnswers(shown: AnswersShown): AnsweredRow[] {
  const groups = groupLabels(shown.form.components as unknown as readonly FormComponent[])
  const { fields } = readForm(shown.form as unknown as Parameters<typeof readForm>[0], shown.answers, shown.variables)
  return fields.flatMap((asked) => {
    const value = inWords(asked, shown)
    const masked = asked.field.type === personalNumber
    return value === '' ? [] : [{
      key: asked.key,
      label: String(asked.field.label ?? asked.field.dateLabel ?? asked.key),
      value,
      group: groups.get(asked.field) ?? '',
      masked,
      showable: masked && shown.showable,
    }]
  })
}

function groupLabels(components: readonly FormComponent[]): Map<FormComponent, string> {
  const labels = new Map<FormComponent, string>()
  const walk = (component: FormComponent, label: string): void => {
    labels.set(component, label)
    for (const each of component.components ?? []) walk(each, label)
  }
  for (const component of components) walk(component, component.components ? String(component.label ?? '') : '')
  return labels
}

const yesNo: Readonly<Record<Language, readonly [string, string]>> = {
  'sr-Latn': ['da', 'ne'], 'sr-Cyrl': ['да', 'не'], bg: ['да', 'не'], ro: ['da', 'nu'], hu: ['igen', 'nem'], en: ['yes', 'no'],
}

const dayForms: Readonly<Record<Language, string>> = {
  'sr-Latn': 'd. M. yyyy.', 'sr-Cyrl': 'd. M. yyyy.', bg: "d.MM.yyyy 'г.'", ro: 'dd.MM.yyyy', hu: 'yyyy. MM. dd.', en: 'd MMMM yyyy',
}

const personalNumber = 'personalNumber'

type ToWords = (answer: unknown, field: FormComponent, shown: AnswersShown) => string

const choice: ToWords = (answer, field) => String(field.values?.find((each) => each.value === answer)?.label ?? answer)
const choices: ToWords = (answer, field, shown) => asList(answer).map((each) => choice(each, field, shown)).join(', ')
const masked: ToWords = (answer) => maskNumber(String(answer))

/** Kinds whose answer is not the words themselves. */
const kinds: Readonly<Record<string, ToWords>> = {
  radio: choice,
  select: choice,
  checklist: choices,
  taglist: choices,
  checkbox: (answer, _, { language }) => yesNo[language][answer === true ? 0 : 1],
  datetime: (answer, _, { language }) => dayInWords(String(answer), language),
  // A company's number is public, as is the register it comes from.
  [personalNumber]: masked,
  files: (answer, _, { documents }) => documents.filter(({ id }) => asList(answer).includes(id)).map(({ fileName }) => fileName).join(', '),
}

function inWords({ field, answer }: AskedField, shown: AnswersShown): string {
  if (answer === undefined || answer === null || answer === '') return ''
  return (kinds[field.type] ?? String)(answer, field, shown)
}

function asList(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : []
}

function dayInWords(iso: string, language: Language): string {
  const day = DateTime.fromISO(iso, { zone: 'utc', locale: 'en-GB' })
  return day.isValid ? day.toFormat(dayForms[language]) : iso
}
