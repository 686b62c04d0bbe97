import type { AskMandate, PersonGiven } from '../../../server/http/contract/mandates.ts'
import { checkCompanyNumber, checkPersonalNumber } from '../../../server/rules/identifiers/index.ts'
import type { SummaryLine } from '../parts/ErrorSummary.vue'
import { faultSentence } from '../forms/faultSentence.ts'
import { fieldId } from '../forms/fieldId.ts'

/** What a mandate is to allow, as its form holds it. */
export interface MandateTerms extends Pick<AskMandate, 'kind' | 'deeds' | 'validFrom' | 'validTo'> {
  scope: 'all' | 'some' | 'case'
  procedures: string[]
  caseNumber: string
}

export function newTerms(kind: MandateTerms['kind']): MandateTerms {
  return { kind, scope: 'all', procedures: [], caseNumber: '', deeds: ['file', 'supplement', 'receive'], validFrom: '', validTo: '' }
}

/** As the server takes them. */
export function sentTerms({ scope, procedures, caseNumber, ...terms }: MandateTerms) {
  return {
    ...terms,
    deeds: terms.kind === 'helper' ? [] : terms.deeds,
    procedures: scope === 'some' ? procedures : null,
    caseNumber: scope === 'case' ? caseNumber.trim() : '',
  }
}

export const newPerson = (kind: PersonGiven['kind'] = 'person'): PersonGiven => ({ kind, givenName: '', familyName: '', number: '' })

interface Words {
  t(key: string, facts?: Record<string, unknown>): string
  te(key: string): boolean
}

/** What is wrong on the form so far, each with the field it leads to. The server checks again. */
export function termsFaults({ kind, scope, procedures, caseNumber, deeds }: MandateTerms, words: Words): SummaryLine[] {
  const required = (path: string, label: string): SummaryLine => line(path, 'required', label, words)
  return [
    ...(scope === 'some' && procedures.length === 0 ? [required('procedures', words.t('mandates.scope'))] : []),
    ...(scope === 'case' && caseNumber.trim() === '' ? [required('caseNumber', words.t('mandates.caseNumber'))] : []),
    ...(kind !== 'helper' && deeds.length === 0 ? [required('deeds', words.t('mandates.what'))] : []),
  ]
}

/** The same for a person or company under `path`. A wrong check digit is left to the server where `lenient`. */
export function personFaults(person: PersonGiven, path: string, country: string, words: Words, lenient = false): SummaryLine[] {
  const label = (name: 'givenName' | 'familyName' | 'number'): string => personLabel(person.kind, name, country, words)
  const fault = (name: 'givenName' | 'familyName' | 'number', code: string): SummaryLine => line(`${path}.${name}`, code, label(name), words)
  const check = person.kind === 'company' ? checkCompanyNumber(country, person.number) : checkPersonalNumber(country, person.number)
  const bad = check.ok || (lenient && check.fault === 'check-digit') ? null : check.fault
  return [
    ...(person.familyName.trim() === '' ? [fault('familyName', 'required')] : []),
    ...(person.kind === 'person' && person.givenName.trim() === '' ? [fault('givenName', 'required')] : []),
    ...(person.number.trim() === '' ? [fault('number', 'required')] : bad ? [fault('number', bad)] : []),
  ]
}

/** What a field of a person or company is called in the country. */
export function personLabel(kind: PersonGiven['kind'], name: 'givenName' | 'familyName' | 'number', country: string, { t }: Pick<Words, 't'>): string {
  if (name === 'number') return t(`mandates.person.${kind === 'company' ? 'companyNumber' : 'number'}.${country}`)
  return t(`mandates.person.${kind === 'company' ? 'companyName' : name}`)
}

/** The sentences of the server's faults, by the fields they lead to. */
export function serverLines(faults: readonly { field: string; code: string }[], label: (field: string) => string, words: Words): SummaryLine[] {
  return faults.map(({ field, code }) => line(field, code, label(field), words))
}

function line(path: string, code: string, label: string, words: Words): SummaryLine {
  return { target: fieldId(path), sentence: faultSentence({ field: path, code, facts: {}, warning: false }, label, words) }
}
