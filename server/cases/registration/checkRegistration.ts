import { ageOn } from '../../rules/ageOn.ts'
import { localDay } from '../../rules/countDays.ts'
import type { FormFault } from '../../rules/form/index.ts'
import type { Procedure } from '../../zeebe/packages.ts'
import { isSeenByStaff, type WhoFiles } from '../applicant.ts'
import type { Answers } from '../case.ts'
import type { Context } from '../context.ts'
import type { CaseDocument } from '../document.ts'
import { readNumber, type StatedNumber } from './identifier.ts'

/** A scan of an identity card is smaller; a photograph of a good telephone is about this. */
const mostScanBytes = 3 * 1024 * 1024

interface Asked extends WhoFiles {
  answers: Answers
}

/** The number as the request states it, of whichever kind. */
export function statedNumber({ applicant, answers }: Pick<Asked, 'applicant' | 'answers'>): StatedNumber {
  if (answers.numberKind !== 'passport') return { numberKind: 'personal-number', number: applicant.number }
  return { numberKind: 'passport', number: typeof answers.passportNumber === 'string' ? answers.passportNumber : '' }
}

/**
 * What is wrong with a request for an account, beside what its form finds: no address, no number, too young by the number or the
 * birthday given, another birthday than the number tells; on the portal also a scan that is too large.
 */
export function checkRegistration(
  context: Context, { minimumAge }: NonNullable<Procedure['account']>, filing: Asked, documents: readonly CaseDocument[],
): FormFault[] {
  const { applicant, answers } = filing
  const seen = isSeenByStaff(context.actor, filing)
  const faults: FormFault[] = []
  if (applicant.kind !== 'person') return [{ key: 'applicant.kind', code: 'not-an-option', facts: {} }]
  if (!applicant.email) faults.push({ key: 'applicant.email', code: 'required', facts: {} })
  const stated = statedNumber(filing)
  if (stated.number === '' && stated.numberKind === 'personal-number') faults.push({ key: 'applicant.number', code: 'required', facts: {} })

  const read = readNumber(context, stated)
  const told = read?.ok ? read.birthDate : undefined
  const given = typeof answers.bornOn === 'string' ? answers.bornOn : undefined
  if (told && given && told !== given) {
    faults.push({ key: 'bornOn', code: 'other-birth-date', facts: {}, ...(seen && { warning: true as const }) })
  }
  const bornOn = told ?? given
  const today = localDay(context.clock.now(), context.tenant.timeZone)
  if (bornOn && ageOn(bornOn, today) < minimumAge) faults.push({ key: 'bornOn', code: 'too-young', facts: { min: minimumAge } })

  if (!seen) {
    const isTooLarge = documents.some(({ sizeBytes }) => sizeBytes > mostScanBytes)
    if (isTooLarge) faults.push({ key: 'scans', code: 'too-large', facts: { max: '3 MB' } })
  }
  return faults
}
