import { fromBER, GeneralizedTime, type Enumerated } from 'asn1js'
import { BasicOCSPResponse, CertificateRevocationList, OCSPResponse } from 'pkijs'
import { crlEntryOf, isIdOf, type CertificateName } from '../../../identity/certificates/index.ts'
import { DerFault, guardDer } from '../cms/guardDer.ts'
import { Certificate } from './certificate.ts'

/** What a revocation list or a status answer says about a certificate. */
export interface Status {
  state: 'good' | 'revoked' | 'held'
  /** When it was revoked or suspended, ms. */
  since: number | null
  /** When this was known, and until when it says it holds, ms. */
  thisUpdate: number
  nextUpdate: number | null
  source: 'crl' | 'ocsp'
}

/** Lists and answers as they came, from the file or from the network. */
export interface RevocationMaterial {
  crls: readonly Uint8Array[]
  ocsps: readonly Uint8Array[]
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
// A national revocation list has some hundred thousand entries of three or four values each.
const MOST_VALUES = 4_000_000

/**
 * The newest trustworthy word about `certificate`: signed by its issuer (or by a responder that the issuer named), not from the
 * future, and made while the certificate still had to be named in it. Undefined when there is none.
 */
export function statusOf(certificate: Certificate, issuer: Certificate, material: RevocationMaterial, atMs: number): Status | undefined {
  const all = [
    ...material.ocsps.map((bytes) => quietly(() => readOcsp(bytes, certificate, issuer, atMs))),
    ...material.crls.map((bytes) => quietly(() => readCrl(bytes, certificate, issuer))),
  ].filter((status) => status !== undefined)
  return all.filter(({ thisUpdate }) => thisUpdate <= atMs).sort((one, other) => other.thisUpdate - one.thisUpdate)[0]
}

/** A list that cannot be read says nothing; what else is there still may. */
function quietly<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerFault) return undefined
    throw error
  }
}

function parsed<Result>(bytes: Uint8Array, read: (bytes: Uint8Array) => Result): Result {
  const whole = bytes.subarray(0, guardDer(bytes, MOST_VALUES))
  try {
    return read(whole)
  } catch {
    throw new DerFault('Expected a revocation list or a status answer')
  }
}

function readCrl(bytes: Uint8Array, certificate: Certificate, issuer: Certificate): Status | undefined {
  const crl = parsed(bytes, (whole) => CertificateRevocationList.fromBER(whole.slice()))
  if (Buffer.from(crl.issuer.valueBeforeDecode).toString('hex') !== issuer.subject || issuer.may('cRLSign') === false) return undefined
  const extensions = crl.crlExtensions?.extensions ?? []
  // A delta, or a list of some certificates only (RFC 5280, 5.2.4 and 5.2.5): what it leaves out means nothing.
  if (extensions.some(({ extnID }) => extnID === '2.5.29.27' || extnID === '2.5.29.28')) return undefined
  const thisUpdate = crl.thisUpdate.value.getTime()
  const keptSince = extensions.find(({ extnID }) => extnID === '2.5.29.60')
  if (!isConsistent(certificate, thisUpdate, keptSince && timeIn(keptSince.extnValue.valueBlock.valueHexView))) return undefined
  if (!issuer.hasSigned(crl.signatureAlgorithm, [crl.tbsView], crl.signatureValue.valueBlock.valueHexView)) return undefined
  const entry = crlEntryOf(crl, Buffer.from(certificate.serial, 'hex'))
  const base = { since: entry?.revokedAt ?? null, thisUpdate, nextUpdate: crl.nextUpdate?.value.getTime() ?? null, source: 'crl' as const }
  if (!entry) return { ...base, state: 'good' }
  return { ...base, state: entry.reason === 6 ? 'held' : 'revoked' }
}

/** The three states of RFC 6960, 4.2.1, as the library leaves them: unread. */
interface CertStatus {
  idBlock: { tagNumber: number }
  valueBlock: { value?: { toDate?(): Date; valueBlock?: { value?: Enumerated[] } }[] }
}

function readOcsp(bytes: Uint8Array, certificate: Certificate, issuer: Certificate, atMs: number): Status | undefined {
  const answer = parsed(bytes, basicOf)
  if (!answer || !isOfIssuer(answer, issuer, atMs)) return undefined
  const name = nameOf(certificate, issuer)
  const single = answer.tbsResponseData.responses.find(({ certID }) => isIdOf(certID, name))
  if (!single) return undefined
  const thisUpdate = single.thisUpdate.getTime()
  const cutoff = single.singleExtensions?.find(({ extnID }) => extnID === '1.3.6.1.5.5.7.48.1.6')
  if (!isConsistent(certificate, thisUpdate, cutoff && timeIn(cutoff.extnValue.valueBlock.valueHexView))) return undefined
  const base = { thisUpdate, nextUpdate: single.nextUpdate?.getTime() ?? null, source: 'ocsp' as const }
  const status = single.certStatus as CertStatus
  if (status.idBlock.tagNumber === 0) return { ...base, state: 'good', since: null }
  if (status.idBlock.tagNumber !== 1) return undefined
  const [moment, reason] = status.valueBlock.value ?? []
  const isHeld = reason?.valueBlock?.value?.[0]?.valueBlock.valueDec === 6
  return { ...base, state: isHeld ? 'held' : 'revoked', since: moment?.toDate?.().getTime() ?? thisUpdate }
}

/** An answer with its envelope, or without it as files keep them (ETSI EN 319 122-1, A.1.1.2). */
function basicOf(bytes: Uint8Array): BasicOCSPResponse | undefined {
  const { result } = fromBER(bytes.slice())
  const isWhole = (result.valueBlock as { value?: { idBlock: { tagNumber: number } }[] }).value?.[0]?.idBlock.tagNumber === 10
  if (!isWhole) return new BasicOCSPResponse({ schema: result })
  const held = new OCSPResponse({ schema: result }).responseBytes?.response.valueBlock.valueHexView
  return held && BasicOCSPResponse.fromBER(held.slice())
}

/** Signed by the issuer itself, or by whom it named for that purpose (RFC 6960, 4.2.2.2). */
function isOfIssuer(answer: BasicOCSPResponse, issuer: Certificate, atMs: number): boolean {
  const signed = (by: Certificate): boolean =>
    by.hasSigned(answer.signatureAlgorithm, [answer.tbsResponseData.tbsView], answer.signature.valueBlock.valueHexView)
  if (signed(issuer)) return true
  const named = (answer.certs ?? []).slice(0, 5).map((each) => new Certificate(each))
  return named.some((each) => each.purposes.includes(OCSP_SIGNING) && each.isValidAt(atMs) && each.isIssuedBy(issuer) && signed(each))
}

/** How a responder names it. */
export function nameOf(certificate: Certificate, issuer: Certificate): CertificateName {
  return { issuerName: Buffer.from(issuer.subject, 'hex'), issuerKey: issuer.keyBytes, serial: Buffer.from(certificate.serial, 'hex') }
}

/** Lists leave out what has expired, unless they say since when they keep it (EN 319 102-1, 5.2.5.4). */
function isConsistent({ notBefore, notAfter }: Certificate, thisUpdate: number, keptSince: number | undefined): boolean {
  return thisUpdate >= notBefore && (thisUpdate <= notAfter || (keptSince !== undefined && keptSince <= notAfter))
}

function timeIn(bytes: Uint8Array): number | undefined {
  const { result } = fromBER(bytes.slice())
  return result instanceof GeneralizedTime ? result.toDate().getTime() : undefined
}
