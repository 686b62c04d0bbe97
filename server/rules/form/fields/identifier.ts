import { checkCompanyNumber, checkPersonalNumber } from '../../identifiers/index.ts'
import { isBlank } from './field.ts'
import type { FieldKind, Found } from './field.ts'

/** The number of a person: JMBG, ЕГН or ЛНЧ, CNP. */
export const personalNumber: FieldKind = {
  isEmpty: isBlank,
  check(answer, field, context): Found | undefined {
    if (typeof answer !== 'string') return { code: 'not-text' }
    const checked = checkPersonalNumber(field.country ?? context.country ?? '', answer, context.today)
    return checked.ok ? undefined : { code: checked.fault }
  },
}

/** The number of a company: PIB or register number, JIB, ЕИК, CUI. */
export const companyNumber: FieldKind = {
  isEmpty: isBlank,
  check(answer, field, context): Found | undefined {
    if (typeof answer !== 'string') return { code: 'not-text' }
    const checked = checkCompanyNumber(field.country ?? context.country ?? '', answer)
    return checked.ok ? undefined : { code: checked.fault }
  },
}
