/**
 * Whether a certificate may be believed (X.509, RFC 5280), shared by the certificate door and by whoever validates signatures:
 *
 *   const verdict = await checkCertificate({
 *     leaf, intermediates, trust: readPem(bundle), at: clock.now(), usage: 'login', revocation: { fetcher: overHttp() },
 *   })
 *   verdict.ok ? holderOf(verdict.chain[0]) : verdict.fault
 *
 * Pure but for the fetcher, which is handed in. Policies and name constraints are not processed: a certificate or an issuer
 * that makes them critical is refused.
 */
export { isSignedBy, isWeak } from './algorithms.ts'
export { isIdOf, ocspRequest, type CertificateName } from './certId.ts'
export { crlEntryOf } from './crlEntry.ts'
export { readCertificate, readPem, type Certificate, type KeyUsage } from './certificate.ts'
export { checkCertificate, type CertificateQuestion, type GoodCertificate } from './checkCertificate.ts'
export type { CertificateFault, FaultFacts, RefusedCertificate } from './faults.ts'
export { keepingLists, overHttp, type Fetcher, type Question } from './fetcher.ts'
export { holderOf, type Holder } from './holder.ts'
export type { RevocationOptions } from './revocation.ts'
export type { RevocationProof } from './status.ts'
export type { Usage } from './usage.ts'
