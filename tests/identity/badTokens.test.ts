import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { anonymous } from '../../server/identity/actor.ts'
import { connectKeycloak, type Keycloak } from '../../server/identity/keycloak.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { Visitor } from '../../server/launch/visitor.ts'
import { keycloakSettings, realLogin, type RealLogin } from '../support/realLogin.ts'
import { testRealm, type TestRealm } from '../support/keycloak.ts'

interface Tokens {
  access_token: string
  id_token: string
  refresh_token: string
}

let login: RealLogin
let keycloak: Keycloak
let elsewhere: TestRealm
/** What the real Keycloak gave for a real login, and the nonce of that login. */
let real: Tokens
let publicKey: JsonWebKey
const nonce = 'the nonce of this login, long enough to be one'

beforeAll(async () => {
  login = await realLogin()
  login.setClock()
  keycloak = login.keycloak
  elsewhere = await testRealm(`http://localhost:${await freePort()}`, [login.sombor.tenant])
  real = await tokensOf(login.realm, login.publicUrl)
  const { keys } = (await (await fetch(`${issuer()}/protocol/openid-connect/certs`)).json()) as { keys: (JsonWebKey & { kid: string })[] }
  publicKey = keys.find(({ kid }) => kid === decodeProtectedHeader(real.id_token).kid)!
}, 300_000)

beforeEach(() => login.setClock())
afterEach(() => vi.restoreAllMocks())
afterAll(() => login?.close())

const issuer = (): string => `${login.realm.url}/realms/${login.realm.realm}`
const exchange = () => keycloak.exchange('a code', { nonce, verifier: 'x' })
const refused = (reason?: string) => ({ kind: 'not-allowed', code: 'sign-in-failed', ...(reason && { facts: { reason } }) })

/** A real login by hand, up to its tokens. */
async function tokensOf({ url, realm, clientSecret, password }: TestRealm, publicUrl: string): Promise<Tokens> {
  const [verifier, redirect_uri] = ['x'.repeat(50), `${publicUrl}/sign-in/callback`]
  const query = new URLSearchParams({
    client_id: 'salter-web', response_type: 'code', scope: 'openid', redirect_uri, state: 's', nonce, code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), acr_values: 'password',
  })
  const back = await new Visitor().signInUntil(`${url}/realms/${realm}/protocol/openid-connect/auth?${query}`, 'jovana.marinkovic', password, redirect_uri)
  const reply = await fetch(`${url}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', code: back.searchParams.get('code')!, redirect_uri, code_verifier: verifier,
      client_id: 'salter-web', client_secret: clientSecret,
    }),
  })
  return (await reply.json()) as Tokens
}

/** As if somebody sat between us and the token endpoint; the realm's keys still come from the realm. */
function tokenEndpointGives(tokens: Partial<Tokens>): void {
  const honest = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => (String(input).endsWith('/openid-connect/token')
    ? Promise.resolve(Response.json({ ...real, ...tokens }))
    : honest(input, init)))
}

/** The same token, signed by somebody else's key under the name of the realm's. */
async function signedByOther(token: string, change: JWTPayload = {}): Promise<string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return new SignJWT({ ...decodeJwt(token), ...change }).setProtectedHeader({ alg: 'RS256', kid: decodeProtectedHeader(token).kid! }).sign(privateKey)
}

/** RFC 8725, 2.1: the public key, which anybody has, taken for the secret of HS256. */
async function signedByPublicKey(token: string, change: JWTPayload = {}): Promise<string> {
  const secret = createPublicKey({ key: publicKey, format: 'jwk' }).export({ format: 'pem', type: 'spki' })
  return new SignJWT({ ...decodeJwt(token), ...change }).setProtectedHeader({ alg: 'HS256', kid: publicKey.kid as string }).sign(Buffer.from(secret))
}

test('the tokens of a real login are taken, so that what follows is refused for its own reason', async () => {
  tokenEndpointGives({})

  expect((await exchange()).claims).toMatchObject({ given_name: 'Јована', acr: 'password' })
})

test.each(['id_token', 'access_token'] as const)('an %s without a signature, by a wrong key or by a wrong algorithm signs nobody in', async (which) => {
  const forgeries = [
    new UnsecuredJWT(decodeJwt(real[which])).encode(),
    await signedByOther(real[which]),
    await signedByPublicKey(real[which]),
    // The signature of one content under another: who would like to be somebody else.
    real[which].split('.').map((part, at) => (at === 1 ? Buffer.from(JSON.stringify({ ...decodeJwt(real[which]), sub: 'another' })).toString('base64url') : part)).join('.'),
    'no token at all', '..', '',
  ]

  for (const forged of forgeries) {
    tokenEndpointGives({ [which]: forged })
    await expect(exchange(), forged.slice(0, 40)).rejects.toMatchObject(refused())
    vi.restoreAllMocks()
  }
})

test('tokens of another realm of the same Keycloak sign nobody in', async () => {
  tokenEndpointGives(await tokensOf(elsewhere, elsewhere.publicUrl))

  await expect(exchange()).rejects.toMatchObject(refused())
})

test('a token that the realm made for another client signs nobody in', async () => {
  const reply = await fetch(`${issuer()}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'salter-service', client_secret: login.realm.serviceSecret }),
  })
  const { access_token } = (await reply.json()) as Tokens
  tokenEndpointGives({ access_token })

  await expect(exchange()).rejects.toMatchObject(refused('ERR_JWT_CLAIM_VALIDATION_FAILED'))
})

test('a token that has expired signs nobody in', async () => {
  tokenEndpointGives({})
  login.clock().advanceTo(decodeJwt(real.access_token).exp! * 1000 + 6_000)

  await expect(exchange()).rejects.toMatchObject(refused('ERR_JWT_EXPIRED'))
})

test('the tokens of another login, with another nonce, sign nobody in', async () => {
  tokenEndpointGives({})

  await expect(keycloak.exchange('a code', { nonce: 'of another attempt', verifier: 'x' })).rejects.toMatchObject(refused('nonce'))
})

test('a forged notice of a logout ends nothing, whoever signed it and whatever real token it is made of', async () => {
  const visitor = await login.signedIn('jovana.marinkovic')
  const { sid, sub } = decodeJwt(real.id_token)
  const notice = { sid, sub, iat: Math.floor(Date.now() / 1000), events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, nonce: undefined }
  const forgeries = [
    new UnsecuredJWT({ ...decodeJwt(real.id_token), ...notice }).encode(),
    await signedByOther(real.id_token, notice),
    await signedByPublicKey(real.id_token, notice),
    real.id_token,
    (await tokensOf(elsewhere, elsewhere.publicUrl)).id_token,
    'no token at all', '',
  ]

  const answers = await Promise.all(forgeries.map(async (logout_token) =>
    (await fetch(`${login.publicUrl}/sign-in/back-channel`, { method: 'POST', body: new URLSearchParams({ logout_token }) })).status))

  expect(answers).toEqual(forgeries.map(() => 400))
  expect((await login.me(visitor)).signedIn).toBe(true)
})

test('an answer of Keycloak is good once: sent again it signs nobody in, with or without the cookie of its attempt', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${login.publicUrl}/sombor/sign-in`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
  const name = `salter_sign_in_${state.slice(0, 12)}`
  const attempt = visitor.cookie(name)!
  const callback = await visitor.signInUntil(asked.headers.get('location')!, 'jovana.marinkovic', login.realm.password, `${login.publicUrl}/sign-in/callback`)
  await visitor.open(callback.href)
  expect((await login.me(visitor)).signedIn).toBe(true)

  const thief = new Visitor()
  const without = await thief.open(callback.href)
  const cookie = `${name}=${attempt}`
  const withIt = await fetch(callback, { headers: { cookie }, redirect: 'manual' })

  expect(without.status).toBe(403)
  // Whose code Keycloak no longer takes begins again, once; who has no login there finds its page and nothing else.
  expect(withIt.status).toBe(302)
  expect(withIt.headers.get('location')).toContain('/protocol/openid-connect/auth')
  const atKeycloak = await fetch(withIt.headers.get('location')!, { redirect: 'manual' })
  expect(await atKeycloak.text()).toContain('id="password"')
  expect(withIt.headers.getSetCookie().join()).not.toMatch(/salter_sombor=\w/)
})

test('who changes the level asked for on the way is not let in by less', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${login.publicUrl}/sombor/sign-in?level=e-signature`)
  const lowered = new URL(asked.headers.get('location')!)
  lowered.searchParams.set('acr_values', 'password')

  const page = await visitor.signIn(lowered.href, 'jovana.marinkovic', login.realm.password)

  expect(page.status).toBe(401)
  expect((await login.me(visitor)).signedIn).toBe(false)
})

test('a cookie that was altered, sealed by another, or set before the login opens nothing', async () => {
  const visitor = await login.signedIn('jovana.marinkovic')
  const cookie = visitor.cookie('salter_sombor')!
  const turned = (at: number): string => cookie.slice(0, at) + (cookie[at] === 'A' ? 'B' : 'A') + cookie.slice(at + 1)
  const altered = [turned(0), turned(20), cookie.slice(1), `${cookie}A`, cookie.toLowerCase(), `${cookie}%00`, `${cookie}' OR 1=1`, 'x'.repeat(5000)]
  const meWith = async (value: string): Promise<boolean> => {
    const reply = await fetch(`${login.publicUrl}/api/sombor/me`, { headers: { cookie: `salter_sombor=${value}` } })
    return ((await reply.json()) as { signedIn: boolean }).signedIn
  }

  expect(await meWith(cookie)).toBe(true)
  for (const value of altered) expect(await meWith(value), value.slice(0, 60)).toBe(false)
  // Of another town, by its name.
  const other = await fetch(`${login.publicUrl}/api/stara-zagora/me`, { headers: { cookie: `salter_stara-zagora=${cookie}` } })
  expect(((await other.json()) as { signedIn: boolean }).signedIn).toBe(false)
})

test('a session does not take over a cookie that was there before it', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${login.publicUrl}/sombor/sign-in`, { headers: {} })
  const callback = await visitor.signInUntil(asked.headers.get('location')!, 'jovana.marinkovic', login.realm.password, `${login.publicUrl}/sign-in/callback`)
  const planted = 'planted-by-somebody-else-before-the-login-00'
  const state = callback.searchParams.get('state')!
  const own = `salter_sign_in_${state.slice(0, 12)}=${visitor.cookie(`salter_sign_in_${state.slice(0, 12)}`)}`

  const reply = await fetch(callback, { headers: { cookie: `${own}; salter_sombor=${planted}` }, redirect: 'manual' })

  expect(reply.headers.getSetCookie().find((each) => each.startsWith('salter_sombor='))).not.toContain(planted)
  const rows = await login.sombor.contextFor(anonymous).db.transaction((trx) =>
    trx('sessions').where({ id_hash: createHash('sha256').update(planted).digest() }))
  expect(rows).toEqual([])
})

test('the attempt’s cookie, altered, is no attempt', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${login.publicUrl}/sombor/sign-in?return=/sombor/my`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
  const name = `salter_sign_in_${state.slice(0, 12)}`
  const sealed = Buffer.from(visitor.cookie(name)!, 'base64url')
  const flip = (at: number): string => Buffer.from(sealed.map((byte, index) => (index === at ? byte ^ 1 : byte))).toString('base64url')

  for (const value of [flip(0), flip(20), flip(sealed.length - 1), sealed.subarray(0, 20).toString('base64url'), '', 'not sealed']) {
    const reply = await fetch(`${login.publicUrl}/sign-in/callback?state=${state}&error=access_denied`, { headers: { cookie: `${name}=${value}` }, redirect: 'manual' })
    expect(reply.status, value.slice(0, 20)).toBe(403)
  }
})

test('a Keycloak that sends us somebody else’s description of itself is not asked: the issuer is ours by configuration', async () => {
  const other = connectKeycloak({ ...keycloakSettings(elsewhere), KEYCLOAK_REALM: login.realm.realm, KEYCLOAK_URL: 'http://127.0.0.1:9' }, login.clock())

  await expect(other.exchange('a code', { nonce, verifier: 'x' })).rejects.toMatchObject({ system: 'keycloak' })
})
