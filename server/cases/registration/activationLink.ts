import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import type { Message } from '../message.ts'
import { findRegistration } from '../store/registrationRows.ts'
import { activationTokenOf } from './activationCode.ts'

/**
 * The link that opens the account of a case, as the mail carries it: made when the mail leaves. Empty where there is none, and for any
 * address but the one the account is for now: a letter that waited while a mistyped address was put right carries no link.
 */
export async function activationLinkOf(trx: Transaction, context: Context, { caseId, kind, address }: Message): Promise<string> {
  const { keys, publicUrl, tenant } = context
  if (caseId === null || (kind !== 'activation' && kind !== 'activation-checked')) return ''
  const registration = await findRegistration(trx, caseId)
  if (registration?.email !== address) return ''
  // Behind #, so that the token stays out of every log on the way.
  return `${publicUrl}/${tenant.id}/activate#${activationTokenOf(keys, tenant.id, caseId, registration.letters)}`
}
