import { createHash, randomBytes } from 'node:crypto'
import { Integer, Null, OctetString } from 'asn1js'
import { AlgorithmIdentifier, CertID, Extension, OCSPRequest, Request } from 'pkijs'
import { hashes } from './algorithms.ts'

/** How a responder is asked about a certificate, and answers (RFC 6960, 4.1.1): by its issuer's name and key, and its own number. */
export interface CertificateName {
  /** DER of the issuer's distinguished name. */
  issuerName: Uint8Array
  /** The bits of the issuer's public key. */
  issuerKey: Uint8Array
  serial: Uint8Array
}

/** The request about one certificate, DER. With a nonce, an answer can be known to be one to it (RFC 8954). */
export function ocspRequest(name: CertificateName, { withNonce }: { withNonce: boolean }): { der: Buffer; nonce: Buffer | undefined } {
  const nonce = withNonce ? randomBytes(32) : undefined
  const request = new OCSPRequest()
  request.tbsRequest.requestList = [new Request({ reqCert: certIdOf(name) })]
  if (nonce) {
    const extnValue = new OctetString({ valueHex: nonce }).toBER(false)
    request.tbsRequest.requestExtensions = [new Extension({ extnID: nonceId, critical: false, extnValue })]
  }
  return { der: Buffer.from(request.toSchema(true).toBER(false)), nonce }
}

/** The extension that carries a nonce. */
export const nonceId = '1.3.6.1.5.5.7.48.1.2'

/** Whether an answer's id names this certificate, whichever hash the responder chose. */
export function isIdOf({ hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }: CertID, name: CertificateName): boolean {
  const hash = hashAlgorithm.algorithmId === sha1 ? 'sha1' : hashes[hashAlgorithm.algorithmId]
  return hash !== undefined &&
    digest(hash, name.issuerName).equals(issuerNameHash.valueBlock.valueHexView) &&
    digest(hash, name.issuerKey).equals(issuerKeyHash.valueBlock.valueHexView) &&
    Buffer.from(name.serial).equals(serialNumber.valueBlock.valueHexView)
}

const sha1 = '1.3.14.3.2.26'

/** By SHA-1, as every responder understands (RFC 5019, 2.1.1): it only names, it protects nothing. */
function certIdOf({ issuerName, issuerKey, serial }: CertificateName): CertID {
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha1, algorithmParams: new Null() }),
    issuerNameHash: new OctetString({ valueHex: digest('sha1', issuerName) }),
    issuerKeyHash: new OctetString({ valueHex: digest('sha1', issuerKey) }),
    serialNumber: new Integer({ valueHex: new Uint8Array(serial) }),
  })
}

function digest(hash: string, bytes: Uint8Array): Buffer {
  return createHash(hash).update(bytes).digest()
}
