import { crockford, type Keys } from '../identity/keys.ts'

/**
 * The access code of the case filed with this client key: 10 Crockford characters (50 bits).
 * Computed, not drawn, so that the second click answers the same code although only its hash is kept.
 */
export function accessCodeOf(keys: Keys, tenantId: string, clientKey: string): string {
  const bytes = Buffer.from(keys.sign(`access code\0${tenantId}\0${clientKey.toLowerCase()}`), 'base64url')
  return crockford(bytes.subarray(0, 10))
}

/** The code as people read it out: two groups of five. */
export function inGroups(code: string): string {
  return code.replace(/(.{5})(?=.)/g, '$1 ')
}
