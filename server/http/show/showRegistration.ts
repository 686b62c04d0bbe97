import type { CheckedCitizen as Checked } from '../../cases/registration/checkCitizen.ts'
import type { ConfirmedIdentity as Confirmed } from '../../cases/registration/confirmIdentity.ts'
import type { SeenLink } from '../../cases/registration/lookAtLink.ts'
import type { RegistrationFile } from '../../cases/registration/readRegistration.ts'
import { isOver, mayResend } from '../../cases/registration/registration.ts'
import type { Slip } from '../../cases/registration/slipOf.ts'
import { nameOf } from '../../cases/person.ts'
import type { ActivationLink, CheckedCitizen, ConfirmedIdentity, Registration, RegistrationSlip } from '../contract/registration.ts'
import type { Language } from '../contract/words.ts'

/** What is known of somebody at the counter; of others never the number. */
export function showChecked(checked: Checked): CheckedCitizen {
  return {
    ...checked,
    faults: checked.faults.map(({ key, code, facts, warning }) => ({ field: key, code, facts: { ...facts }, warning: warning ?? false })),
    similar: checked.similar.map(({ person, why, hasAccount }) => ({
      personId: person.id,
      givenName: person.givenName,
      familyName: person.familyName,
      bornOn: person.bornOn,
      numberMask: person.numberMask,
      sameNumber: why === 'same-number',
      hasAccount,
    })),
  }
}

export function showRegistration({ registration, state, case: case_, person }: RegistrationFile): Registration {
  return {
    caseId: case_.id,
    number: case_.number,
    personId: person.id,
    name: nameOf(person),
    email: registration.email,
    state,
    linkWorksUntil: registration.linkUntil?.toISOString() ?? null,
    linksSent: registration.letters,
    mayResend: mayResend(registration),
    mayCancel: !isOver({ state }),
  }
}

/** A language outside the six is in no case. */
export function showSlip(slip: Slip): RegistrationSlip {
  return { ...slip, language: slip.language as Language }
}

export function showConfirmed({ personId, numberMask, confirmedAt }: Confirmed): ConfirmedIdentity {
  return { personId, numberMask, confirmedAt: confirmedAt.toISOString() }
}

export function showLink({ worksUntil, ...seen }: SeenLink, town: string): ActivationLink {
  return { ...seen, town, worksUntil: worksUntil.toISOString() }
}
