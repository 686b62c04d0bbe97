import { Enumerated, fromBER, GeneralizedTime, Integer, OctetString, Primitive, Constructed, Sequence, type AsnType } from 'asn1js'
import {
  BasicOCSPResponse, Certificate, CertificateRevocationList, Extensions, OCSPRequest, OCSPResponse, ResponseBytes, ResponseData,
  RevokedCertificate, SingleResponse, Time, type CertID,
} from 'pkijs'
import { algorithm, extension, keyId, signed, type Issuer } from './makeCertificate.ts'

export interface Revoked {
  /** Upper-case hex. */
  serial: string
  atMs: number
  /** CRLReason by number; 1 is a lost key. */
  reason: number
}

const nonceId = '1.3.6.1.5.5.7.48.1.2'

/** A list of revoked certificates (RFC 5280, 5) in DER. */
export function makeCrl(
  issuer: Issuer, revoked: readonly Revoked[], { thisUpdate, nextUpdate }: { thisUpdate: number; nextUpdate: number },
): Buffer {
  const crl = new CertificateRevocationList()
  crl.version = 1
  crl.issuer = new Certificate({ schema: fromBER(issuer.certificate).result }).subject
  crl.thisUpdate = new Time({ type: 0, value: wholeSecond(thisUpdate) })
  crl.nextUpdate = new Time({ type: 0, value: wholeSecond(nextUpdate) })
  if (revoked.length > 0) {
    crl.revokedCertificates = revoked.map(({ serial, atMs, reason }) => new RevokedCertificate({
      userCertificate: new Integer({ valueHex: Buffer.from(serial, 'hex') }),
      revocationDate: new Time({ type: 0, value: wholeSecond(atMs) }),
      crlEntryExtensions: new Extensions({ extensions: [extension('2.5.29.21', new Enumerated({ value: reason }))] }),
    }))
  }
  crl.crlExtensions = new Extensions({ extensions: [extension('2.5.29.20', new Integer({ value: Math.floor(thisUpdate / 1000) }))] })
  crl.signature = algorithm()
  crl.signatureAlgorithm = algorithm()
  const body = (crl as unknown as { encodeTBS(): AsnType }).encodeTBS().toBER(false)
  return Buffer.from(new Sequence({ value: [fromBER(body).result, algorithm().toSchema(), signed(body, issuer)] }).toBER(false))
}

export interface OcspAnswerWish {
  /** Who signs the answer. */
  signer: Issuer
  /** Sent along when the signer is not the issuer itself. */
  certificates?: readonly Buffer[]
  producedAt: number
  thisUpdate: number
  nextUpdate?: number
  nonce?: Uint8Array
}

/** What an OCSP request asks for: ids and nonce. */
export function readOcspRequest(der: Uint8Array): { ids: CertID[]; nonce: Uint8Array | undefined } {
  const { tbsRequest } = new OCSPRequest({ schema: fromBER(new Uint8Array(der)).result })
  const nonce = tbsRequest.requestExtensions?.find(({ extnID }) => extnID === nonceId)?.extnValue.valueBlock.valueHexView
  const inner = nonce && fromBER(new Uint8Array(nonce)).result
  return {
    ids: tbsRequest.requestList.map(({ reqCert }) => reqCert),
    nonce: inner instanceof OctetString ? inner.valueBlock.valueHexView : nonce,
  }
}

/** A signed answer (RFC 6960) in DER about certificates by their ids. */
export function makeOcspAnswer(
  about: readonly { id: CertID; status: 'good' | 'unknown' | Revoked }[],
  { signer, certificates = [], producedAt, thisUpdate, nextUpdate, nonce }: OcspAnswerWish,
): Buffer {
  const data = new ResponseData({
    // By key (RFC 6960, 4.2.2.3); the library adds the tag of that choice.
    responderID: new OctetString({ valueHex: keyId(signer.publicKey) }),
    producedAt: wholeSecond(producedAt),
    responses: about.map(({ id, status }) => new SingleResponse({
      certID: id,
      certStatus: statusChoice(status),
      thisUpdate: wholeSecond(thisUpdate),
      ...(nextUpdate !== undefined && { nextUpdate: wholeSecond(nextUpdate) }),
    })),
  })
  if (nonce) {
    data.responseExtensions = [extension(nonceId, new OctetString({ valueHex: nonce }))]
  }
  const body = data.toSchema(true).toBER(false)
  const basic = new BasicOCSPResponse({
    tbsResponseData: new ResponseData({ schema: fromBER(body).result }),
    signatureAlgorithm: algorithm(),
    signature: signed(body, signer),
    ...(certificates.length > 0 && { certs: certificates.map((der) => new Certificate({ schema: fromBER(new Uint8Array(der)).result })) }),
  })
  return Buffer.from(new OCSPResponse({
    responseStatus: new Enumerated({ value: 0 }),
    responseBytes: new ResponseBytes({
      responseType: '1.3.6.1.5.5.7.48.1.1',
      response: new OctetString({ valueHex: basic.toSchema().toBER(false) }),
    }),
  }).toSchema().toBER(false))
}

/** "Try later" (RFC 6960, 2.3): an answer that nobody signs. */
export function makeOcspTryLater(): Buffer {
  return Buffer.from(new OCSPResponse({ responseStatus: new Enumerated({ value: 3 }) }).toSchema().toBER(false))
}

function statusChoice(status: 'good' | 'unknown' | Revoked): AsnType {
  if (status === 'good') return new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: new ArrayBuffer(0) })
  if (status === 'unknown') return new Primitive({ idBlock: { tagClass: 3, tagNumber: 2 }, valueHex: new ArrayBuffer(0) })
  return new Constructed({
    idBlock: { tagClass: 3, tagNumber: 1 },
    value: [
      new GeneralizedTime({ valueDate: wholeSecond(status.atMs) }),
      new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new Enumerated({ value: status.reason })] }),
    ],
  })
}

function wholeSecond(atMs: number): Date {
  return new Date(Math.floor(atMs / 1000) * 1000)
}
