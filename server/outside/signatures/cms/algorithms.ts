import { createPublicKey, createVerify, constants, type KeyObject } from 'node:crypto'
import { RSASSAPSSParams, type AlgorithmIdentifier } from 'pkijs'

const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
}

/** Signature algorithms whose name tells the digest. */
const WITH_DIGEST: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}
const RSA = '1.2.840.113549.1.1.1'
const PSS = '1.2.840.113549.1.1.10'
const EC_KEY = '1.2.840.10045.2.1'

/** Node's name of a digest algorithm; undefined for one that is not read here. */
export const digestName = (oid: string): string | undefined => DIGESTS[oid]

/** How something was signed: what the age of its algorithms is judged by. */
export interface SignedWith {
  digest: string
  key: 'rsa' | 'ec' | 'other'
  /** Bits of the modulus, or of the curve. */
  size: number
}

interface Method extends SignedWith {
  padding?: number
  saltLength?: number
}

/** Reads the algorithm of a signature. `digestGiven` is used where its name does not tell one (CMS). Undefined: not one read here. */
export function methodOf(algorithm: AlgorithmIdentifier, key: KeyObject, digestGiven?: string): Method | undefined {
  const details = key.asymmetricKeyDetails
  const type = key.asymmetricKeyType
  const kind = type === 'rsa' || type === 'rsa-pss' ? 'rsa' : type === 'ec' ? 'ec' : 'other'
  const size = kind === 'rsa' ? (details?.modulusLength ?? 0) : curveSize(details?.namedCurve)
  if (algorithm.algorithmId === PSS) return pssMethod(algorithm, kind, size)
  const id = algorithm.algorithmId
  const digest = WITH_DIGEST[id] ?? (id === RSA || id === EC_KEY ? digestGiven : undefined)
  if (!digest || kind === 'other') return undefined
  return { digest, key: kind, size, ...(kind === 'rsa' && { padding: constants.RSA_PKCS1_PADDING }) }
}

function pssMethod(algorithm: AlgorithmIdentifier, key: Method['key'], size: number): Method | undefined {
  const given = new RSASSAPSSParams({ schema: algorithm.algorithmParams })
  const digest = digestName(given.hashAlgorithm.algorithmId)
  if (!digest || key !== 'rsa') return undefined
  return { digest, key, size, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: given.saltLength }
}

// Every curve that OpenSSL knows has its bits in its name: prime256v1, secp384r1, brainpoolP512r1.
function curveSize(curve = ''): number {
  return Number(/\d{3}/.exec(curve)?.[0] ?? 0)
}

/** The public key of a SubjectPublicKeyInfo, or undefined when it is of a kind that is not read here. */
export function publicKeyOf(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/** Whether `signature` over the parts, one after the other, was made with the private half of `key`. */
export function isSignedBy(key: KeyObject, method: Method, parts: readonly Uint8Array[], signature: Uint8Array): boolean {
  const verifier = createVerify(method.digest)
  for (const part of parts) verifier.update(part)
  const { padding, saltLength } = method
  try {
    return verifier.verify({ key, ...(padding !== undefined && { padding }), ...(saltLength !== undefined && { saltLength }) }, signature)
  } catch {
    // OpenSSL throws where the signature does not even have the shape that the key asks for.
    return false
  }
}

// ETSI TS 119 312 V1.5.1, as a list of the last moments; what is not named is good, below the smallest is never.
const DIGEST_UNTIL: Readonly<Record<string, string>> = { md5: '2004-08-01', sha1: '2012-08-01' }
const RSA_UNTIL = [[786, '2010-08-01'], [1024, '2019-10-01'], [1900, null]] as const
const EC_UNTIL = [[160, '2012-08-01'], [224, '2021-10-01'], [256, null]] as const

/** Whether digest and key were strong enough at that moment (ms). */
export function isStrongAt({ digest, key, size }: SignedWith, atMs: number): boolean {
  const untilOfDigest = DIGEST_UNTIL[digest]
  if (untilOfDigest && atMs >= Date.parse(untilOfDigest)) return false
  const table = key === 'rsa' ? RSA_UNTIL : key === 'ec' ? EC_UNTIL : []
  const row = table.findLast(([least]) => size >= least)
  return row !== undefined && (row[1] === null || atMs < Date.parse(row[1]))
}
