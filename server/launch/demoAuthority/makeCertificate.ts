import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import {
  BitString, fromBER, Integer, ObjectIdentifier, OctetString, PrintableString, Sequence, Set as AsnSet, Utf8String, type AsnType,
} from 'asn1js'
import {
  AccessDescription, AlgorithmIdentifier, AuthorityKeyIdentifier, BasicConstraints, Certificate,
  CRLDistributionPoints, DistributionPoint, Extension, ExtKeyUsage, GeneralName, InfoAccess, PublicKeyInfo,
  RelativeDistinguishedNames, Time,
} from 'pkijs'
import { keyUsages, type KeyUsage } from '../../identity/certificates/certificate.ts'

export interface KeyPair {
  privateKey: KeyObject
  publicKey: KeyObject
}

export interface Issuer extends KeyPair {
  /** DER. */
  certificate: Buffer
}

/** Parts of a distinguished name, in order: object id and text. */
export type Name = readonly (readonly [string, string])[]

export const nameIds = {
  commonName: '2.5.4.3', surname: '2.5.4.4', serialNumber: '2.5.4.5', country: '2.5.4.6', organization: '2.5.4.10', givenName: '2.5.4.42',
} as const

export interface CertificateWish {
  subject: Name
  /** Whose key is certified. */
  keys: KeyPair
  /** Who signs; the certificate's own key when absent. */
  issuer?: Issuer
  notBefore: number
  notAfter: number
  keyUsage?: readonly KeyUsage[]
  purposes?: readonly string[]
  authority?: { pathLength?: number }
  ocspUrl?: string
  crlUrl?: string
  /** More, as they are: for certificates that are wrong on purpose, too. */
  extensions?: readonly Extension[]
  serial?: Buffer
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'

export function makeKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** Both halves of a private key that was kept (PKCS#8, PEM). */
export function keysFrom(pem: string | Buffer): KeyPair {
  return { privateKey: createPrivateKey(pem), publicKey: createPublicKey(pem) }
}

/** An X.509 v3 certificate (RFC 5280) in DER, signed with ECDSA over SHA-256. For tests and the demo: no real authority works so. */
export function makeCertificate(wish: CertificateWish): Buffer {
  const { subject, keys, issuer, notBefore, notAfter, serial = randomSerial() } = wish
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new Integer({ valueHex: serial })
  certificate.subject = distinguishedName(subject)
  if (issuer) certificate.issuer = new Certificate({ schema: fromBER(issuer.certificate).result }).subject
  else certificate.issuer = distinguishedName(subject)
  certificate.notBefore = time(notBefore)
  certificate.notAfter = time(notAfter)
  certificate.subjectPublicKeyInfo = publicKeyInfo(keys.publicKey)
  certificate.extensions = extensionsOf(wish)
  certificate.signature = new AlgorithmIdentifier({ algorithmId: ecdsaWithSha256 })
  certificate.signatureAlgorithm = new AlgorithmIdentifier({ algorithmId: ecdsaWithSha256 })
  const body = certificate.encodeTBS().toBER(false)
  certificate.signatureValue = signed(body, issuer ?? keys)
  // Written once and read again: what was signed is exactly what is kept.
  return Buffer.from(new Sequence({
    value: [fromBER(body).result, certificate.signatureAlgorithm.toSchema(), certificate.signatureValue],
  }).toBER(false))
}

/** The signature over an encoding, as certificates, lists and answers carry it. */
export function signed(bytes: ArrayBuffer | Uint8Array, { privateKey }: Pick<KeyPair, 'privateKey'>): BitString {
  return new BitString({ valueHex: new Uint8Array(sign('sha256', new Uint8Array(bytes), privateKey)) })
}

export function algorithm(): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithmId: ecdsaWithSha256 })
}

export function extension(id: string, value: AsnType, critical = false): Extension {
  return new Extension({ extnID: id, critical, extnValue: value.toBER(false) })
}

export function publicKeyInfo(key: KeyObject): PublicKeyInfo {
  return new PublicKeyInfo({ schema: fromBER(new Uint8Array(key.export({ format: 'der', type: 'spki' }))).result })
}

/** What identifies a key in extensions: SHA-1 over its bits (RFC 5280, 4.2.1.2, method 1). */
export function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(publicKeyInfo(key).subjectPublicKey.valueBlock.valueHexView).digest()
}

function extensionsOf({ keys, issuer, keyUsage, purposes, authority, ocspUrl, crlUrl, extensions = [] }: CertificateWish): Extension[] {
  const bits = (keyUsage ?? []).reduce((sum, use) => sum | (0x80 >> keyUsages.indexOf(use)), 0)
  const unused = bits === 0 ? 0 : Math.clz32(bits & -bits) === 31 ? 0 : 31 - Math.clz32(bits & -bits)
  return [
    extension('2.5.29.14', new OctetString({ valueHex: keyId(keys.publicKey) })),
    extension('2.5.29.35', new AuthorityKeyIdentifier({
      keyIdentifier: new OctetString({ valueHex: keyId((issuer ?? keys).publicKey) }),
    }).toSchema()),
    ...(authority ? [extension('2.5.29.19', new BasicConstraints({ cA: true, ...(authority.pathLength !== undefined && {
      pathLenConstraint: authority.pathLength,
    }) }).toSchema(), true)] : []),
    ...(keyUsage ? [extension('2.5.29.15', new BitString({ valueHex: new Uint8Array([bits]), unusedBits: unused }), true)] : []),
    ...(purposes ? [extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [...purposes] }).toSchema())] : []),
    ...(ocspUrl ? [extension('1.3.6.1.5.5.7.1.1', new InfoAccess({ accessDescriptions: [new AccessDescription({
      accessMethod: '1.3.6.1.5.5.7.48.1', accessLocation: new GeneralName({ type: 6, value: ocspUrl }),
    })] }).toSchema())] : []),
    ...(crlUrl ? [extension('2.5.29.31', new CRLDistributionPoints({ distributionPoints: [new DistributionPoint({
      distributionPoint: [new GeneralName({ type: 6, value: crlUrl })],
    })] }).toSchema())] : []),
    ...extensions,
  ]
}

/** The statements of a qualified certificate for a person's signature (ETSI EN 319 412-5: QcCompliance, QcType esign). */
export function qualifiedStatements(type: 'sign' | 'seal' = 'sign'): Extension {
  const statement = (id: string, ...more: AsnType[]): Sequence => new Sequence({ value: [new ObjectIdentifier({ value: id }), ...more] })
  const typeId = type === 'sign' ? '0.4.0.1862.1.6.1' : '0.4.0.1862.1.6.2'
  return extension('1.3.6.1.5.5.7.1.3', new Sequence({ value: [
    statement('0.4.0.1862.1.1'),
    statement('0.4.0.1862.1.6', new Sequence({ value: [new ObjectIdentifier({ value: typeId })] })),
  ] }))
}

/** A sequence of sets of one part each, as every authority writes it; the library by itself would put all parts into one set. */
function distinguishedName(name: Name): RelativeDistinguishedNames {
  const parts = name.map(([type, text]) => new AsnSet({ value: [new Sequence({ value: [
    new ObjectIdentifier({ value: type }),
    // Country and serial number are printable strings by the standard (X.520), people's names any letters.
    type === nameIds.country || type === nameIds.serialNumber ? new PrintableString({ value: text }) : new Utf8String({ value: text }),
  ] })] }))
  return new RelativeDistinguishedNames({ schema: fromBER(new Sequence({ value: parts }).toBER(false)).result })
}

function time(atMs: number): Time {
  // Up to 2049 as UTCTime (0), from then on as GeneralizedTime (1): RFC 5280, 4.1.2.5.
  const value = new Date(Math.floor(atMs / 1000) * 1000)
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })
}

function randomSerial(): Buffer {
  const bytes = randomBytes(16)
  // Positive, and without a leading zero.
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes
}

/** PEM of DER. */
export function pemOf(der: Uint8Array, label = 'CERTIFICATE'): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').match(/.{1,64}/g)!.join('\n')}\n-----END ${label}-----\n`
}
