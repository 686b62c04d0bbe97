import type { Transaction } from '../../db/transaction.ts'
import { money } from '../../rules/money.ts'
import type { Payment, PaymentReceipt } from '../payments/payment.ts'
import { ours } from './ours.ts'

/** Writes a payment; answers false when the case has one, or another case its reference. */
export async function insertPayment(trx: Transaction, payment: Payment & { referenceKey: string }): Promise<boolean> {
  const written = await trx('payments')
    .insert({
      tenant_id: ours(trx),
      id: payment.id,
      case_id: payment.caseId,
      amount_minor: payment.sum.minor,
      currency: payment.sum.currency,
      reference: payment.reference,
      reference_key: payment.referenceKey,
      status: payment.state,
      created_at: payment.askedAt,
      due_at: payment.dueAt,
    })
    .onConflict()
    .ignore()
    .returning('id')
  return written.length === 1
}

export async function findPaymentOfCase(trx: Transaction, caseId: string): Promise<Payment | undefined> {
  const row: PaymentRow | undefined = await trx('payments').where({ case_id: caseId }).first()
  return row && toPayment(row)
}

/** The payment asked under one of these references (letters and digits alone); nobody else changes it until the transaction ends. */
export async function lockPaymentByReference(trx: Transaction, keys: readonly string[]): Promise<Payment | undefined> {
  const row: PaymentRow | undefined = await trx('payments').whereIn('reference_key', [...keys]).forUpdate().first()
  return row && toPayment(row)
}

export async function updatePayment(
  trx: Transaction, id: string, { state, receivedMinor, paidAt }: Pick<Payment, 'state' | 'receivedMinor' | 'paidAt'>,
): Promise<void> {
  await trx('payments').where({ id }).update({ status: state, received_minor: receivedMinor, paid_at: paidAt })
}

export interface NewReceipt extends PaymentReceipt {
  paymentId: string | null
  reference: string
  notedAt: Date
}

/** Writes a transfer; answers false when it was told before. */
export async function insertPaymentReceipt(trx: Transaction, receipt: NewReceipt): Promise<boolean> {
  const written = await trx('payment_receipts')
    .insert({
      tenant_id: ours(trx),
      id: receipt.id,
      payment_id: receipt.paymentId,
      transaction_id: receipt.transactionId,
      source: receipt.source,
      reference: receipt.reference,
      amount_minor: receipt.sum.minor,
      currency: receipt.sum.currency,
      paid_at: receipt.paidAt,
      noted_at: receipt.notedAt,
      noted_by: receipt.notedBy,
    })
    .onConflict(['tenant_id', 'source', 'transaction_id'])
    .ignore()
    .returning('id')
  return written.length === 1
}

/** What came for a payment, the oldest first. */
export async function receiptsOfPayment(trx: Transaction, paymentId: string): Promise<PaymentReceipt[]> {
  const rows: ReceiptRow[] = await trx('payment_receipts').where({ payment_id: paymentId }).orderBy(['paid_at', 'id'])
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    transactionId: row.transaction_id,
    sum: money(row.amount_minor, row.currency),
    paidAt: row.paid_at,
    notedBy: row.noted_by,
  }))
}

interface PaymentRow {
  id: string
  case_id: string
  amount_minor: number
  currency: string
  reference: string
  status: Payment['state']
  received_minor: number
  created_at: Date
  due_at: Date
  paid_at: Date | null
}

interface ReceiptRow {
  id: string
  source: PaymentReceipt['source']
  transaction_id: string
  amount_minor: number
  currency: string
  paid_at: Date
  noted_by: string
}

function toPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    caseId: row.case_id,
    sum: money(row.amount_minor, row.currency),
    reference: row.reference,
    state: row.status,
    receivedMinor: row.received_minor,
    askedAt: row.created_at,
    dueAt: row.due_at,
    paidAt: row.paid_at,
  }
}
