import type { Transaction } from '../../db/transaction.ts'
import { paymentSlip } from '../../rules/payments/paymentSlip.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import { townWords } from '../letters/townWords.ts'
import { findPaymentOfCase, receiptsOfPayment } from '../store/paymentRows.ts'
import type { PaymentFile } from './payment.ts'

/** What is asked for a case and what came for it; null where nothing is. The slip is in the town's official language, as its bank reads it. */
export async function paymentOfCase(trx: Transaction, { tenant }: Context, { id, number }: Case): Promise<PaymentFile | null> {
  const payment = await findPaymentOfCase(trx, id)
  if (!payment) return null
  const { payments, country, officialLanguage } = tenant
  const slip = payments
    ? paymentSlip(country, {
        payee: townWords(tenant, officialLanguage).name, account: payments.account, paymentCode: payments.paymentCode,
        sum: payment.sum, purpose: purposeIn(officialLanguage, number), reference: payment.reference,
      })
    : null
  return { payment, receipts: await receiptsOfPayment(trx, payment.id), slip }
}

const purposes: Readonly<Record<string, string>> = { 'sr-Cyrl': 'Такса', 'sr-Latn': 'Taksa', bg: 'Такса', ro: 'Taxă', hu: 'Illeték', en: 'Fee' }

function purposeIn(language: string, number: string): string {
  return `${purposes[language]} ${number}`
}
