import type { Receipt } from '../../server/http/contract/cases.ts'

/** The code on a receipt is never readable again, so the receipt stays for this visit, for reload and going back. */
export function keepReceipt(receipt: Receipt): void {
  sessionStorage.setItem(`salter.receipt.${receipt.caseId}`, JSON.stringify(receipt))
}

export function keptReceipt(caseId: string): Receipt | null {
  const text = sessionStorage.getItem(`salter.receipt.${caseId}`)
  return text ? (JSON.parse(text) as Receipt) : null
}
