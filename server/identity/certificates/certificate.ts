import { createHash, X509Certificate } from 'node:crypto'
import { fromBER, type BitString } from 'asn1js'
import {
  AuthorityKeyIdentifier, BasicConstraints, Certificate as PkiCertificate, CRLDistributionPoints, ExtKeyUsage, InfoAccess, QCStatements,
  type Extension, type GeneralName,
} from 'pkijs'

/** Bits of the key usage extension (RFC 5280, 4.2.1.3), by their names there. */
export const keyUsages = [
  'digitalSignature', 'contentCommitment', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign',
] as const
export type KeyUsage = (typeof keyUsages)[number]

/** An X.509 v3 certificate (RFC 5280) with what a check needs to know of it. */
export interface Certificate {
  der: Buffer
  /** Node's own reading: names, dates, public key, and whether an issuer signed it. */
  x509: X509Certificate
  /** The same in the library's shapes, for whoever needs more. */
  pki: PkiCertificate
  /** SHA-256 over the DER, lower-case hex. */
  thumbprint: string
  /** Upper-case hex. */
  serial: string
  notBefore: number
  notAfter: number
  isAuthority: boolean
  /** How many authorities may stand between this one and the leaf; undefined: any number. */
  pathLength: number | undefined
  /** undefined: the extension is missing. */
  keyUsage: ReadonlySet<KeyUsage> | undefined
  /** Object ids of purposes; undefined: the extension is missing. */
  purposes: readonly string[] | undefined
  /** Object ids of critical extensions that nobody here understands. */
  unknownCritical: readonly string[]
  ocspUrls: readonly string[]
  crlUrls: readonly string[]
  /** Where the issuer's own certificate can be had. */
  issuerUrls: readonly string[]
  /** Statements of a qualified certificate (ETSI EN 319 412-5). */
  qualified: { isQualified: boolean; isForSeal: boolean; onDevice: boolean }
}

const ids = {
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  purposes: '2.5.29.37',
  policies: '2.5.29.32',
  crlPoints: '2.5.29.31',
  authorityKey: '2.5.29.35',
  access: '1.3.6.1.5.5.7.1.1',
  statements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
  qcCompliance: '0.4.0.1862.1.1',
  qcDevice: '0.4.0.1862.1.4',
  qcType: '0.4.0.1862.1.6',
  qcTypeSign: '0.4.0.1862.1.6.1',
} as const

const understood: ReadonlySet<string> = new Set([
  ids.basicConstraints, ids.keyUsage, ids.purposes, ids.policies, ids.crlPoints, ids.authorityKey, ids.access, ids.statements,
  ids.ocspNoCheck,
  // Names and key ids say nothing that could forbid a use.
  '2.5.29.14', '2.5.29.17', '2.5.29.18',
])

/** Reads one certificate in DER; undefined when it is none. */
export function readCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return certificateFrom(Buffer.from(der))
  } catch {
    // Bytes from outside: whatever reading them trips over, they are no certificate.
    return undefined
  }
}

/** Reads every certificate of a PEM bundle, in order. Throws when one of them cannot be read. */
export function readPem(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => certificateFrom(Buffer.from(block.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')))
}

function certificateFrom(der: Buffer): Certificate {
  const x509 = new X509Certificate(der)
  const parsed = fromBER(der)
  if (parsed.offset !== der.length) throw new Error('Expected a certificate and nothing after it')
  const pki = new PkiCertificate({ schema: parsed.result })
  const extensions = pki.extensions ?? []
  const extension = (id: string): Extension | undefined => extensions.find(({ extnID }) => extnID === id)
  const value = <Shape>(id: string, shape: new (...given: never[]) => Shape): Shape | undefined => {
    const parsedValue: unknown = extension(id)?.parsedValue
    if (parsedValue === undefined && !extension(id)) return undefined
    if (!(parsedValue instanceof shape)) throw new Error(`Expected extension ${id} to be readable`)
    return parsedValue
  }
  const constraints = value(ids.basicConstraints, BasicConstraints)
  const access = value(ids.access, InfoAccess)?.accessDescriptions ?? []
  const urlsOf = (method: string): string[] =>
    access.filter(({ accessMethod }) => accessMethod === method).flatMap(({ accessLocation }) => urlOf(accessLocation))
  const points = value(ids.crlPoints, CRLDistributionPoints)?.distributionPoints ?? []
  value(ids.authorityKey, AuthorityKeyIdentifier)
  const pathLength = constraints?.pathLenConstraint
  return {
    der,
    x509,
    pki,
    thumbprint: createHash('sha256').update(der).digest('hex'),
    serial: x509.serialNumber,
    notBefore: pki.notBefore.value.getTime(),
    notAfter: pki.notAfter.value.getTime(),
    isAuthority: constraints?.cA === true,
    pathLength: typeof pathLength === 'number' ? pathLength : undefined,
    keyUsage: keyUsageOf(extension(ids.keyUsage)),
    purposes: value(ids.purposes, ExtKeyUsage)?.keyPurposes,
    unknownCritical: extensions.filter(({ critical, extnID }) => critical && !understood.has(extnID)).map(({ extnID }) => extnID),
    ocspUrls: urlsOf(ids.ocsp),
    issuerUrls: urlsOf(ids.caIssuers),
    crlUrls: points.flatMap(({ distributionPoint }) => (Array.isArray(distributionPoint) ? distributionPoint.flatMap(urlOf) : [])),
    qualified: qualifiedOf(value(ids.statements, QCStatements)),
  }
}

/** An address by which something can be fetched without telling a directory who asks. */
export function urlOf({ type, value }: GeneralName): string[] {
  return type === 6 && typeof value === 'string' && /^https?:\/\//i.test(value) ? [value] : []
}

function keyUsageOf(extension: Extension | undefined): ReadonlySet<KeyUsage> | undefined {
  if (!extension) return undefined
  const [bits = 0] = (extension.parsedValue as BitString).valueBlock.valueHexView
  return new Set(keyUsages.filter((_, at) => (bits & (0x80 >> at)) !== 0))
}

function qualifiedOf(statements: QCStatements | undefined): Certificate['qualified'] {
  const has = (id: string): boolean => statements?.values.some((each) => each.id === id) ?? false
  const type = statements?.values.find(({ id }) => id === ids.qcType)?.type as { valueBlock?: { value?: unknown[] } } | undefined
  const types = (type?.valueBlock?.value ?? []).map((each) => String((each as { valueBlock: unknown }).valueBlock))
  return {
    isQualified: has(ids.qcCompliance),
    // Where the type is told, it must be the one for a person's signature; older certificates tell none.
    isForSeal: type !== undefined && !types.some((each) => each.includes(ids.qcTypeSign)),
    onDevice: has(ids.qcDevice),
  }
}
