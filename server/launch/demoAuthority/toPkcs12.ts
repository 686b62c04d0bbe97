import { BmpString, fromBER, OctetString } from 'asn1js'
import {
  Attribute, AuthenticatedSafe, CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo, SafeBag, SafeContents,
} from 'pkijs'
import type { PersonCertificate } from './authority.ts'

const ids = {
  shroudedKey: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3',
  friendlyName: '1.2.840.113549.1.9.20', localKeyId: '1.2.840.113549.1.9.21',
} as const
// As OpenSSL 3 and Windows write it today (RFC 7292 with PBES2).
const sealing = {
  // The library draws the initialization vector itself, though its types ask for one.
  contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as unknown as AesCbcParams & AesKeyAlgorithm,
  hmacHashAlgorithm: 'SHA-256',
  iterationCount: 10_000,
}

/** Key, certificate and its issuers in one file that every browser imports (PKCS #12, RFC 7292), sealed by a password. */
export async function toPkcs12(
  { certificate, keys }: PersonCertificate, issuers: readonly Buffer[], { name, password }: { name: string; password: string },
): Promise<Buffer> {
  const secret = new TextEncoder().encode(password).buffer as ArrayBuffer
  const tied = [
    new Attribute({ type: ids.localKeyId, values: [new OctetString({ valueHex: Buffer.from([1]) })] }),
    new Attribute({ type: ids.friendlyName, values: [new BmpString({ value: name })] }),
  ]
  const key = new PKCS8ShroudedKeyBag({
    parsedValue: new PrivateKeyInfo({ schema: fromBER(new Uint8Array(keys.privateKey.export({ format: 'der', type: 'pkcs8' }))).result }),
  })
  await key.makeInternalValues({ password: secret, ...sealing })
  const certificateBag = (der: Buffer, bagAttributes?: Attribute[]): SafeBag => new SafeBag({
    bagId: ids.certificate,
    bagValue: new CertBag({ parsedValue: new Certificate({ schema: fromBER(new Uint8Array(der)).result }) }),
    ...(bagAttributes && { bagAttributes }),
  })
  const authenticatedSafe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        // Sealed by itself already, and the others are no secret: the file as a whole is protected against change.
        inTheOpen([new SafeBag({ bagId: ids.shroudedKey, bagValue: key, bagAttributes: tied })]),
        inTheOpen([certificateBag(certificate, tied), ...issuers.map((issuer) => certificateBag(issuer))]),
      ],
    },
  })
  await authenticatedSafe.makeInternalValues({ safeContents: [{}, {}] })
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } })
  await pfx.makeInternalValues({ password: secret, iterations: 10_000, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' })
  return Buffer.from(pfx.toSchema().toBER(false))
}

function inTheOpen(safeBags: SafeBag[]): { privacyMode: number; value: SafeContents } {
  return { privacyMode: 0, value: new SafeContents({ safeBags }) }
}
