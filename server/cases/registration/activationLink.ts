import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import { findRegistration } from '../store/registrationRows.ts'
import { activationTokenOf } from './activationCode.ts'

/** The link that opens the account of a case, as the mail carries it: made when the mail leaves. Empty where there is none. */
export async function activationLinkOf(trx: Transaction, { keys, publicUrl, tenant }: Context, caseId: string): Promise<string> {
  const registration = await findRegistration(trx, caseId)
  if (!registration) return ''
  // Behind #, so that the token stays out of every log on the way.
  return `${publicUrl}/${tenant.id}/activate#${activationTokenOf(keys, tenant.id, caseId, registration.letters)}`
}
