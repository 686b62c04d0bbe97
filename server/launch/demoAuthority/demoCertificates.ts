/**
 * The demo's own authorities, one a country, and certificates of its invented citizens, kept in the data folder: made once, so that
 * a certificate that was imported into a browser stays good. SIMULATED: no state stands behind them.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GeneralName, GeneralNames } from 'pkijs'
import { readCertificate } from '../../identity/certificates/index.ts'
import type { Country } from '../../rules/identifiers/index.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { demoPassword } from '../demoPassword.ts'
import { issueTo, makeAuthority, type DemoAuthority, type Person, type PersonCertificate } from './authority.ts'
import { extension, keysFrom, makeCertificate, makeKeys, nameIds, pemOf, type Issuer } from './makeCertificate.ts'
import { toPkcs12 } from './toPkcs12.ts'

export interface DemoCertificates {
  authorities: readonly DemoAuthority[]
  /** Serial numbers of certificates that are revoked. */
  revoked: readonly string[]
  /** For the setting CERTIFICATE_DOOR_TRUST. */
  trust: string
  /** PEM files of the door's own certificate and key. */
  door: { certificate: string; key: string }
  /** Where the .p12 files of the citizens lie. */
  folder: string
}

const day = 86_400_000
/** One year before the end a new set is made: the citizens' certificates live for two. */
const renewMs = 365 * day

/** Makes or reads everything; `authorityUrl` is where the simulated responder and lists answer. */
export async function keepDemoCertificates(
  folder: string, municipalities: readonly Municipality[], authorityUrl: string, nowMs: number,
): Promise<DemoCertificates> {
  const citizens = municipalities.flatMap(({ country, people }) => people.flatMap((person) =>
    person.roles.includes('citizen') && person.personalNumber ? [citizenOf(country, person, person.personalNumber)] : []))
  const wanted = JSON.stringify({ authorityUrl, citizens })
  const kept = await readKept(folder)
  if (kept?.wanted !== wanted || kept.madeAtMs + renewMs < nowMs) await makeAnew(folder, wanted, citizens, authorityUrl, nowMs)
  const { revoked, countries } = (await readKept(folder))!
  return {
    authorities: await Promise.all(countries.map(async (country) => ({
      country, root: await readIssuer(folder, `${country}-root`), issuing: await readIssuer(folder, `${country}-issuing`),
      urls: urlsOf(authorityUrl, country),
    }))),
    revoked,
    trust: countries.map((country) => `${country}=${join(folder, `${country}-trust.pem`)}`).join(','),
    door: { certificate: join(folder, 'door.pem'), key: join(folder, 'door-key.pem') },
    folder,
  }
}

interface Kept {
  /** What it was made for. */
  wanted: string
  madeAtMs: number
  revoked: string[]
  countries: Country[]
}

type Citizen = Person & { country: Country; username: string }

async function makeAnew(folder: string, wanted: string, citizens: readonly Citizen[], authorityUrl: string, nowMs: number): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const countries = [...new Set(citizens.map(({ country }) => country))]
  const revoked: string[] = []
  for (const country of countries) {
    const authority = makeAuthority(country, urlsOf(authorityUrl, country), nowMs)
    await keepIssuer(folder, `${country}-root`, authority.root)
    await keepIssuer(folder, `${country}-issuing`, authority.issuing)
    await write(folder, `${country}-trust.pem`, pemOf(authority.root.certificate) + pemOf(authority.issuing.certificate))
    const people = citizens.filter((each) => each.country === country)
    for (const person of people) await keepP12(folder, person.username, issueTo(authority, person, nowMs), authority)
    const [first] = people
    const expired = issueTo(authority, first!, nowMs, { notBefore: nowMs - 800 * day, notAfter: nowMs - 70 * day })
    const lost = issueTo(authority, first!, nowMs)
    revoked.push(readCertificate(lost.certificate)!.serial)
    await keepP12(folder, `${first!.username}-expired`, expired, authority)
    await keepP12(folder, `${first!.username}-revoked`, lost, authority)
  }
  await keepIssuer(folder, 'door', makeDoorCertificate(nowMs))
  await write(folder, 'kept.json', JSON.stringify({ wanted, madeAtMs: nowMs, revoked, countries } satisfies Kept))
}

function citizenOf(
  country: Country, { username, givenName, familyName }: Omit<Citizen, 'country' | 'personalNumber'>, number: string,
): Citizen {
  return { country, username, givenName, familyName, personalNumber: number }
}

function urlsOf(authorityUrl: string, country: Country): DemoAuthority['urls'] {
  return { ocsp: `${authorityUrl}/${country}/ocsp`, crl: `${authorityUrl}/${country}/crl` }
}

/** The door's own certificate, for this machine only: browsers warn of it, since nobody they know has signed it. */
export function makeDoorCertificate(nowMs: number): Issuer {
  const keys = makeKeys()
  const names = new GeneralNames({ names: [new GeneralName({ type: 2, value: 'localhost' })] })
  const certificate = makeCertificate({
    subject: [[nameIds.commonName, 'Šalter demo: localhost']], keys, notBefore: nowMs - day, notAfter: nowMs + 800 * day,
    keyUsage: ['digitalSignature'], purposes: ['1.3.6.1.5.5.7.3.1'], extensions: [extension('2.5.29.17', names.toSchema())],
  })
  return { ...keys, certificate }
}

async function keepP12(folder: string, name: string, certificate: PersonCertificate, { root, issuing }: DemoAuthority): Promise<void> {
  const file = await toPkcs12(certificate, [issuing.certificate, root.certificate], { name: `${name} (demo)`, password: demoPassword })
  await write(folder, `${name}.p12`, file)
}

async function keepIssuer(folder: string, name: string, { certificate, privateKey }: Issuer): Promise<void> {
  await write(folder, `${name}.pem`, pemOf(certificate))
  await write(folder, `${name}-key.pem`, String(privateKey.export({ format: 'pem', type: 'pkcs8' })))
}

async function readIssuer(folder: string, name: string): Promise<Issuer> {
  const pem = await readFile(join(folder, `${name}.pem`), 'utf8')
  const certificate = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
  return { ...keysFrom(await readFile(join(folder, `${name}-key.pem`))), certificate }
}

async function readKept(folder: string): Promise<Kept | undefined> {
  const text = await readFile(join(folder, 'kept.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  return text === undefined ? undefined : (JSON.parse(text) as Kept)
}

async function write(folder: string, name: string, content: string | Buffer): Promise<void> {
  await writeFile(join(folder, name), content, { mode: 0o600 })
}
