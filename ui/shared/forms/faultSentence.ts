import type { FieldFault } from '../../../server/http/contract/words.ts'

interface Words {
  t(key: string, facts: Record<string, unknown>): string
  te(key: string): boolean
}

/** What to do about a fault, in the reader's language. `label` is what the field asks, a name or a whole question. */
export function faultSentence(fault: FieldFault, label: string, { t, te }: Words): string {
  if (fault.code === 'required' && label.endsWith('?')) return t('faults.required-answer', { label })
  const key = `faults.${fault.code}`
  return t(te(key) ? key : 'faults.other', { label: label.replace(/[?:.]$/, ''), ...fault.facts })
}
