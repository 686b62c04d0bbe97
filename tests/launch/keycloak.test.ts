import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { loginLocale } from '../../server/identity/loginLocale.ts'
import { prepareRealm } from '../../server/launch/realm.ts'
import { Visitor } from '../../server/launch/visitor.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { testKeycloak, type TestKeycloak } from '../support/keycloak.ts'

test('a citizen who signs in brings number, phone and address, known by password', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()

  const { access } = await tokensFor(keycloak, 'jovana.marinkovic')

  expect(access).toMatchObject({
    iss: `${keycloak.url}/realms/salter`,
    aud: 'salter-web',
    acr: 'password',
    personal_number: '2307990855035',
    phone_number: '+381601110001',
    address: { formatted: expect.stringContaining('Сомбор') },
    realm_access: { roles: ['citizen'] },
  })
  expect(access.exp! - access.iat!).toBe(60)
  expect(access).not.toHaveProperty('groups')
})

test('a clerk who signs in brings the town and the unit', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()

  const { access } = await tokensFor(keycloak, 'ana.kovac')

  expect(access.groups).toEqual(['/sombor/registry'])
  expect((access.realm_access as { roles: string[] }).roles.sort()).toEqual(['case-clerk', 'registrar'])
})

test('the login page speaks each of the six languages', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()
  const words = {
    'sr-Latn': 'Prijavite se', 'sr-Cyrl': 'Пријавите се', bg: 'Вход', ro: 'Autentificare', hu: 'Bejelentkezés', en: 'Sign in',
  }

  const pages = await Promise.all(Object.keys(words).map(async (language) => (await new Visitor().open(loginUrl(keycloak, 'x', language))).text))

  for (const [index, [language, word]] of Object.entries(words).entries()) {
    expect(pages[index]).toContain(`lang="${language}"`)
    expect(pages[index]).toContain(word)
  }
})

test('the steps of the realm may be repeated', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()
  const municipalities = await readMunicipalities('processes')
  const options = { ...keycloak, realm: 'twice', publicUrl: 'http://localhost:8080', municipalities, demoPassword: keycloak.password }

  await prepareRealm(options)
  await prepareRealm(options)

  const { access } = await tokensFor({ ...keycloak, realm: 'twice' }, 'florina.mocanu')
  expect(access.groups).toEqual(['/caras-severin/citizen-service'])
})

test('a wrong password is not let in', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()

  const attempt = new Visitor().signIn(loginUrl(keycloak, 'x', 'en'), 'marko.ilic', 'not this one')

  await expect(attempt).rejects.toThrow('marko.ilic')
})

function loginUrl({ url, realm }: TestKeycloak, challenge: string, language = 'en'): string {
  const verified = createHash('sha256').update(challenge).digest('base64url')
  const query = new URLSearchParams({
    response_type: 'code', client_id: 'salter-web', redirect_uri: 'http://localhost:8080/sign-in/callback', scope: 'openid',
    state: 'state', nonce: 'nonce', code_challenge: verified, code_challenge_method: 'S256', acr_values: 'password', ui_locales: loginLocale(language),
  })
  return `${url}/realms/${realm}/protocol/openid-connect/auth?${query.toString()}`
}

/** Walks the login by hand, up to the redirect that a server would receive, and changes the code for tokens. */
async function tokensFor(keycloak: TestKeycloak, username: string): Promise<{ access: ReturnType<typeof decodeJwt> }> {
  const verifier = randomBytes(32).toString('base64url')
  const code = await new Visitor().signInUntil(loginUrl(keycloak, verifier), username, keycloak.password, 'http://localhost:8080/')
  const reply = await fetch(`${keycloak.url}/realms/${keycloak.realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', code: code.searchParams.get('code') ?? '', redirect_uri: 'http://localhost:8080/sign-in/callback',
      client_id: 'salter-web', client_secret: keycloak.clientSecret, code_verifier: verifier,
    }),
  })
  const tokens = (await reply.json()) as { access_token: string }
  return { access: decodeJwt(tokens.access_token) }
}
