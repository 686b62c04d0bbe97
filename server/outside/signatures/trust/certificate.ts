import { createHash, type KeyObject } from 'node:crypto'
import type { OctetString } from 'asn1js'
import {
  Certificate as PkiCertificate,
  type AlgorithmIdentifier, type BasicConstraints, type CRLDistributionPoints, type ExtKeyUsage, type InfoAccess,
} from 'pkijs'
import { isSignedBy, methodOf, publicKeyOf, type SignedWith } from '../cms/algorithms.ts'
import { DerFault, guardDer } from '../cms/guardDer.ts'

/** Bits of a key usage (RFC 5280, 4.2.1.3). */
export type KeyUse = 'digitalSignature' | 'nonRepudiation' | 'keyCertSign' | 'cRLSign'
const USES: Readonly<Record<KeyUse, number>> = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 }

/** An X.509 certificate with what a validator of signatures asks of it. */
export class Certificate {
  readonly der: Buffer
  readonly id: string
  readonly key: KeyObject | undefined
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly notBefore: number
  readonly notAfter: number
  readonly #pki: PkiCertificate

  constructor(pki: PkiCertificate, der?: Uint8Array) {
    this.#pki = pki
    this.der = Buffer.from(der ?? new Uint8Array(pki.toSchema().toBER()))
    this.id = createHash('sha256').update(this.der).digest('hex')
    this.key = publicKeyOf(new Uint8Array(pki.subjectPublicKeyInfo.toSchema().toBER()))
    this.subject = Buffer.from(pki.subject.valueBeforeDecode).toString('hex')
    this.issuer = Buffer.from(pki.issuer.valueBeforeDecode).toString('hex')
    this.serial = Buffer.from(pki.serialNumber.valueBlock.valueHexView).toString('hex')
    this.notBefore = pki.notBefore.value.getTime()
    this.notAfter = pki.notAfter.value.getTime()
  }

  /** @throws DerFault when it is none */
  static read(der: Uint8Array): Certificate {
    const bytes = der.subarray(0, guardDer(der, 20_000))
    try {
      return new Certificate(PkiCertificate.fromBER(bytes.slice()), bytes)
    } catch (cause) {
      throw cause instanceof DerFault ? cause : new DerFault('Expected a certificate')
    }
  }

  get keyBytes(): Buffer {
    return Buffer.from(this.#pki.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView)
  }

  get subjectKeyId(): string | undefined {
    const held = this.#extension('2.5.29.14') as OctetString | undefined
    return held && Buffer.from(held.valueBlock.valueHexView).toString('hex')
  }

  get isAuthority(): boolean {
    return (this.#extension('2.5.29.19') as BasicConstraints | undefined)?.cA === true
  }

  /** Undefined: the certificate does not say. */
  may(use: KeyUse): boolean | undefined {
    const bits = this.#extension('2.5.29.15') as { valueBlock: { valueHexView: Uint8Array } } | undefined
    if (!bits) return undefined
    const bit = USES[use]
    return ((bits.valueBlock.valueHexView[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  }

  /** Purposes it is limited to (RFC 5280, 4.2.1.12); empty: none named. */
  get purposes(): readonly string[] {
    return (this.#extension('2.5.29.37') as ExtKeyUsage | undefined)?.keyPurposes ?? []
  }

  has(extension: string): boolean {
    return this.#pki.extensions?.some(({ extnID }) => extnID === extension) ?? false
  }

  get crlAddresses(): readonly string[] {
    const points = (this.#extension('2.5.29.31') as CRLDistributionPoints | undefined)?.distributionPoints ?? []
    return points.flatMap(({ distributionPoint }) => (Array.isArray(distributionPoint) ? distributionPoint : []))
      .filter(({ type }) => type === 6).map(({ value }) => String(value)).filter(isWebAddress)
  }

  get ocspAddresses(): readonly string[] {
    const all = (this.#extension('1.3.6.1.5.5.7.1.1') as InfoAccess | undefined)?.accessDescriptions ?? []
    return all.filter(({ accessMethod, accessLocation }) => accessMethod === '1.3.6.1.5.5.7.48.1' && accessLocation.type === 6)
      .map(({ accessLocation }) => String(accessLocation.value)).filter(isWebAddress)
  }

  /** A value of the subject's name by its object identifier. */
  named(oid: string): string | undefined {
    const found = this.#pki.subject.typesAndValues.find(({ type }) => type === oid)
    return found && String(found.value.valueBlock.value)
  }

  /** The common name, or the organization, of its issuer. */
  get issuerName(): string {
    const parts = this.#pki.issuer.typesAndValues
    const found = parts.find(({ type }) => type === '2.5.4.3') ?? parts.find(({ type }) => type === '2.5.4.10')
    return found ? String(found.value.valueBlock.value) : ''
  }

  /** How its issuer signed it, by the key of `issuer`. */
  signedWith(issuer: Certificate): SignedWith | undefined {
    return issuer.key && methodOf(this.#pki.signatureAlgorithm, issuer.key)
  }

  isIssuedBy(issuer: Certificate): boolean {
    if (this.issuer !== issuer.subject) return false
    return issuer.hasSigned(this.#pki.signatureAlgorithm, [this.#pki.tbsView], this.#pki.signatureValue.valueBlock.valueHexView)
  }

  /** Whether this certificate's key made a signature over the parts. */
  hasSigned(algorithm: AlgorithmIdentifier, parts: readonly Uint8Array[], signature: Uint8Array, digest?: string): boolean {
    const method = this.key && methodOf(algorithm, this.key, digest)
    return method !== undefined && isSignedBy(this.key!, method, parts, signature)
  }

  isValidAt(atMs: number): boolean {
    return this.notBefore <= atMs && atMs <= this.notAfter
  }

  #extension(oid: string): unknown {
    return this.#pki.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue
  }
}

const isWebAddress = (address: string): boolean => URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol)

