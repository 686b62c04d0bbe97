import { spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Municipality } from '../../server/zeebe/municipality.ts'
import { prepareRealm, type RealmOptions } from '../../server/launch/realm.ts'

export interface TestKeycloak {
  /** Without a slash at the end. */
  url: string
  realm: string
  clientSecret: string
  serviceSecret: string
  /** Keycloak's own administrator, of the master realm. */
  admin: { username: string; password: string }
  /** In which the certificate door hands a certificate over. */
  certificateHeader: string
  /** What Keycloak has printed. */
  logFile: string
  /** Of the client by which the door makes accounts. */
  doorSecret: string
  /** Password of every demo person. */
  password: string
}

export interface TestRealm extends TestKeycloak {
  /** Where this realm's login comes back to. */
  publicUrl: string
}

/**
 * The one real Keycloak of this test run, with the realm `salter` and the demo people.
 * The first who asks has it started (about 25 s); it ends with the run. Its login comes back to http://localhost:8080.
 */
export async function testKeycloak(): Promise<TestKeycloak> {
  // Test files are children of the run's own process: its id names the run.
  const run = process.ppid
  const folder = join(tmpdir(), `salter-tests-keycloak-${run}`)
  const first = await mkdir(folder).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    return false
  })
  if (first) {
    const args = ['--import', 'tsx', join(import.meta.dirname, 'keycloakServer.ts'), folder, String(run), inject('postgresUrl')]
    spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref()
  }
  const started = Date.now()
  while (Date.now() - started < 240_000) {
    const told = await readFile(join(folder, 'keycloak.json'), 'utf8').catch(() => undefined)
    if (told) return readAnswer(told)
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error(`Expected Keycloak to start within 4 minutes, so read ${join(folder, 'keycloak.log')}`)
}

/** A realm of one's own in that Keycloak, for a server that runs at `publicUrl`. */
export async function testRealm(publicUrl: string, municipalities: readonly Municipality[], more: Partial<RealmOptions> = {}): Promise<TestRealm> {
  const keycloak = await testKeycloak()
  const realm = `salter-${new URL(publicUrl).port}`
  const { url, admin, clientSecret, serviceSecret, doorSecret, password } = keycloak
  await prepareRealm({
    url, realm, admin, publicUrl, clientSecret, serviceSecret, municipalities, demoPassword: password, ...(more.doorUrl && { doorSecret }), ...more,
  })
  return { ...keycloak, realm, publicUrl }
}

function readAnswer(told: string): TestKeycloak {
  const answer = JSON.parse(told) as TestKeycloak | { fault: string }
  if ('fault' in answer) throw new Error(answer.fault)
  return answer
}
