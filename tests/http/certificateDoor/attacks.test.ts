import { OctetString } from 'asn1js'
import { readFile } from 'node:fs/promises'
import { connect as connectPlain } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../../server/identity/actor.ts'
import { extension } from '../../../server/launch/demoAuthority/makeCertificate.ts'
import { freePort } from '../../../server/launch/postgres.ts'
import { Visitor } from '../../../server/launch/visitor.ts'
import { showing, shownBy, testDoor } from '../../support/door.ts'
import { doorHouse, type DoorHouse } from '../../support/doorHouse.ts'

let door: DoorHouse
let { atTheDoor, authorization, doorPort, house, knock, publicUrl, realm, rs, signInPage, stranger } = {} as DoorHouse

beforeAll(async () => {
  door = await doorHouse()
  ;({ atTheDoor, authorization, doorPort, house, knock, publicUrl, realm, rs, signInPage, stranger } = door)
}, 300_000)

beforeEach(() => door.reset())

afterAll(() => door?.close())

test('a certificate in a header, without TLS or beside it, is nobody', async () => {
  const der = rs.issue().certificate.toString('base64')
  const names = [
    'ssl-client-cert', 'x-ssl-client-cert', 'ssl_client_cert', 'client-cert', 'x-forwarded-client-cert', 'x-forwarded-tls-client-cert',
  ]
  const claims = Object.fromEntries(names.map((name) => [name, der]))

  const direct = await new Visitor().open(await authorization(), { headers: claims })
  const atDoor = await new Visitor(showing(undefined)).fetch(await atTheDoor(), { headers: claims })
  const another = await new Visitor(showing(shownBy(stranger.issue()))).fetch(await atTheDoor(), {
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
  const visitor = new Visitor(showing(shownBy(certificate)))
  const good = new URL(await atTheDoor())
  const elsewhere = [
    '/', '/realms/master/protocol/openid-connect/auth', `/admin/realms/${realm.realm}/users`,
    `//evil.example${good.pathname}${good.search}`,
    `${good.pathname}/../../../../../admin/${good.search}`, `${good.pathname}${good.search}&redirect_uri=https://evil.example/`,
    `${good.pathname}${good.search.replace('e-signature', 'password')}`, `${good.pathname}${good.search}&max_age=never`,
    `/realms/${realm.realm}/login-actions/restart${good.search}`,
  ]
  for (const path of elsewhere) {
    const reply = await raw(`GET ${path} HTTP/1.1`, shownBy(certificate))
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
    const reply = await raw(text, shownBy(stranger.issue()), true)
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
  expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1`, shownBy(rs.issue()))).toMatch(/^HTTP\/1\.1 431 /)
  // And it still serves.
  expect((await signInPage(rs.issue())).url).toBe(`${publicUrl}/sombor/`)
})

test('TLS 1.2 is spoken for the cards that need it, nothing older, and nobody renegotiates', async () => {
  const certificate = shownBy(rs.issue())

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
  const narrow = await testDoor({ port, realm, authorities: [rs.authority], house, limits: { visits: 100, refusals: 5 } })
  const visitor = new Visitor(showing(shownBy(stranger.issue())))
  const url = (await atTheDoor()).replace(String(doorPort), String(port))

  const statuses = []
  for (let times = 0; times < 7; times++) statuses.push((await visitor.fetch(url)).status)
  const good = await new Visitor(showing(shownBy(rs.issue()))).fetch(url)
  await narrow.close()

  expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429])
  expect(await good.text()).toContain('data-refused="too-many-attempts"')
})

test('nobody is let in without a line in the audit', async () => {
  const port = await freePort()
  const fails = (): Promise<never> => Promise.reject(new Error('disk full'))
  const db = { tenantId: 'sombor', transaction: fails, ask: fails }
  const broken = { ...house, contextFor: (tenantId: string, actor: Actor) => ({ ...house.contextFor(tenantId, actor), db }) }
  const unwritten = await testDoor({ port, realm, authorities: [rs.authority], house: broken })
  const visitor = new Visitor(showing(shownBy(rs.issue())))

  const reply = await visitor.fetch((await atTheDoor()).replace(String(doorPort), String(port)))
  await unwritten.close()

  expect(reply.status).toBe(500)
  expect(reply.headers.get('location')).toBeNull()
  expect(reply.headers.getSetCookie()).toEqual([])
  expect(await reply.text()).toContain('This is our mistake')
})

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
