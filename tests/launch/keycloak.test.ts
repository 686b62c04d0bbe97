import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { startMailRelay } from '../../server/channels/email/simulator.ts'
import { loginLocale } from '../../server/identity/loginLocale.ts'
import { prepareRealm } from '../../server/launch/realm.ts'
import { Visitor } from '../../server/launch/visitor.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
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

test('the login page can be used by everyone, also after a wrong password, on a phone in the dark', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()
  const browser = await openBrowser()
  const { page, close } = await newVisitor(browser, { width: 360, dark: true })

  await page.goto(loginUrl(keycloak, 'x', 'sr-Latn'))
  await expectAccessible(page)
  await page.locator('#username').fill('erzsebet.toth')
  await page.locator('#password').fill('not this one')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()

  expect(await page.getByRole('alert').textContent()).toContain('nisu tačni')
  expect(await page.locator('#password').getAttribute('aria-describedby')).toBe('input-error')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Magyar' }).click()
  await page.getByRole('heading', { name: 'Bejelentkezés' }).waitFor()
  await page.getByRole('link', { name: 'Elfelejtett jelszó' }).click()
  await page.getByRole('heading', { name: 'Új jelszó' }).waitFor()
  await expectAccessible(page)
  await close()
  await browser.close()
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

test('a forgotten password is set anew by a letter in the language of the page', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()
  const relay = await startMailRelay({ port: 0 })
  const smtp = { url: `smtp://127.0.0.1:${relay.port}`, from: 'salter@sombor.example' }
  const municipalities = await readMunicipalities('processes')
  const options = { ...keycloak, realm: 'letters', publicUrl: 'http://localhost:8080', municipalities, demoPassword: keycloak.password, smtp }
  await prepareRealm(options)
  const browser = await openBrowser()
  const { page, close } = await newVisitor(browser)

  await page.goto(loginUrl(options, 'x', 'sr-Latn'))
  await page.getByRole('link', { name: 'Zaboravljena lozinka' }).click()
  await page.locator('#username').fill('marko.ilic')
  await page.getByRole('button', { name: 'Pošalji' }).click()
  await page.getByRole('status').filter({ hasText: 'stiže za koji minut' }).waitFor()
  await expect.poll(() => relay.mails().length).toBe(1)
  const [letter] = relay.mails()
  const [link] = /http\S+/.exec(letter!.text) ?? []

  expect(letter).toMatchObject({ to: ['marko.ilic@primer.example'], subject: 'Nova lozinka' })
  await page.goto(link!)
  await page.locator('#password-new').fill('sasvim druga lozinka')
  await page.locator('#password-confirm').fill('sasvim druga lozinka')
  await expectAccessible(page)
  await page.route('http://localhost:8080/**', (route) => route.fulfill({ body: 'back at the portal' }))
  await page.getByRole('button', { name: 'Pošalji' }).click()
  // Whoever reads a person's mail is not let in by it: the letter changes the password, the login comes after.
  await page.locator('#password-new').waitFor({ state: 'detached' })
  await page.locator('h1').waitFor()
  expect(page.url()).toContain('/realms/letters/')
  expect(await page.getByText('back at the portal').count()).toBe(0)
  await expectAccessible(page)

  const place = 'http://localhost:8080/'
  await new Visitor().signInUntil(loginUrl(options, 'x'), 'marko.ilic', 'sasvim druga lozinka', place)
  await expect(new Visitor().signInUntil(loginUrl(options, 'x'), 'marko.ilic', keycloak.password, place)).rejects.toThrow('marko.ilic')
  await close()
  await browser.close()
  await relay.close()
})

test('a wrong password is not let in', { timeout: 240_000 }, async () => {
  const keycloak = await testKeycloak()

  const attempt = new Visitor().signIn(loginUrl(keycloak, 'x', 'en'), 'marko.ilic', 'not this one')

  await expect(attempt).rejects.toThrow('marko.ilic')
})

function loginUrl({ url, realm }: Pick<TestKeycloak, 'url' | 'realm'>, challenge: string, language = 'en'): string {
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
