import { Sequence } from 'asn1js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holderOf, keepingLists, overHttp, readCertificate, readPem } from '../../../server/identity/certificates/index.ts'
import { issueTo, makeAuthority, subjectOf } from '../../../server/launch/demoAuthority/authority.ts'
import {
  extension, makeCertificate, makeKeys, nameIds, pemOf, qualifiedStatements,
} from '../../../server/launch/demoAuthority/makeCertificate.ts'
import { jovana, serialOf, testAuthority, type TestAuthority } from '../../support/authority.ts'

let ours: TestAuthority
const day = 86_400_000

beforeEach(async () => {
  ours = await testAuthority()
})

afterEach(async () => {
  await ours.close()
})

test('a valid certificate is believed, with the way to the trust list and the word of each issuer', async () => {
  const verdict = await ours.check(ours.issue())

  expect(verdict).toMatchObject({ ok: true, proofs: [{ source: 'ocsp' }, { source: 'crl' }] })
  expect(verdict.ok && verdict.chain).toHaveLength(3)
  expect(verdict.ok && verdict.chain[0].qualified).toEqual({ isQualified: true, isForSeal: false, onDevice: false })
})

test('the issuing authority may stand on the trust list itself', async () => {
  const trust = readPem(pemOf(ours.authority.issuing.certificate))

  const verdict = await ours.check(ours.issue(), { trust, intermediates: [] })

  expect(verdict).toMatchObject({ ok: true, proofs: [{ source: 'ocsp' }] })
})

test('a certificate is believed within its dates only', async () => {
  const { issue, check, clock } = ours
  const certificate = issue({ notBefore: clock.now() - 10 * day, notAfter: clock.now() - day })

  expect(await check(certificate)).toMatchObject({ ok: false, fault: 'expired', of: 'leaf' })
  expect(await check(certificate, { at: clock.now() - 11 * day })).toMatchObject({ fault: 'issuer-not-valid' })
  expect(await check(issue({ notBefore: clock.now() + day }))).toMatchObject({ fault: 'not-yet-valid' })
})

test('a certificate of an authority that is not on the list is refused, also when it takes a listed one’s name', async () => {
  const stranger = makeAuthority('rs', {}, ours.clock.now())
  const theirs = issueTo(stranger, jovana, ours.clock.now())
  const keys = makeKeys()
  const imitation = {
    keys,
    certificate: makeCertificate({
      subject: subjectOf('rs', jovana), keys, keyUsage: ['digitalSignature'],
      notBefore: ours.clock.now() - day, notAfter: ours.clock.now() + day,
    }),
  }

  const forged = ours.issue({ issuer: { ...ours.authority.issuing, privateKey: makeKeys().privateKey } })

  expect(await ours.check(theirs)).toMatchObject({ ok: false, fault: 'unknown-issuer' })
  expect(await ours.check(forged)).toMatchObject({ ok: false, fault: 'bad-signature' })
  const { issuing, root } = stranger
  expect(await ours.check(theirs, { intermediates: [issuing.certificate, root.certificate] })).toMatchObject({ ok: false })
  expect(await ours.check(imitation)).toMatchObject({ ok: false, fault: 'unknown-issuer' })
  expect(ours.revocation.asked).toEqual([])
})

test('a revoked certificate is refused, whether the responder says so or the list', async () => {
  const certificate = ours.issue()
  ours.revocation.revoke(serialOf(certificate))

  expect(await ours.check(certificate)).toMatchObject({ ok: false, fault: 'revoked', facts: { reason: 'key-compromise' } })
  ours.revocation.ocsp = 'silent'
  expect(await ours.check(certificate)).toMatchObject({ ok: false, fault: 'revoked', facts: { reason: 'key-compromise' } })
  // What was signed before that day stays signed, if the moment is proved.
  const before = { at: ours.clock.now() - 2 * 3_600_000, revocation: { fetcher: overHttp(), nowMs: ours.clock.now() } }
  expect(await ours.check(certificate, before)).toMatchObject({ ok: true })
})

test('while the responder cannot be believed the list decides, and without both nobody is believed', async () => {
  const certificate = ours.issue()
  await ours.check(certificate)

  for (const ocsp of ['silent', 'try-later', 'garbage', 'forged', 'replayed', 'stale'] as const) {
    Object.assign(ours.revocation, { ocsp, crl: 'good' })
    expect(await ours.check(certificate), ocsp).toMatchObject({ ok: true, proofs: [{ source: 'crl' }, { source: 'crl' }] })
    for (const crl of ['silent', 'garbage', 'forged', 'stale'] as const) {
      ours.revocation.crl = crl
      expect(await ours.check(certificate), `${ocsp}, ${crl}`).toMatchObject({ ok: false, fault: 'revocation-unknown', of: 'leaf' })
    }
  }
})

test('the reasons for not believing a source are told', async () => {
  const certificate = ours.issue()
  await ours.check(certificate)
  const reasons = async (): Promise<unknown> => {
    const verdict = await ours.check(certificate)
    return verdict.ok ? 'believed' : verdict.facts.reasons
  }

  Object.assign(ours.revocation, { ocsp: 'replayed', crl: 'stale' })
  expect(await reasons()).toEqual(['ocsp: replayed', 'crl: stale'])
  Object.assign(ours.revocation, { ocsp: 'forged', crl: 'forged' })
  expect(await reasons()).toEqual(['ocsp: forged', 'crl: forged'])
  Object.assign(ours.revocation, { ocsp: 'stale', crl: 'silent' })
  expect(await reasons()).toEqual(['ocsp: stale', 'crl: unreachable'])
  Object.assign(ours.revocation, { ocsp: 'unknown', crl: 'good' })
  expect(await reasons()).toEqual(['ocsp: not-known-there'])
})

test('an answer may come from a responder that the issuer named, and without our nonce while it is fresh', async () => {
  const certificate = ours.issue()

  ours.revocation.ocsp = 'delegated'
  expect(await ours.check(certificate)).toMatchObject({ ok: true, proofs: [{ source: 'ocsp' }, { source: 'crl' }] })
  ours.revocation.ocsp = 'without-nonce'
  expect(await ours.check(certificate)).toMatchObject({ ok: true, proofs: [{ source: 'ocsp' }, { source: 'crl' }] })
})

test('a certificate that names no place to ask at is not believed', async () => {
  const certificate = ours.issue({ ocspUrl: undefined, crlUrl: undefined })

  expect(await ours.check(certificate)).toMatchObject({ fault: 'revocation-unknown', facts: { reasons: ['no-source'] } })
})

test('an answer that was kept with a document is believed for the moment it was about', async () => {
  const certificate = ours.issue()
  const first = await ours.check(certificate)
  const proofs = first.ok ? first.proofs.map(({ bytes }) => bytes) : []
  const given = { ocsp: [proofs[0]!], crls: [proofs[1]!] }

  expect(await ours.check(certificate, { revocation: { given }, usage: 'signature' })).toMatchObject({ ok: true })
  const later = { revocation: { given }, at: ours.clock.now() + 3 * day }
  expect(await ours.check(certificate, later)).toMatchObject({ fault: 'revocation-unknown' })
})

test('a certificate is believed only for what it was made for', async () => {
  const wrong: [string, Parameters<TestAuthority['issue']>[0]][] = [
    ['key-usage', { keyUsage: ['keyEncipherment'] }],
    ['key-usage', { keyUsage: undefined }],
    ['purpose', { purposes: ['1.3.6.1.5.5.7.3.1'] }],
    ['purpose', { purposes: ['1.3.6.1.5.5.7.3.8'] }],
    ['authority', { authority: {} }],
    ['seal', { extensions: [qualifiedStatements('seal')] }],
  ]
  for (const [reason, change] of wrong) {
    expect(await ours.check(ours.issue(change)), reason).toMatchObject({ ok: false, fault: 'wrong-usage', facts: { reason } })
  }
  expect(await ours.check(ours.issue({ keyUsage: ['contentCommitment'], purposes: undefined }))).toMatchObject({ ok: true })
  expect(await ours.check(ours.issue({ extensions: [qualifiedStatements('seal')] }), { usage: 'signature' })).toMatchObject({ ok: true })
})

test('a person’s certificate cannot issue another one', async () => {
  const person = ours.issue({ keyUsage: ['digitalSignature', 'keyCertSign'] })
  const forged = ours.issue({ issuer: { ...person.keys, certificate: person.certificate } })

  const verdict = await ours.check(forged, { intermediates: [person.certificate, ours.authority.issuing.certificate] })

  expect(verdict).toMatchObject({ ok: false, fault: 'issuer-not-valid', of: 'issuer', facts: { reason: 'not-an-authority' } })
})

test('an authority that may issue to people only makes no further authorities', async () => {
  const keys = makeKeys()
  const { issuing } = ours.authority
  const dates = { notBefore: ours.clock.now() - day, notAfter: ours.clock.now() + day }
  const below = makeCertificate({
    subject: [[nameIds.commonName, 'Below']], keys, issuer: issuing, ...dates, keyUsage: ['keyCertSign'], authority: {},
  })
  const person = ours.issue({ issuer: { ...keys, certificate: below } })

  const verdict = await ours.check(person, { intermediates: [below, issuing.certificate] })

  expect(verdict).toMatchObject({ ok: false, fault: 'issuer-not-valid', facts: { reason: 'path-length' } })
})

test('a critical extension that nobody here understands is refused', async () => {
  const strange = extension('1.2.3.4.5', new Sequence({ value: [] }), true)

  const verdict = await ours.check(ours.issue({ extensions: [strange] }))

  expect(verdict).toMatchObject({ fault: 'unknown-constraint', facts: { extensions: ['1.2.3.4.5'] } })
})

test('bytes that are no certificate, too many of them, or more after it, are refused without a word to the network', async () => {
  const { certificate } = ours.issue()
  const cases: [string, Buffer][] = [
    ['malformed', Buffer.from('not a certificate')],
    ['malformed', Buffer.alloc(0)],
    ['malformed', certificate.subarray(0, -1)],
    ['malformed', Buffer.concat([certificate, Buffer.from([0])])],
    ['too-large', Buffer.alloc(17 * 1024, 0x30)],
  ]
  for (const [fault, leaf] of cases) expect(await ours.check({ certificate: leaf }), fault).toMatchObject({ ok: false, fault })
  const many = Array.from({ length: 9 }, () => ours.authority.issuing.certificate)
  expect(await ours.check({ certificate }, { intermediates: many })).toMatchObject({ fault: 'too-large', of: 'issuer' })
  expect(ours.revocation.asked).toEqual([])
})

test('every byte of a certificate counts: changed anywhere, it is not believed', async () => {
  const { certificate } = ours.issue()
  for (let at = 0; at < certificate.length; at += 7) {
    const changed = Buffer.from(certificate)
    changed[at]! ^= 0x01
    expect((await ours.check({ certificate: changed })).ok, `byte ${at}`).toBe(false)
  }
})

test('a list is fetched once for many, and again when it was kept long enough', async () => {
  ours.revocation.ocsp = 'silent'
  const fetcher = keepingLists(overHttp(), ours.clock, 60_000)
  const lists = (): number => ours.revocation.asked.filter((each) => each === 'crl').length

  for (let time = 0; time < 3; time++) expect(await ours.check(ours.issue(), { revocation: { fetcher } })).toMatchObject({ ok: true })
  expect(lists()).toBe(2)
  ours.clock.advance(60_000)
  await ours.check(ours.issue(), { revocation: { fetcher } })
  expect(lists()).toBe(4)
})

test('a certificate tells its holder by the national number, in the international form or bare', () => {
  const holder = (country: 'rs' | 'bg' | 'ro' | 'ba', serialNumber: string | undefined, code = country.toUpperCase()) => {
    const keys = makeKeys()
    const subject = [
      [nameIds.country, code], [nameIds.surname, 'Маринковић'], [nameIds.givenName, 'Јована'],
      ...(serialNumber === undefined ? [] : [[nameIds.serialNumber, serialNumber] as const]),
    ] as const
    return holderOf(readCertificate(makeCertificate({ subject, keys, notBefore: 0, notAfter: 1 }))!)
  }

  expect(holder('rs', 'PNORS-2307990855035')).toEqual({
    givenName: 'Јована', familyName: 'Маринковић', country: 'rs', personalNumber: '2307990855035',
  })
  expect(holder('bg', 'PNOBG-8501011018')).toMatchObject({ country: 'bg', personalNumber: '8501011018' })
  expect(holder('ro', 'PNORO-1850101110002')).toMatchObject({ country: 'ro', personalNumber: '1850101110002' })
  expect(holder('ba', 'PNOBA-0101990100013')).toMatchObject({ country: 'ba', personalNumber: '0101990100013' })
  // A foreigner's certificate issued here tells the number of their own country.
  expect(holder('rs', 'PNORO-1850101110002')).toMatchObject({ country: 'ro' })
  expect(holder('rs', '2307990855035')).toMatchObject({ country: 'rs', personalNumber: '2307990855035' })
  expect(holder('rs', '200123456-2307990855035')).toMatchObject({ personalNumber: '2307990855035' })
  for (const none of ['PNORS-2307990855034', 'IDCRS-2307990855035', 'PASRS-2307990855035', 'PNODE-2307990855035', '12', undefined]) {
    expect(holder('rs', none), String(none)).toBeUndefined()
  }
})
