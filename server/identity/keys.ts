import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** What is derived from the one configured secret. Each purpose has a key of its own. */
export interface Keys {
  /** Keyed hash of a personal or company number, 32 bytes: to find a person by it, never to read it back. */
  identifierHash(tenantId: string, number: string): Buffer
  /** Keyed hash of an access code, 32 bytes. */
  codeHash(tenantId: string, code: string): Buffer
  /** Encrypts (AES-256-GCM): 12 bytes nonce, 16 bytes tag, then the text. */
  seal(text: string): Buffer
  /** Opens what {@link seal} closed; throws when it was touched. */
  open(sealed: Buffer): string
  /** A token that only we can have made for this text, base64url. */
  sign(text: string): string
}

/** Derives all keys from `SECRET_KEY` (HKDF, RFC 5869). */
export function makeKeys(secret: string): Keys {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'salter', purpose, 32))
  const identifiers = derive('identifier hash')
  const codes = derive('access code')
  const sealing = derive('sealing')
  const signing = derive('signing')
  return {
    identifierHash: (tenantId, number) => createHmac('sha256', identifiers).update(`${tenantId}\0${number}`).digest(),
    codeHash: (tenantId, code) => createHmac('sha256', codes).update(`${tenantId}\0${code}`).digest(),
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
    },
    sign: (text) => createHmac('sha256', signing).update(text).digest('base64url'),
  }
}

/** SHA-256, for secrets that are random already (cookies): no key needed. */
export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Compares without telling by time how much was right. */
export function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

// Crockford's Base32: no I, L, O, U, so that a code can be read out over the phone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes as Crockford characters, 5 bits of each byte. */
export function crockford(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('')
}

/** A code of `length` Crockford characters (5 bits each), from the system's random source. */
export function randomCode(length: number): string {
  return crockford(randomBytes(length))
}

/** Reads a code as people type it: any case, blanks and dashes, O for 0, I and L for 1. */
export function normalizeCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}
