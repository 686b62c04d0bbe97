import { constants, verify, type KeyObject } from 'node:crypto'
import type { AlgorithmIdentifier } from 'pkijs'
import { RSASSAPSSParams } from 'pkijs'
import type { Certificate } from './certificate.ts'

interface Algorithm {
  key: 'rsa' | 'ec' | 'ed'
  /** None for those that hash by themselves. */
  hash: string | null
}

/** What may be trusted today (ETSI TS 119 312): nothing over SHA-1 or MD5. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
  '1.3.101.112': { key: 'ed', hash: null },
  '1.3.101.113': { key: 'ed', hash: null },
}

const pss = '1.2.840.113549.1.1.10'

/** Hash functions by object id (NIST), those that may be trusted. */
export const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const curves: readonly string[] = [
  'prime256v1', 'secp384r1', 'secp521r1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1',
]

/**
 * Whether `signature` over `data` is by `key` with an algorithm that may be trusted today. False for anything else: a
 * signature that cannot be checked is none.
 */
export function isSignedBy(key: KeyObject, algorithm: AlgorithmIdentifier, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (algorithm.algorithmId === pss) {
      const params = new RSASSAPSSParams({ schema: algorithm.algorithmParams })
      const hash = hashes[params.hashAlgorithm.algorithmId]
      if (!hash) return false
      return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: params.saltLength }, signature)
    }
    const known = algorithms[algorithm.algorithmId]
    if (!known || !key.asymmetricKeyType?.startsWith(known.key)) return false
    return verify(known.hash, data, key, signature)
  } catch {
    // A key or a signature that is broken inside has signed nothing.
    return false
  }
}

/** Whether the certificate's own signature and key can be broken today. */
export function isWeak({ pki, x509 }: Certificate): boolean {
  const { algorithmId, algorithmParams } = pki.signatureAlgorithm
  if (algorithmId === pss) {
    const { hashAlgorithm } = new RSASSAPSSParams({ schema: algorithmParams })
    if (!hashes[hashAlgorithm.algorithmId]) return true
  } else if (!algorithms[algorithmId]) return true
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
  if (asymmetricKeyType === 'ec') return !curves.includes(asymmetricKeyDetails?.namedCurve ?? '')
  return asymmetricKeyType !== 'ed25519' && asymmetricKeyType !== 'ed448'
}
