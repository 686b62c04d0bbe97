import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkCertificate, overHttp, readPem } from '../../server/identity/certificates/index.ts'
import { issueTo } from '../../server/launch/demoAuthority/authority.ts'
import { keepDemoCertificates } from '../../server/launch/demoAuthority/demoCertificates.ts'
import { startRevocationServer } from '../../server/launch/demoAuthority/revocationServer.ts'
import { MovableClock } from '../../server/base/clock.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { jovana } from '../support/authority.ts'

let folder: string
const clock = new MovableClock()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-demo-certificates-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('each demo citizen has a certificate that a browser can import, and it is made only once', async () => {
  const municipalities = await readMunicipalities('processes')

  const first = await keepDemoCertificates(folder, municipalities, 'http://127.0.0.1:18008', clock.now())
  const file = await readFile(join(folder, 'jovana.marinkovic.p12'))
  const second = await keepDemoCertificates(folder, municipalities, 'http://127.0.0.1:18008', clock.now())
  const other = await keepDemoCertificates(folder, municipalities, 'http://127.0.0.1:18108', clock.now())

  expect(() => createSecureContext({ pfx: file, passphrase: 'salter-demo' })).not.toThrow()
  expect(() => createSecureContext({ pfx: file, passphrase: 'another' })).toThrow()
  expect(second.authorities.map(({ root }) => root.certificate)).toEqual(first.authorities.map(({ root }) => root.certificate))
  // Certificates name where they are asked about, so another port needs others.
  expect(other.authorities[0]!.root.certificate.equals(first.authorities[0]!.root.certificate)).toBe(false)
  expect(first.authorities.map(({ country }) => country).sort()).toEqual(['bg', 'ro', 'rs'])
})

test('a demo authority that was kept still issues and answers', async () => {
  const revocation = await startRevocationServer({ clock })
  const municipalities = await readMunicipalities('processes')
  await keepDemoCertificates(folder, municipalities, revocation.url, clock.now())
  const kept = await keepDemoCertificates(folder, municipalities, revocation.url, clock.now())
  revocation.serve(...kept.authorities)
  const authority = kept.authorities.find(({ country }) => country === 'rs')!

  const verdict = await checkCertificate({
    leaf: issueTo(authority, jovana, clock.now()).certificate,
    trust: readPem(await readFile(join(folder, 'rs-trust.pem'), 'utf8')),
    at: clock.now(),
    usage: 'login',
    revocation: { fetcher: overHttp() },
  })
  await revocation.close()

  expect(verdict).toMatchObject({ ok: true, proofs: [{ source: 'ocsp' }] })
})
