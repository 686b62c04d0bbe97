import type { FormSchema } from '../../../server/http/contract/catalogue.ts'
import type { Answers } from '../../../server/http/contract/words.ts'
import { readForm, type FormSchema as ReadSchema } from '../../../server/rules/form/index.ts'
import type { FieldSchema } from '../../shared/forms/kinds/field.ts'
import { belongsTo, fieldsOf, pagesOf } from '../../shared/forms/pages.ts'

/** One answered question in words. */
export interface AnswerRow {
  key: string
  label: string
  value: string
  /** A personal number: masked until the person asks for it. */
  masked?: boolean
}
export interface AnswerWords {
  yes: string
  no: string
  day: (iso: string) => string
  /** Names of the files that have arrived for a field, each with what was found about its signatures on lines of its own. */
  files: (key: string) => string[]
}

/** The answers page by page, as the person sees them again before sending. What conditions hide and what is empty is left out. */
export function answerRows(schema: FormSchema, answers: Answers, variables: Record<string, unknown>, words: AnswerWords): AnswerRow[][] {
  const asked = readForm(schema as ReadSchema, answers, variables).fields
  return pagesOf(schema).map((page) => {
    const keys = fieldsOf(page).map(({ key }) => key ?? '')
    return asked
      .filter(({ key }) => keys.some((each) => belongsTo(key, each)))
      .map(({ key, field, answer }) => rowOf(field as unknown as FieldSchema, key, answer, words))
      .filter(({ value }) => value !== '')
  })
}

function rowOf(field: FieldSchema, key: string, answer: unknown, words: AnswerWords): AnswerRow {
  return { key, label: field.label ?? key, value: valueWords(field, key, answer, words), masked: field.type === 'personalNumber' }
}

function valueWords(field: FieldSchema, key: string, answer: unknown, words: AnswerWords): string {
  const option = (value: unknown): string => field.values?.find((each) => each.value === value)?.label ?? String(value)
  if (field.type === 'files') return joined(words.files(key))
  if (field.type === 'checkbox') return answer === true ? words.yes : words.no
  if (answer === null || answer === undefined || answer === '') return ''
  if (Array.isArray(answer)) return answer.map(option).join(', ')
  if (field.type === 'datetime' && typeof answer === 'string' && /^\d{4}-\d\d-\d\d$/.test(answer)) return words.day(answer)
  return field.values ? option(answer) : String(answer)
}

const joined = (files: readonly string[]): string => files.join(files.some((file) => file.includes('\n')) ? '\n\n' : ', ')
