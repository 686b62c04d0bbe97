import { refuse } from '../../base/errors.ts'
import type { Case } from '../case.ts'
import { isClosed } from '../case.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { noteRead } from '../noteRead.ts'
import type { Person } from '../person.ts'
import { findCase } from '../store/caseRows.ts'
import { findPerson } from '../store/personRows.ts'
import { findRegistration } from '../store/registrationRows.ts'
import { isOver, type Registration, type RegistrationState } from './registration.ts'

/** A registration with what the counter shows of it. */
export interface RegistrationFile {
  registration: Registration
  /** As it is told: also when the request ended before there was an account. */
  state: RegistrationState
  case: Case
  person: Person
}

/** Where a registration stands, for who may register; the reading is noted. Refuses ('not-found') a case that is none. */
export async function readRegistration(context: Context, caseId: string): Promise<RegistrationFile> {
  const { actor, db } = context
  if (!may(actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  return db.transaction(async (trx) => {
    const registration = await findRegistration(trx, caseId)
    const case_ = registration && (await findCase(trx, caseId))
    const person = registration && (await findPerson(trx, registration.personId))
    if (!registration || !case_ || !person) refuse('not-found', 'not-found')
    await noteRead(trx, context, { action: 'case.read', subject: caseId, forWhom: registration.personId })
    return { registration, state: stateOf(registration, case_), case: case_, person }
  })
}

function stateOf(registration: Registration, case_: Case): RegistrationState {
  if (isOver(registration) || !isClosed(case_)) return registration.state
  return case_.outcome === 'refused' ? 'refused' : 'cancelled'
}
