import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCertificateDoor, type HouseOfDoor } from '../../server/http/certificateDoor/index.ts'
import type { DemoAuthority, PersonCertificate } from '../../server/launch/demoAuthority/authority.ts'
import { pemOf } from '../../server/launch/demoAuthority/makeCertificate.ts'
import { testCertificate } from './certificate.ts'
import type { TestRealm } from './keycloak.ts'

export interface TestDoor {
  close(): Promise<void>
}

export interface DoorWish {
  /** Reserved before, because the realm is told of it. */
  port: number
  realm: Pick<TestRealm, 'url' | 'realm' | 'publicUrl' | 'certificateHeader' | 'doorSecret'>
  authorities: readonly DemoAuthority[]
  house: HouseOfDoor
  limits?: { visits: number; refusals: number }
}

/** The certificate door as it is configured in production, its files in a folder of its own. */
export async function testDoor({ port, realm, authorities, house, limits }: DoorWish): Promise<TestDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-door-'))
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const own = testCertificate()
  const trust = await Promise.all(authorities.map(async ({ country, root, issuing }) =>
    [country, await file(`${country}.pem`, pemOf(root.certificate) + pemOf(issuing.certificate))] as const))
  const door = await openCertificateDoor({
    HOST: '127.0.0.1',
    KEYCLOAK_URL: realm.url,
    KEYCLOAK_REALM: realm.realm,
    PUBLIC_URL: realm.publicUrl,
    CERTIFICATE_DOOR_PORT: port,
    CERTIFICATE_DOOR_TLS_CERTIFICATE: await file('door.pem', own.certificate),
    CERTIFICATE_DOOR_TLS_KEY: await file('door-key.pem', own.key),
    CERTIFICATE_DOOR_TRUST: Object.fromEntries(trust),
    CERTIFICATE_DOOR_HEADER: realm.certificateHeader,
    KEYCLOAK_DOOR_SECRET: realm.doorSecret,
  }, house, limits ?? { visits: 10_000, refusals: 10_000 })
  return {
    async close() {
      await door!.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** PEM of a person's certificate (with what a browser sends along) and its key, as a browser holds them. */
export function shownBy({ certificate, keys }: PersonCertificate, ...along: Buffer[]): { cert: Buffer; key: Buffer } {
  return {
    cert: Buffer.from([certificate, ...along].map((der) => pemOf(der)).join('')),
    key: Buffer.from(keys.privateKey.export({ format: 'pem', type: 'pkcs8' })),
  }
}

/** Asks as a browser that shows a certificate wherever TLS asks for one. Redirects are not followed. */
export function showing(held: { cert: Buffer; key: Buffer } | undefined): (url: URL, init: RequestInit) => Promise<Response> {
  return (url, init) => {
    if (url.protocol !== 'https:') return fetch(url, init)
    return new Promise((resolve, reject) => {
      const headers = Object.fromEntries(new Headers(init.headers))
      // The door's certificate is made for the test; what is tested is what the door thinks of ours.
      const ask = request(url, { method: init.method ?? 'GET', headers, ...held, rejectUnauthorized: false, agent: false }, (reply) => {
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.on('error', reject)
        reply.on('end', () => {
          const answered = new Headers()
          for (let at = 0; at < reply.rawHeaders.length; at += 2) answered.append(reply.rawHeaders[at]!, reply.rawHeaders[at + 1]!)
          resolve(new Response(Buffer.concat(parts), { status: reply.statusCode ?? 0, headers: answered }))
        })
      })
      ask.on('error', reject)
      ask.end()
    })
  }
}
