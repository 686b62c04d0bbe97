import type { Certificate } from './certificate.ts'

/** What a certificate is shown for: to sign in with, or under a document. */
export type Usage = 'login' | 'signature'

/**
 * Purposes that fit, where a certificate names any: a person's proof of who they are, or their signature. By object id
 * (RFC 5280, 4.2.1.12; RFC 9336; Microsoft's smart card logon and document signing, which cards of the region carry).
 */
const ofPeople: readonly string[] = [
  '2.5.29.37.0', '1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.20.2.2', '1.3.6.1.4.1.311.10.3.12',
]
const fitting: Readonly<Record<Usage, readonly string[]>> = {
  login: ofPeople,
  // Adobe's mark of trusted documents says nothing about signing in.
  signature: [...ofPeople, '1.2.840.113583.1.1.5'],
}

/** Why the certificate may not be used so; undefined when it may. */
export function faultOfUsage(certificate: Certificate, usage: Usage): string | undefined {
  const { keyUsage, purposes, isAuthority, qualified } = certificate
  if (isAuthority) return 'authority'
  // Without the extension nobody has said that it may sign; certificates of people always carry it (ETSI EN 319 412-2, 4.3.2).
  if (!keyUsage?.has('digitalSignature') && !keyUsage?.has('contentCommitment')) return 'key-usage'
  if (purposes && !purposes.some((each) => fitting[usage].includes(each))) return 'purpose'
  if (qualified.isForSeal && usage === 'login') return 'seal'
  return undefined
}
