import { createHash } from 'node:crypto'
import { GeneralizedTime, ObjectIdentifier, OctetString, Sequence, UTCTime, type AsnType } from 'asn1js'
import { Certificate as PkiCertificate, ContentInfo, IssuerAndSerialNumber, SignedData, type Attribute, type SignerInfo } from 'pkijs'
import { Certificate } from '../trust/certificate.ts'
import type { RevocationMaterial } from '../trust/revocation.ts'
import { digestName } from './algorithms.ts'
import { DerFault, guardDer } from './guardDer.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const MOST_SIGNERS = 20
const MOST_CERTIFICATES = 60

export const attributeTypes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStamp: '1.2.840.113549.1.9.16.2.14',
  revocationValues: '1.2.840.113549.1.9.16.2.24',
  adobeRevocation: '1.2.840.113583.1.1.8',
} as const

/** A CMS signature (RFC 5652) as it was read, nothing of it checked. */
export interface Cms extends RevocationMaterial {
  contentType: string
  /** What lies within; undefined: it was signed beside a file. */
  content: Uint8Array | undefined
  certificates: readonly Certificate[]
  signers: readonly SignerInfo[]
}

/** @throws DerFault where the bytes are no signature that can be read */
export function readCms(bytes: Uint8Array): Cms {
  const whole = bytes.subarray(0, guardDer(bytes))
  const signed = parsed(() => {
    const info = ContentInfo.fromBER(whole.slice())
    if (info.contentType !== SIGNED_DATA) throw new DerFault('Expected signed data')
    return new SignedData({ schema: info.content })
  })
  const given = signed.certificates ?? []
  if (signed.signerInfos.length > MOST_SIGNERS || given.length > MOST_CERTIFICATES) throw new DerFault('More signers than are read')
  if (signed.signerInfos.length === 0) throw new DerFault('Expected a signer')
  const lists = (signed.crls ?? []).filter((each) => 'tbsView' in each).map((each) => new Uint8Array(each.toSchema().toBER()))
  const answers = (signed.ocsps ?? []).map((each) => new Uint8Array(each.toSchema().toBER()))
  const inAttributes = signed.signerInfos.map(archived)
  return {
    contentType: signed.encapContentInfo.eContentType,
    content: signed.encapContentInfo.eContent && new Uint8Array(signed.encapContentInfo.eContent.getValue()),
    certificates: given.filter((each) => each instanceof PkiCertificate).map((each) => parsed(() => new Certificate(each))),
    signers: signed.signerInfos,
    crls: [...lists, ...inAttributes.flatMap(({ crls }) => crls)],
    ocsps: [...answers, ...inAttributes.flatMap(({ ocsps }) => ocsps)],
  }
}

function parsed<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof DerFault ? cause : new DerFault('Expected a signature of RFC 5652')
  }
}

/** The values of a signed or unsigned attribute; empty where there is none. */
export function valuesOf(attributes: { attributes: Attribute[] } | undefined, type: string): AsnType[] {
  return (attributes?.attributes ?? []).filter((each) => each.type === type).flatMap((each) => each.values as AsnType[])
}

/** The certificate that a signer means by its name and number, or by its key's mark. */
export function certificateOf({ sid }: SignerInfo, certificates: readonly Certificate[]): Certificate | undefined {
  if (sid instanceof IssuerAndSerialNumber) {
    const issuer = Buffer.from(sid.issuer.valueBeforeDecode).toString('hex')
    const serial = Buffer.from(sid.serialNumber.valueBlock.valueHexView).toString('hex')
    return certificates.find((each) => each.issuer === issuer && each.serial === serial)
  }
  const mark = (sid as OctetString | undefined)?.valueBlock?.valueHexView
  return mark && certificates.find(({ subjectKeyId }) => subjectKeyId === Buffer.from(mark).toString('hex'))
}

/** Whether the signed attribute names the certificate (RFC 5035): `absent` where none does. */
export function namesCertificate({ signedAttrs }: SignerInfo, certificate: Certificate): 'yes' | 'no' | 'absent' {
  const second = valuesOf(signedAttrs, attributeTypes.signingCertificateV2)
  const first = valuesOf(signedAttrs, attributeTypes.signingCertificate)
  const value = second[0] ?? first[0]
  if (!value) return 'absent'
  const id = childOf(childOf(value, 0), 0)
  const parts = id instanceof Sequence ? (id.valueBlock.value as AsnType[]) : []
  const algorithm = second[0] && parts[0] instanceof Sequence ? childOf(parts[0], 0) : undefined
  const hash = parts.find((part) => part instanceof OctetString)
  const digest = !second[0] ? 'sha1' : algorithm instanceof ObjectIdentifier ? digestName(algorithm.valueBlock.toString()) : 'sha256'
  if (!digest || !hash) return 'no'
  return createHash(digest).update(certificate.der).digest().equals(Buffer.from(hash.valueBlock.valueHexView)) ? 'yes' : 'no'
}

/** The time in the signed attributes, ms. */
export function signingTimeOf({ signedAttrs }: SignerInfo): number | null {
  const value = valuesOf(signedAttrs, attributeTypes.signingTime)[0]
  return value instanceof UTCTime || value instanceof GeneralizedTime ? value.toDate().getTime() : null
}

function childOf(value: AsnType | undefined, index: number): AsnType | undefined {
  const children = (value?.valueBlock as { value?: AsnType[] } | undefined)?.value
  return Array.isArray(children) ? children[index] : undefined
}

/** Lists and answers that the signer put into attributes: as PDF readers (ISO 32000-2, 12.8.3.3.2) and CAdES (EN 319 122-1, A.1.1.2) do. */
function archived({ signedAttrs, unsignedAttrs }: SignerInfo): RevocationMaterial {
  const crls: Uint8Array[] = []
  const ocsps: Uint8Array[] = []
  const holders = [...valuesOf(signedAttrs, attributeTypes.adobeRevocation), ...valuesOf(unsignedAttrs, attributeTypes.revocationValues)]
  for (const holder of holders) {
    for (const part of (holder.valueBlock as { value?: AsnType[] }).value ?? []) {
      const listed = (childOf(part, 0)?.valueBlock as { value?: AsnType[] } | undefined)?.value ?? []
      const target = part.idBlock.tagNumber === 0 ? crls : part.idBlock.tagNumber === 1 ? ocsps : undefined
      for (const each of listed) target?.push(new Uint8Array(each.valueBeforeDecodeView))
    }
  }
  return { crls, ocsps }
}

