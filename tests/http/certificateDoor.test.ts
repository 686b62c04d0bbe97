import { OctetString } from 'asn1js'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { serve, type WebServer } from '../../server/http/app.ts'
import { verifyAudit } from '../../server/cases/audit.ts'
import { refusals } from '../../server/http/certificateDoor/words.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { connectKeycloak } from '../../server/identity/keycloak.ts'
import type { Me } from '../../server/http/contract/town.ts'
import { subjectOf, type PersonCertificate } from '../../server/launch/demoAuthority/authority.ts'
import { extension, makeCertificate, makeKeys } from '../../server/launch/demoAuthority/makeCertificate.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { openAdminApi, type AdminApi } from '../../server/launch/realm/adminApi.ts'
import { Visitor, type Page } from '../../server/launch/visitor.ts'
import { jovana, serialOf, testAuthority, type TestAuthority } from '../support/authority.ts'
import { showing, shownBy, testDoor, type TestDoor } from '../support/door.ts'
import { testRealm, type TestRealm } from '../support/keycloak.ts'
import { testTown, type TestTown } from '../support/town.ts'

const day = 86_400_000
let sombor: TestTown
let rs: TestAuthority
let ro: TestAuthority
let stranger: TestAuthority
let realm: TestRealm
let web: WebServer
let door: TestDoor
let doorPort: number
let doorUrl: string
let publicUrl: string
let admin: AdminApi

beforeAll(async () => {
  const startsAt = Date.now()
  ;[sombor, rs, ro, stranger] = await Promise.all([
    testTown({ startsAt: new Date(startsAt).toISOString() }),
    testAuthority({ startsAt }), testAuthority({ startsAt, country: 'ro' }), testAuthority({ startsAt }),
  ])
  const port = await freePort()
  doorPort = await freePort()
  publicUrl = `http://localhost:${port}`
  doorUrl = `https://localhost:${doorPort}`
  realm = await testRealm(publicUrl, [sombor.tenant], { doorUrl })
  const house = {
    towns: () => [sombor.tenant],
    contextFor: sombor.contextFor,
    keys: sombor.contextFor(anonymous).keys,
    clock: rs.clock,
    log: quietLog,
  }
  door = await testDoor({
    port: doorPort, realm, authorities: [rs.authority, ro.authority],
    house: { ...house, contextFor: (_, actor) => sombor.contextFor(actor) },
  })
  web = await serve({ HOST: '127.0.0.1', PORT: port, PUBLIC_URL: publicUrl, UI_DIR: 'tests/no-pages-here', DEMO: true }, {
    ...house,
    contextFor: (_, actor) => ({ ...sombor.contextFor(actor), clock: systemClock }),
    clock: systemClock,
    keycloak: connectKeycloak({
      KEYCLOAK_URL: realm.url, KEYCLOAK_REALM: realm.realm, KEYCLOAK_CLIENT_SECRET: realm.clientSecret,
      KEYCLOAK_SERVICE_SECRET: realm.serviceSecret, PUBLIC_URL: publicUrl,
      CERTIFICATE_DOOR_URL: doorUrl,
    }, systemClock),
    links: [],
    ready: async () => undefined,
  })
  admin = await openAdminApi(realm.url, realm.admin)
}, 300_000)

beforeEach(() => {
  rs.clock.advanceTo(Date.now())
  Object.assign(rs.revocation, { ocsp: 'good', crl: 'good' })
})

afterAll(async () => {
  await door?.close()
  await web?.close()
  await Promise.all([rs, ro, stranger].map((each) => each?.close()))
  await sombor?.close()
})

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
  const visitor = new Visitor(showing(held(rs.issue())))
  const login = await visitor.open(`${publicUrl}/sombor/sign-in?language=hu`)

  const [, link] = /id="e-signature"[^>]*href="([^"]+)"/s.exec(login.text) ?? []
  expect(login.text).toContain('Belépés e-aláírással')
  const after = await visitor.open(link!.replaceAll('&amp;', '&'))

  expect(after.url).toBe(`${publicUrl}/sombor/`)
  expect(await me(visitor)).toMatchObject({ level: 'e-signature' })
})

test('someone signed in by password steps up with their own certificate, not with another person’s', async () => {
  const own = new Visitor(showing(held(rs.issue())))
  await own.signIn(`${publicUrl}/sombor/sign-in`, 'jovana.marinkovic', realm.password)
  expect(await me(own)).toMatchObject({ level: 'password' })
  const other = new Visitor(showing(held(rs.issue({}, { givenName: 'Ана', familyName: 'Туђа', personalNumber: '2902000810011' }))))
  await other.signIn(`${publicUrl}/sombor/sign-in`, 'jovana.marinkovic', realm.password)

  const stepped = await own.open(`${publicUrl}/sombor/sign-in?level=e-signature&return=/sombor/services`)
  const refused = await other.open(`${publicUrl}/sombor/sign-in?level=e-signature&language=en`)

  expect(stepped.url).toBe(`${publicUrl}/sombor/services`)
  expect(await me(own)).toMatchObject({ level: 'e-signature', name: 'Јована Маринковић' })
  expect(refused.text).toContain('The certificate belongs to someone else')
  expect(await me(other)).toMatchObject({ level: 'password', name: 'Јована Маринковић' })
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

test('a certificate in a header, without TLS or beside it, is nobody', async () => {
  const der = rs.issue().certificate.toString('base64')
  const names = [
    'ssl-client-cert', 'x-ssl-client-cert', 'ssl_client_cert', 'client-cert', 'x-forwarded-client-cert', 'x-forwarded-tls-client-cert',
  ]
  const claims = Object.fromEntries(names.map((name) => [name, der]))

  const direct = await new Visitor().open(await authorization(), { headers: claims })
  const atDoor = await new Visitor(showing(undefined)).fetch(await atTheDoor(), { headers: claims })
  const another = await new Visitor(showing(held(stranger.issue()))).fetch(await atTheDoor(), {
    headers: { ...claims, [realm.certificateHeader]: der },
  })

  expect(direct.text).toContain('kc-form-login')
  expect(await atDoor.text()).toContain('data-refused="no-certificate"')
  expect(await another.text()).toContain('data-refused="unknown-issuer"')
  // The one name that Keycloak believes must not be read in its log.
  expect(await readFile(realm.logFile, 'utf8')).not.toContain(realm.certificateHeader)
})

test('the door leads to the login and nowhere else', async () => {
  const certificate = rs.issue()
  const visitor = new Visitor(showing(held(certificate)))
  const good = new URL(await atTheDoor())
  const elsewhere = [
    '/', '/realms/master/protocol/openid-connect/auth', `/admin/realms/${realm.realm}/users`,
    `//evil.example${good.pathname}${good.search}`,
    `${good.pathname}/../../../../../admin/${good.search}`, `${good.pathname}${good.search}&redirect_uri=https://evil.example/`,
    `${good.pathname}${good.search.replace('e-signature', 'password')}`, `/realms/${realm.realm}/login-actions/restart${good.search}`,
  ]
  for (const path of elsewhere) {
    const reply = await raw(`GET ${path} HTTP/1.1`, held(certificate))
    expect(reply, path).toMatch(/^HTTP\/1\.1 404 /)
    expect(reply, path).not.toMatch(/^location:/im)
  }

  const changed = new URL(good)
  changed.searchParams.set('redirect_uri', 'https://evil.example/sign-in/callback')
  const reply = await visitor.fetch(changed.href)

  expect(reply.headers.get('location')).toBeNull()
  expect(reply.status).toBe(403)
  expect((await visitor.fetch(good.href, { method: 'POST' })).status).toBe(404)
})

test('a request hidden inside another does not reach Keycloak', async () => {
  const { pathname, search } = new URL(await atTheDoor())
  const hidden = `GET /admin/realms/${realm.realm}/users HTTP/1.1\r\nHost: localhost\r\n\r\n`
  const begin = `GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\n`
  const smuggled = [
    `${begin}Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${begin}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${begin}Cookie: a=b\r\n${realm.certificateHeader}\r\n: x\r\n\r\n`,
    `${begin}Cookie: KC_A=b\u0000\r\n\r\n`,
  ]
  for (const text of smuggled) {
    const reply = await raw(text, held(stranger.issue()), true)
    expect(reply.match(/^HTTP\/1\.1 /gm) ?? []).toHaveLength(1)
    expect(reply).toMatch(/^HTTP\/1\.1 (400|403) /)
  }
})

test('a certificate as large as a book, a long chain, plain HTTP and a request line without an end are refused', async () => {
  const large = rs.issue({ extensions: [extension('1.2.3.4', new OctetString({ valueHex: Buffer.alloc(40_000) }))] })
  const huge = rs.issue({ extensions: [extension('1.2.3.4', new OctetString({ valueHex: Buffer.alloc(200_000) }))] })
  const along = Array.from({ length: 11 }, () => stranger.issue().certificate)

  expect((await knock(large)).text).toContain('data-refused="unreadable"')
  await expect(knock(huge)).rejects.toThrow()
  expect((await knock(rs.issue(), ...along)).text).not.toContain('data-refused="unexpected"')
  expect(await plain('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')).not.toContain('200')
  expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1`, held(rs.issue()))).toMatch(/^HTTP\/1\.1 431 /)
  // And it still serves.
  expect((await signInPage(rs.issue())).url).toBe(`${publicUrl}/sombor/`)
})

test('TLS 1.2 is spoken for the cards that need it, nothing older, and nobody renegotiates', async () => {
  const certificate = held(rs.issue())

  expect(await raw(`GET / HTTP/1.1`, { ...certificate, maxVersion: 'TLSv1.2' })).toMatch(/^HTTP\/1\.1 404 /)
  await expect(raw('GET / HTTP/1.1', { ...certificate, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow()
  await expect(raw('GET / HTTP/1.1', { ...certificate, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).rejects.toThrow()
  const socket = await secured({ ...certificate, maxVersion: 'TLSv1.2' })
  const renegotiated = await new Promise<Error | null>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(new Error('closed')))
    socket.renegotiate({}, resolve)
  })
  expect(renegotiated).toBeInstanceOf(Error)
  socket.destroy()
})

test('whoever tries again and again waits a minute', async () => {
  const port = await freePort()
  const house = {
    towns: () => [sombor.tenant], contextFor: (_: string, actor: Parameters<TestTown['contextFor']>[0]) => sombor.contextFor(actor),
    keys: sombor.contextFor(anonymous).keys, clock: rs.clock, log: quietLog,
  }
  const narrow = await testDoor({ port, realm, authorities: [rs.authority], house, limits: { visits: 100, refusals: 5 } })
  const visitor = new Visitor(showing(held(stranger.issue())))
  const url = (await atTheDoor()).replace(String(doorPort), String(port))

  const statuses = []
  for (let times = 0; times < 7; times++) statuses.push((await visitor.fetch(url)).status)
  const good = await new Visitor(showing(held(rs.issue()))).fetch(url)
  await narrow.close()

  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429])
  expect(await good.text()).toContain('data-refused="too-many-attempts"')
})

test('nobody is let in without a line in the audit', async () => {
  const port = await freePort()
  const fails = (): Promise<never> => Promise.reject(new Error('disk full'))
  const db = { tenantId: 'sombor', transaction: fails, ask: fails }
  const broken: TestTown['contextFor'] = (actor) => ({ ...sombor.contextFor(actor), db })
  const house = {
    towns: () => [sombor.tenant], contextFor: (_: string, actor: Parameters<TestTown['contextFor']>[0]) => broken(actor),
    keys: sombor.contextFor(anonymous).keys, clock: rs.clock, log: quietLog,
  }
  const unwritten = await testDoor({ port, realm, authorities: [rs.authority], house })
  const visitor = new Visitor(showing(held(rs.issue())))

  const reply = await visitor.fetch((await atTheDoor()).replace(String(doorPort), String(port)))
  await unwritten.close()

  expect(reply.status).toBe(500)
  expect(reply.headers.get('location')).toBeNull()
  expect(reply.headers.getSetCookie()).toEqual([])
  expect(await reply.text()).toContain('This is our mistake')
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

function held(certificate: PersonCertificate, ...along: Buffer[]): { cert: Buffer; key: Buffer } {
  return shownBy(certificate, ...along)
}

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

/** The address at Keycloak to which the product sends who signs in by password. */
async function authorization(): Promise<string> {
  return (await new Visitor().fetch(`${publicUrl}/sombor/sign-in?language=en`)).headers.get('location')!
}

/** The address at the door to which the product sends who needs the e-signature. */
async function atTheDoor(language = 'en'): Promise<string> {
  const reply = await new Visitor().fetch(`${publicUrl}/sombor/sign-in?level=e-signature&language=${language}`)
  return reply.headers.get('location')!
}

async function signInPage(certificate: PersonCertificate): Promise<Page> {
  return new Visitor(showing(held(certificate))).open(`${publicUrl}/sombor/sign-in?level=e-signature`)
}

async function signIn(certificate: PersonCertificate): Promise<Visitor> {
  const visitor = new Visitor(showing(held(certificate)))
  const page = await visitor.open(`${publicUrl}/sombor/sign-in?level=e-signature&language=en`)
  expect(page.url, page.text.replace(/<style[\s\S]*<\/style>|<[^>]+>/g, ' ')).toBe(`${publicUrl}/sombor/`)
  return visitor
}

/** What the door answers to a certificate. */
async function knock(
  certificate: PersonCertificate | undefined, ...more: (Buffer | { language: string })[]
): Promise<{ status: number; text: string }> {
  const along = more.filter((each): each is Buffer => Buffer.isBuffer(each))
  const language = more.flatMap((each) => (Buffer.isBuffer(each) ? [] : [each.language]))[0]
  const reply = await new Visitor(showing(certificate && held(certificate, ...along))).fetch(await atTheDoor(language))
  return { status: reply.status, text: await reply.text() }
}

async function me(visitor: Visitor): Promise<Me> {
  return (await (await visitor.fetch(`${publicUrl}/api/sombor/me`)).json()) as Me
}

function secured(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const place = { port: doorPort, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }
    const socket = connect({ ...place, ...options }, () => resolve(socket))
    socket.on('error', reject)
  })
}

/** Sends bytes as they are, and answers all that comes back. */
async function raw(text: string, options: ConnectionOptions, asItIs = false): Promise<string> {
  const socket = await secured(options)
  return new Promise((resolve, reject) => {
    let answer = ''
    socket.on('data', (part: Buffer) => (answer += part.toString()))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(asItIs ? text : `${text}\r\nHost: localhost\r\n\r\n`)
  })
}

function plain(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectPlain(doorPort, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (part: Buffer) => (answer += part.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}
