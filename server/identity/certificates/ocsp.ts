import { Enumerated, fromBER, OctetString, Constructed, GeneralizedTime, type AsnType } from 'asn1js'
import { BasicOCSPResponse, OCSPResponse, type Extension as AnyExtension } from 'pkijs'
import { isSignedBy } from './algorithms.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { isIdOf, nonceId, ocspRequest, type CertificateName } from './certId.ts'
import { isIssuedBy } from './chain.ts'
import { reasonName, type Status } from './status.ts'

/** A question to a responder, and the nonce by which its answer is known to be one to it (RFC 8954). */
export interface OcspQuestion {
  der: Buffer
  nonce: Buffer
}

const ids = { basic: '1.3.6.1.5.5.7.48.1.1', signing: '1.3.6.1.5.5.7.3.9' } as const
/** Clocks of two houses differ. */
const toleranceMs = 5 * 60_000

export function askOcsp(certificate: Certificate, issuer: Certificate): OcspQuestion {
  const { der, nonce } = ocspRequest(nameOf(certificate, issuer), { withNonce: true })
  return { der, nonce: nonce! }
}

export interface OcspLimits {
  atMs: number
  /** The present: what claims to be from later is a lie. */
  nowMs: number
  /** The nonce that was asked with; none for an answer kept inside a document. */
  nonce?: Buffer
  /** How old an answer without our nonce may be where it does not tell its own end. */
  freshMs: number
}

/** What an answer says of `certificate`; a {@link Status} of kind `unknown` with the reason when it may not be believed (RFC 6960, 3.2). */
export function readOcsp(der: Uint8Array, certificate: Certificate, issuer: Certificate, limits: OcspLimits): Status {
  try {
    return statusFrom(Buffer.from(der), certificate, issuer, limits)
  } catch {
    // Bytes from outside that are not an answer.
    return { kind: 'unknown', reason: 'malformed' }
  }
}

function statusFrom(der: Buffer, certificate: Certificate, issuer: Certificate, { atMs, nowMs, nonce, freshMs }: OcspLimits): Status {
  const no = (reason: string): Status => ({ kind: 'unknown', reason })
  const response = new OCSPResponse({ schema: fromBER(der).result })
  // Such as "try later": nobody signs that.
  if (statusNumber(response.responseStatus) !== 0 || response.responseBytes?.responseType !== ids.basic) return no('no-answer')
  const basic = new BasicOCSPResponse({ schema: fromBER(response.responseBytes.response.valueBlock.valueHexView).result })
  if (!mayAnswer(basic, issuer, atMs)) return no('forged')

  const { responses, responseExtensions, producedAt } = basic.tbsResponseData
  const theirNonce = nonceOf(responseExtensions)
  // A responder that signs ahead sends none (RFC 5019); one that sends another's answers another's question.
  if (nonce && theirNonce && !theirNonce.equals(nonce)) return no('replayed')
  const wanted = nameOf(certificate, issuer)
  const single = responses.find(({ certID }) => isIdOf(certID, wanted))
  if (!single) return no('about-another')

  const { thisUpdate, nextUpdate, certStatus } = single
  if (Math.max(thisUpdate.getTime(), producedAt.getTime()) > nowMs + toleranceMs) return no('stale')
  const isAnswerToUs = nonce !== undefined && theirNonce !== undefined
  // An answer to our nonce that tells no end was made this moment.
  const endMs = nextUpdate?.getTime() ?? (isAnswerToUs ? nowMs : thisUpdate.getTime() + freshMs)
  if (endMs + toleranceMs < atMs) return no('stale')
  const proof = { source: 'ocsp', thisUpdate: thisUpdate.getTime(), nextUpdate: nextUpdate?.getTime(), bytes: der } as const
  // CertStatus ::= CHOICE { good [0], revoked [1], unknown [2] }
  const choice = (certStatus as AsnType).idBlock.tagNumber
  if (choice === 0) return { kind: 'good', proof }
  if (choice === 1) return { kind: 'revoked', proof, ...revokedInfo(certStatus as AsnType) }
  return no('not-known-there')
}

/** The issuer itself, or whom it has given a certificate for answering (RFC 6960, 4.2.2.2). */
function mayAnswer(basic: BasicOCSPResponse, issuer: Certificate, atMs: number): boolean {
  const data = basic.tbsResponseData.tbsView
  const signature = basic.signature.valueBlock.valueHexView
  const signed = (key: Certificate): boolean => isSignedBy(key.x509.publicKey, basic.signatureAlgorithm, data, signature)
  if (signed(issuer)) return true
  return (basic.certs ?? []).some((each) => {
    const responder = readCertificate(Buffer.from(each.toSchema().toBER(false)))
    return responder !== undefined && responder.x509.checkIssued(issuer.x509) && isIssuedBy(responder, issuer) &&
      (responder.purposes?.includes(ids.signing) ?? false) &&
      responder.notBefore <= atMs && atMs <= responder.notAfter && signed(responder)
  })
}

function statusNumber(status: Enumerated): number {
  return status.valueBlock.valueDec
}

function nonceOf(extensions: readonly AnyExtension[] | undefined): Buffer | undefined {
  const found = extensions?.find(({ extnID }) => extnID === nonceId)
  if (!found) return undefined
  const bytes = Buffer.from(found.extnValue.valueBlock.valueHexView)
  // An OCTET STRING inside the extension's own; some responders leave the inner one out.
  const inner = fromBER(bytes)
  return inner.offset === bytes.length && inner.result instanceof OctetString ? Buffer.from(inner.result.valueBlock.valueHexView) : bytes
}

function nameOf({ pki }: Certificate, issuer: Certificate): CertificateName {
  return {
    issuerName: Buffer.from(issuer.pki.subject.toSchema().toBER(false)),
    issuerKey: issuer.pki.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView,
    serial: pki.serialNumber.valueBlock.valueHexView,
  }
}

/** RevokedInfo ::= SEQUENCE { revocationTime, revocationReason [0] EXPLICIT OPTIONAL } */
function revokedInfo(status: AsnType): { revokedAt: number; reason: string } {
  const parts = status instanceof Constructed ? status.valueBlock.value : []
  const time = parts.find((each) => each instanceof GeneralizedTime)
  const wrapped = parts.find((each) => each instanceof Constructed)
  const [reason] = wrapped instanceof Constructed ? wrapped.valueBlock.value : []
  return {
    // Without a readable time it has been revoked for ever.
    revokedAt: time instanceof GeneralizedTime ? time.toDate().getTime() : 0,
    reason: reasonName(reason instanceof Enumerated ? reason.valueBlock.valueDec : 0),
  }
}
