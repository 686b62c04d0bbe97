import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../../../server/cases/audit.ts'
import { refusals } from '../../../server/http/certificateDoor/words.ts'
import { anonymous } from '../../../server/identity/actor.ts'
import { subjectOf, type PersonCertificate } from '../../../server/launch/demoAuthority/authority.ts'
import { makeCertificate, makeKeys } from '../../../server/launch/demoAuthority/makeCertificate.ts'
import { Visitor } from '../../../server/launch/visitor.ts'
import { jovana, serialOf } from '../../support/authority.ts'
import { showing, shownBy } from '../../support/door.ts'
import { doorHouse, type DoorHouse } from '../../support/doorHouse.ts'

const day = 86_400_000
let door: DoorHouse
let { admin, knock, me, publicUrl, realm, ro, rs, signIn, signInPage, sombor, stranger } = {} as DoorHouse

beforeAll(async () => {
  door = await doorHouse()
  ;({ admin, knock, me, publicUrl, realm, ro, rs, signIn, signInPage, sombor, stranger } = door)
}, 300_000)

beforeEach(() => door.reset())

afterAll(() => door?.close())

test('a first login by certificate opens an account, known by e-signature, and the second finds it', async () => {
  const person = { givenName: 'Мила', familyName: 'Петровић', personalNumber: '0101000805018' }
  const certificate = rs.issue({}, person)

  const first = await signIn(certificate)
  const second = await signIn(rs.issue({}, person))

  expect(await me(first)).toMatchObject({ signedIn: true, name: 'Мила Петровић', level: 'e-signature' })
  expect(await me(second)).toMatchObject({ signedIn: true, name: 'Мила Петровић', level: 'e-signature' })
  const accounts = await admin.get<object[]>(`/${realm.realm}/users?firstName=${encodeURIComponent('Мила')}`)
  expect(accounts).toHaveLength(1)
  // Keycloak knows the number as a hash and as something only the product can open.
  expect(JSON.stringify(accounts)).not.toContain(person.personalNumber)
  const { db } = sombor.contextFor(anonymous)
  const rows = await db.transaction((trx) => trx('people').where({ given_name: 'Мила' }).select('identifier_mask'))
  expect(rows).toHaveLength(1)
  expect(rows[0]!.identifier_mask).toMatch(/018$/)
})

test('a certificate opens the account that the office made for the same number', async () => {
  const visitor = await signIn(rs.issue())

  expect(await me(visitor)).toMatchObject({ name: 'Јована Маринковић', level: 'e-signature' })
  const users = `/${realm.realm}/users?exact=true&username=jovana.marinkovic`
  const [user] = (await admin.get<{ attributes: Record<string, string[]> }[]>(users))!
  expect(user!.attributes.certificate_thumbprint![0]).toMatch(/^[0-9a-f]{64}$/)
})

test('two tabs at once are both let in, and make one account', async () => {
  const person = { givenName: 'Вук', familyName: 'Двојић', personalNumber: '0101990360007' }
  const certificate = rs.issue({}, person)

  const tabs = await Promise.all([signIn(certificate), signIn(certificate)])

  expect(await Promise.all(tabs.map(me))).toEqual([1, 2].map(() => expect.objectContaining({ name: 'Вук Двојић', level: 'e-signature' })))
  expect(await admin.get<object[]>(`/${realm.realm}/users?lastName=${encodeURIComponent('Двојић')}`)).toHaveLength(1)
})

test('on the login page a citizen chooses between password and e-signature', async () => {
  const visitor = new Visitor(showing(shownBy(rs.issue())))
  const login = await visitor.open(`${publicUrl}/sombor/sign-in?language=hu`)

  const [, link] = /id="e-signature"[^>]*href="([^"]+)"/s.exec(login.text) ?? []
  expect(login.text).toContain('Belépés e-aláírással')
  const after = await visitor.open(link!.replaceAll('&amp;', '&'))

  expect(after.url).toBe(`${publicUrl}/sombor/`)
  expect(await me(visitor)).toMatchObject({ level: 'e-signature' })
})

test('someone signed in by password steps up with their own certificate, not with another person’s', async () => {
  const own = new Visitor(showing(shownBy(rs.issue())))
  await own.signIn(`${publicUrl}/sombor/sign-in`, 'jovana.marinkovic', realm.password)
  expect(await me(own)).toMatchObject({ level: 'password' })
  const other = new Visitor(showing(shownBy(rs.issue({}, { givenName: 'Ана', familyName: 'Туђа', personalNumber: '2902000810011' }))))
  await other.signIn(`${publicUrl}/sombor/sign-in`, 'jovana.marinkovic', realm.password)

  const stepped = await own.open(`${publicUrl}/sombor/sign-in?level=e-signature&return=/sombor/services`)
  const refused = await other.open(`${publicUrl}/sombor/sign-in?level=e-signature&language=en`)

  expect(stepped.url).toBe(`${publicUrl}/sombor/services`)
  expect(await me(own)).toMatchObject({ level: 'e-signature', name: 'Јована Маринковић' })
  expect(refused.text).toContain('The certificate belongs to someone else')
  expect(await me(other)).toMatchObject({ level: 'password', name: 'Јована Маринковић' })
})

test('who signed in with a certificate and is asked for a login of late shows it again, and is known as surely as before', async () => {
  const visitor = await signIn(rs.issue())

  const page = await visitor.open(`${publicUrl}/sombor/sign-in?level=e-signature&within=5&return=/sombor/services`)

  expect(page.url).toBe(`${publicUrl}/sombor/services`)
  expect(await me(visitor)).toMatchObject({ level: 'e-signature', name: 'Јована Маринковић' })
})

test('every certificate that may not be believed is refused with a sentence about it', async () => {
  const revoked = rs.issue()
  rs.revocation.revoke(serialOf(revoked))
  const cases: [string, PersonCertificate, string][] = [
    ['expired', rs.issue({ notBefore: rs.clock.now() - 9 * day, notAfter: rs.clock.now() - day }), 'The certificate has expired'],
    ['not-yet-valid', rs.issue({ notBefore: rs.clock.now() + day }), 'not valid yet'],
    ['revoked', revoked, 'has been revoked'],
    ['unknown-issuer', stranger.issue(), 'not on the list'],
    ['unknown-issuer', imitation(), 'not on the list'],
    ['wrong-usage', rs.issue({ keyUsage: ['keyEncipherment'] }), 'not for signing in'],
    ['wrong-usage', rs.issue({ purposes: ['1.3.6.1.5.5.7.3.1'] }), 'not for signing in'],
    ['no-identifier', rs.issue({}, { ...jovana, personalNumber: '2307990855034' }), 'no personal number'],
    // An authority of Romania does not say who the people of Serbia are.
    ['unknown-issuer', ro.issue({ subject: subjectOf('rs', jovana) }), 'not on the list'],
  ]
  for (const [refused, certificate, words] of cases) {
    const page = await knock(certificate)
    expect(page.text, refused).toContain(`data-refused="${refused}"`)
    expect(page.text, refused).toContain(words)
    expect(page.status, refused).toBe(403)
  }
  expect((await knock(undefined)).text).toContain('No certificate was shown')
})

test('while the issuer is silent, lies or repeats itself, nobody is let in on its word', async () => {
  const certificate = rs.issue()
  expect((await signInPage(certificate)).url).toBe(`${publicUrl}/sombor/`)
  for (const ocsp of ['silent', 'forged', 'replayed', 'stale', 'garbage'] as const) {
    Object.assign(rs.revocation, { ocsp, crl: 'stale' })
    // The list that was fetched a while ago is not good for ever.
    rs.clock.advance(6 * 60_000)
    expect((await knock(certificate)).text, ocsp).toContain('data-refused="revocation-unknown"')
  }
  rs.revocation.ocsp = 'good'
  expect((await signInPage(certificate)).url).toBe(`${publicUrl}/sombor/`)
})

test('a closed account stays closed', async () => {
  const person = { givenName: 'Зоран', familyName: 'Затворен', personalNumber: '0101001250028' }
  await signIn(rs.issue({}, person))
  const [user] = (await admin.get<{ id: string }[]>(`/${realm.realm}/users?firstName=${encodeURIComponent('Зоран')}`))!
  await admin.put(`/${realm.realm}/users/${user!.id}`, { ...user, enabled: false })

  expect((await knock(rs.issue({}, person))).text).toContain('The account is closed')
})

test('who was let in and who was not is in the audit, without a number or a name', async () => {
  const certificate = rs.issue()
  await signIn(certificate)
  await knock(stranger.issue())
  const context = sombor.contextFor(anonymous)

  const rows = await context.db.transaction((trx) => trx('audit_entries').where('action', 'like', 'sign-in.%').select('*'))
  const thumbprint = createHash('sha256').update(certificate.certificate).digest('hex')

  expect(rows).toContainEqual(expect.objectContaining({
    action: 'sign-in.e-signature', actor: 'system:certificate-door', facts: { thumbprint, isNew: false },
  }))
  expect(rows).toContainEqual(expect.objectContaining({
    action: 'sign-in.refuse', reason: 'unknown-issuer', facts: expect.objectContaining({ fault: 'unknown-issuer' }),
  }))
  for (const secret of ['2307990855035', 'PNORS', 'Јована', 'Маринковић']) expect(JSON.stringify(rows)).not.toContain(secret)
  expect(await verifyAudit(context)).toMatchObject({ brokenAt: null })
})

test('each refusal speaks each of the six languages, and offers the way on', async () => {
  const texts = await Promise.all(['sr', 'bg', 'ro', 'hu', 'en'].map(async (language) =>
    JSON.parse(await readFile(join('server/http/certificateDoor/texts', `${language}.json`), 'utf8')) as Record<string, string>))
  const [first] = texts
  for (const each of texts) expect(Object.keys(each)).toEqual(Object.keys(first!))
  for (const refused of refusals) expect(first).toHaveProperty([`${refused}.title`])

  const expired = rs.issue({ notBefore: rs.clock.now() - 9 * day, notAfter: rs.clock.now() - day })
  const words = { 'sr-Latn': 'istekao', 'sr-Cyrl': 'истекао', bg: 'изтекло', ro: 'expirat', hu: 'lejárt', en: 'expired' }
  for (const [language, word] of Object.entries(words)) {
    const page = await knock(expired, { language })
    expect(page.text).toContain(`<html lang="${language}">`)
    expect(page.text).toContain(word)
    expect(page.text).toContain(`${publicUrl}/sombor/`)
  }
})

/** Someone who made a certificate that says what Jovana's says. */
function imitation(): PersonCertificate {
  const keys = makeKeys()
  return {
    keys,
    certificate: makeCertificate({
      subject: subjectOf('rs', jovana), keys, keyUsage: ['digitalSignature'],
      notBefore: rs.clock.now() - day, notAfter: rs.clock.now() + day,
    }),
  }
}
