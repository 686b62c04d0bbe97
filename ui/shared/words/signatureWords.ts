import type { ShownSignature, ShownSignatures } from '../../../server/http/contract/signatures.ts'
import type { IconName } from '../parts/icons.ts'

/** What was found about one signature, ready to be shown. */
export interface SignatureWords {
  tone: ShownSignature['verdict']
  /** Who, whether it is the applicant, whether it is valid, when: one line. */
  head: string
  /** Why not, and what else to know, as sentences. */
  why: readonly string[]
  /** The rest, for whoever wants to know exactly. */
  facts: readonly { label: string; value: string }[]
}

export const signatureIcons: Readonly<Record<SignatureWords['tone'], IconName>> = { good: 'shield', unsure: 'alert', bad: 'late' }

// A good signature of somebody else is good as a signature: whose it is stands beside it.
const OUTCOMES = { 'TOTAL-PASSED': 'good', INDETERMINATE: 'unsure', 'TOTAL-FAILED': 'bad' } as const

interface Says {
  t(key: string, facts?: Record<string, unknown>): string
  moment(instant: string): string
}

/** Puts a report into words; empty where there is none. */
export function signaturesInWords(found: ShownSignatures | null, says: Says): SignatureWords[] {
  if (!found) return []
  const { t } = says
  if (found.kind !== 'signed') {
    return [{ tone: found.kind === 'unreadable' ? 'bad' : 'unsure', head: t(`signatures.${found.kind}`), why: [], facts: [] }]
  }
  return found.signatures.map((each) => ({
    tone: each.verdict,
    head: headOf(each, says),
    // Where the signature does not count, what else there is to remark would only hide why.
    why: each.reason ? [t(`signatures.reasons.${each.reason}`)] : each.remarks.map((remark) => t(`signatures.remarks.${remark}`)),
    facts: factsOf(each, found, says),
  }))
}

function headOf(each: ShownSignature, says: Says): string {
  const { t } = says
  const signer = each.signer ? t('signatures.signer', { name: each.signer }) : t('signatures.signerUnknown')
  // Whose name a broken signature bears says nothing about who made it.
  const who = each.indication === 'TOTAL-FAILED' ? [] : [t(`signatures.who.${each.who}`)]
  return [signer, ...who, t(`signatures.verdict.${OUTCOMES[each.indication]}`), ...timeOf(each, says)].join(' · ')
}

function timeOf({ claimedAt, provenAt }: ShownSignature, { moment }: Says): string[] {
  const at = provenAt ?? claimedAt
  return at ? [moment(at).replaceAll(' ', '\u00a0')] : []
}

function factsOf(each: ShownSignature, { trust, validatedAt }: ShownSignatures, { t, moment }: Says): SignatureWords['facts'] {
  const times = [
    each.provenAt && t('signatures.at.proven', { at: moment(each.provenAt) }),
    each.claimedAt && t('signatures.at.claimed', { at: moment(each.claimedAt) }),
  ].filter((text) => text !== null)
  const rows: [label: string, value: string][] = [
    ['time', times.join('\n')],
    ['issuer', each.issuer],
    ['revocationTitle', t(`signatures.revocation.${each.revocation}`)],
    ['trustTitle', t(`signatures.trust.${trust}`)],
    ['standard', [each.indication, each.sub, each.level === 'B' ? 'B-B' : `B-${each.level}`].filter(Boolean).join(' · ')],
    ['checkedAt', moment(validatedAt)],
  ]
  return rows.filter(([, value]) => value !== '').map(([label, value]) => ({ label: t(`signatures.${label}`), value }))
}
