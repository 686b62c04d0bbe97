import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonCertificate } from '../../server/launch/demoAuthority/authority.ts'
import { serialOf, testAuthority, type TestAuthority } from '../support/authority.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { shownBy } from '../support/door.ts'
import { startSystem, type System } from '../support/system.ts'

const day = 86_400_000
let system: System
let browser: Browser
let authority: TestAuthority
let stranger: TestAuthority

beforeAll(async () => {
  const startsAt = Date.now()
  ;[authority, stranger, browser] = await Promise.all([testAuthority({ startsAt }), testAuthority({ startsAt }), openBrowser()])
  system = await startSystem({ authorities: [authority.authority] })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
  await Promise.all([authority?.close(), stranger?.close()])
})

test('a citizen who was never at the counter signs in with a certificate and is known', { timeout: 60_000 }, async () => {
  const certificate = authority.issue({}, { givenName: 'Лена', familyName: 'Нова', personalNumber: '0101990360007' })
  const visitor = await withCertificate(certificate)
  const { page } = visitor

  await page.goto(`${system.url}/sombor/sign-in?language=sr-Latn&return=/sombor/requests`)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Prijavi se e-potpisom' }).click()
  await page.waitForURL(`${system.url}/sombor/requests`)

  expect(await meOf(visitor)).toMatchObject({ signedIn: true, level: 'e-signature', name: 'Лена Нова' })
  await visitor.close()
})

test('whoever is signed in by password steps up in place, and comes back to where they were', { timeout: 60_000 }, async () => {
  const visitor = await withCertificate(authority.issue())
  const { page } = visitor
  await page.goto(`${system.url}/sombor/sign-in?language=sr-Latn`)
  await signInAs(page, 'jovana.marinkovic')
  expect(await meOf(visitor)).toMatchObject({ level: 'password' })

  await page.goto(`${system.url}/sombor/sign-in?level=e-signature&return=/sombor/services`)

  expect(new URL(page.url()).pathname).toBe('/sombor/services')
  expect(await meOf(visitor)).toMatchObject({ level: 'e-signature', name: 'Јована Маринковић' })
  await visitor.close()
})

test('an expired, a revoked or an unknown certificate is refused in the reader’s language', { timeout: 120_000 }, async () => {
  const revoked = authority.issue()
  authority.revocation.revoke(serialOf(revoked))
  const cases: [PersonCertificate, string, string][] = [
    [authority.issue({ notBefore: Date.now() - 9 * day, notAfter: Date.now() - day }), 'Sertifikat je istekao', 'A tanúsítvány lejárt'],
    [revoked, 'Sertifikat je opozvan', 'A tanúsítványt visszavonták'],
    [stranger.issue(), 'Izdavalac sertifikata nije na listi', 'A tanúsítvány kibocsátója nincs a listán'],
  ]
  for (const [certificate, serbian, hungarian] of cases) {
    const visitor = await withCertificate(certificate)
    const { page } = visitor
    await page.goto(`${system.url}/sombor/sign-in?language=sr-Latn`)
    await page.getByRole('link', { name: 'Prijavi se e-potpisom' }).click()
    await page.getByRole('heading', { name: serbian }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Magyar' }).click()
    await page.getByRole('heading', { name: hungarian }).waitFor()

    // the way by password is still open, with the login that was under way
    await page.getByRole('link', { name: 'Belépés jelszóval' }).click()
    await signInAs(page, 'jovana.marinkovic')

    expect(await meOf(visitor)).toMatchObject({ signedIn: true, level: 'password' })
    await visitor.close()
  }
})

test('another person’s certificate does not raise the level of whoever is signed in', { timeout: 60_000 }, async () => {
  const visitor = await withCertificate(authority.issue({}, { givenName: 'Ана', familyName: 'Туђа', personalNumber: '2902000810011' }))
  const { page } = visitor
  await page.goto(`${system.url}/sombor/sign-in?language=sr-Cyrl`)
  await signInAs(page, 'jovana.marinkovic')

  await page.goto(`${system.url}/sombor/sign-in?level=e-signature&language=sr-Cyrl`)
  await page.getByRole('heading', { name: 'Сертификат припада другој особи' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Назад на портал' }).click()
  await page.waitForURL(`${system.url}/sombor/`)

  expect(await meOf(visitor)).toMatchObject({ level: 'password', name: 'Јована Маринковић' })
  await visitor.close()
})

test('a browser without a certificate is told what to do', { timeout: 60_000 }, async () => {
  const visitor = await newVisitor(browser, { dark: true, more: { ignoreHTTPSErrors: true } })
  const { page } = visitor

  await page.goto(`${system.url}/sombor/sign-in?level=e-signature&language=ro`)

  await page.getByRole('heading', { name: 'Nu a fost prezentat niciun certificat' }).waitFor()
  await expectAccessible(page)
  await visitor.close()
})

/** A browser that holds this certificate and shows it at the door, as a person would choose it. */
function withCertificate(certificate: PersonCertificate): Promise<Visitor> {
  const clientCertificates = [{ origin: system.doorUrl, ...shownBy(certificate) }]
  return newVisitor(browser, { more: { ignoreHTTPSErrors: true, clientCertificates } })
}

async function meOf({ page }: Visitor): Promise<unknown> {
  return (await page.request.get(`${system.url}/api/sombor/me`)).json()
}
