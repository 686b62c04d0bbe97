import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

export interface TestCertificate {
  /** PEM, valid for 100 years on localhost and 127.0.0.1; its own root. */
  certificate: Buffer
  /** PEM. */
  key: Buffer
}

/** A certificate made for one test, so that no key lies in the repository: X.509 v3 (RFC 5280) in DER, signed by itself. */
export function testCertificate(): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(objectId(2, 5, 4, 3), der(UTF8_STRING, Buffer.from('localhost')))))
  const body = sequence(
    der(explicit(0), integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(ecdsaWithSha256),
    name,
    sequence(generalizedTime('20260101000000Z'), generalizedTime('21260101000000Z')),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(explicit(3), sequence(
      extension(objectId(2, 5, 29, 19), sequence(der(BOOLEAN, Buffer.from([0xff])))),
      extension(objectId(2, 5, 29, 17), sequence(der(DNS_NAME, Buffer.from('localhost')), der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])))),
    )),
  )
  const signature = createSign('sha256').update(body).sign(privateKey)
  const certificate = sequence(body, sequence(ecdsaWithSha256), der(BIT_STRING, Buffer.concat([Buffer.from([0]), signature])))
  return { certificate: pem('CERTIFICATE', certificate), key: Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' })) }
}

// Tags of ASN.1 (X.690).
const BOOLEAN = 0x01
const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_ID = 0x06
const UTF8_STRING = 0x0c
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const SET = 0x31
const explicit = (number: number): number => 0xa0 + number
// Of GeneralName (RFC 5280, 4.2.1.6).
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

const ecdsaWithSha256 = objectId(1, 2, 840, 10045, 4, 3, 2)

function der(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts))
}

function set(...parts: Buffer[]): Buffer {
  return der(SET, Buffer.concat(parts))
}

function integer(bytes: Buffer): Buffer {
  return der(INTEGER, bytes)
}

function generalizedTime(text: string): Buffer {
  return der(GENERALIZED_TIME, Buffer.from(text))
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, der(OCTET_STRING, value))
}

function objectId(first: number, second: number, ...rest: number[]): Buffer {
  const bytes = rest.flatMap((number) => {
    const septets = [number & 0x7f]
    for (let left = number >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80)
    return septets
  })
  return der(OBJECT_ID, Buffer.from([first * 40 + second, ...bytes]))
}

function pem(label: string, content: Buffer): Buffer {
  const lines = content.toString('base64').match(/.{1,64}/g)!.join('\n')
  return Buffer.from(`-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`)
}
