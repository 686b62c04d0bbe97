import { createHash } from 'node:crypto'
import { ObjectIdentifier, OctetString } from 'asn1js'
import type { SignerInfo } from 'pkijs'
import type { Certificate } from '../trust/certificate.ts'
import { digestName, methodOf, type SignedWith } from './algorithms.ts'
import { attributeTypes, valuesOf } from './readCms.ts'

/** What cryptography says about a signer: the content is what was signed, and the certificate's key signed it. */
export type CryptoFinding = 'intact' | 'content-missing' | 'content-altered' | 'signature-broken'

/** Checks digest and signature (RFC 5652, 5.4 and 5.6; EN 319 102-1, 5.2.7). `content` comes in parts, one after the other. */
export function checkSigner(
  signer: SignerInfo, certificate: Certificate, content: readonly Uint8Array[] | undefined, contentType: string,
): CryptoFinding {
  if (!content) return 'content-missing'
  const digest = digestName(signer.digestAlgorithm.algorithmId)
  if (!digest) return 'signature-broken'
  const attributes = signer.signedAttrs
  const value = signer.signature.valueBlock.valueHexView
  const isOver = (parts: readonly Uint8Array[]): CryptoFinding =>
    certificate.hasSigned(signer.signatureAlgorithm, parts, value, digest) ? 'intact' : 'signature-broken'
  if (!attributes) return isOver(content)
  const told = valuesOf(attributes, attributeTypes.messageDigest)[0]
  const hash = createHash(digest)
  for (const part of content) hash.update(part)
  if (!(told instanceof OctetString) || !hash.digest().equals(Buffer.from(told.valueBlock.valueHexView))) return 'content-altered'
  const type = valuesOf(attributes, attributeTypes.contentType)[0]
  if (!(type instanceof ObjectIdentifier) || type.valueBlock.toString() !== contentType) return 'signature-broken'
  return isOver([new Uint8Array(attributes.encodedValue)])
}

/** How a signer signed; undefined for algorithms that are not read here. */
export function signedWith(signer: SignerInfo, certificate: Certificate): SignedWith[] | undefined {
  const digest = digestName(signer.digestAlgorithm.algorithmId)
  const method = certificate.key && methodOf(signer.signatureAlgorithm, certificate.key, digest)
  return method && digest ? [method, { ...method, digest }] : undefined
}
