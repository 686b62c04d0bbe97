import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../server/base/config.ts'
import { openCertificateDoor, type HouseOfDoor } from '../../server/http/certificateDoor/index.ts'
import type { DemoAuthority, PersonCertificate } from '../../server/launch/demoAuthority/authority.ts'
import { makeDoorCertificate } from '../../server/launch/demoAuthority/demoCertificates.ts'
import { pemOf, type KeyPair } from '../../server/launch/demoAuthority/makeCertificate.ts'
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

type DoorRealm = Pick<TestRealm, 'certificateHeader' | 'doorSecret'>

/** The door's lines of the settings, its files written below `folder`. */
export async function doorSettings(
  { port, realm, authorities, folder }: Pick<DoorWish, 'port' | 'authorities'> & { realm: DoorRealm; folder: string },
): Promise<Record<string, string>> {
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const own = makeDoorCertificate(Date.now())
  const trust = await Promise.all(authorities.map(async ({ country, root, issuing }) =>
    `${country}=${await file(`${country}.pem`, pemOf(root.certificate) + pemOf(issuing.certificate))}`))
  return {
    CERTIFICATE_DOOR_PORT: String(port),
    CERTIFICATE_DOOR_URL: `https://localhost:${port}`,
    CERTIFICATE_DOOR_TLS_CERTIFICATE: await file('door.pem', pemOf(own.certificate)),
    CERTIFICATE_DOOR_TLS_KEY: await file('door-key.pem', keyPem(own)),
    CERTIFICATE_DOOR_TRUST: trust.join(','),
    CERTIFICATE_DOOR_HEADER: realm.certificateHeader,
    KEYCLOAK_DOOR_SECRET: realm.doorSecret,
  }
}

/** The certificate door as it is configured in production, its files in a folder of its own. */
export async function testDoor({ port, realm, authorities, house, limits }: DoorWish): Promise<TestDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-door-'))
  const config = readConfig({
    ...(await doorSettings({ port, realm, authorities, folder })),
    KEYCLOAK_URL: realm.url,
    KEYCLOAK_REALM: realm.realm,
    PUBLIC_URL: realm.publicUrl,
    // The rest of the product's settings, which the door does not look at.
    DATABASE_URL: 'postgres://nobody@localhost/none', ZEEBE_ADDRESS: 'localhost:1', SMTP_URL: 'smtp://localhost', PORT: '1',
    FILES_DIR: folder,
    KEYCLOAK_CLIENT_SECRET: 'not looked at by the door', KEYCLOAK_SERVICE_SECRET: 'not looked at by the door',
    SECRET_KEY: 'not looked at by the door, which is given its keys',
  })
  const door = await openCertificateDoor(config, house, limits ?? { visits: 10_000, refusals: 10_000 })
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
    key: Buffer.from(keyPem(keys)),
  }
}

function keyPem({ privateKey }: Pick<KeyPair, 'privateKey'>): string {
  return String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
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
