/**
 * Runs Keycloak for one test run and ends when that run is gone, however it ended.
 * A process of its own, because vitest gives no way to start something only when the first test asks for it.
 * Arguments: a folder to tell in, the run's process id, the superuser's address of the run's PostgreSQL.
 */
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDatabases } from '../../server/db/prepare.ts'
import { drawHeaderName, ensureKeycloak, startKeycloak, type RunningKeycloak } from '../../server/launch/keycloak.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { prepareRealm } from '../../server/launch/realm.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import type { TestKeycloak } from './keycloak.ts'

const root = join(import.meta.dirname, '..', '..')
const [folder, run, postgresUrl] = process.argv.slice(2)
if (!folder || !run || !postgresUrl) throw new Error('Expected a folder, a process id and the address of PostgreSQL')

try {
  const keycloak = await start(folder, postgresUrl)
  while (isAlive(Number(run))) await Promise.race([keycloak.ended, new Promise((wait) => setTimeout(wait, 1000))])
  await keycloak.stop()
  await rm(folder, { recursive: true, force: true })
} catch (error) {
  await tell(folder, { fault: `Expected Keycloak to start for the tests, but: ${error instanceof Error ? error.message : String(error)}` })
  while (isAlive(Number(run))) await new Promise((wait) => setTimeout(wait, 1000))
  await rm(folder, { recursive: true, force: true })
}

async function start(told: string, superUrl: string): Promise<RunningKeycloak> {
  const home = await ensureKeycloak(join(root, '.data', 'parts'))
  const { keycloak: databaseUrl } = await prepareDatabases(superUrl, { ownerPassword: 'tests', appPassword: 'tests', keycloakPassword: 'tests' }, 'salter_tests')
  const port = await freePort()
  const answer: TestKeycloak = {
    url: `http://localhost:${port}`,
    realm: 'salter',
    clientSecret: 'a secret for tests, nothing else',
    serviceSecret: 'another secret for tests, no more',
    admin: { username: 'salter-admin', password: 'salter-tests' },
    password: 'salter-demo',
    certificateHeader: drawHeaderName(),
    logFile: join(told, 'keycloak.log'),
    doorSecret: 'a third secret for tests, for the door',
  }
  const keycloak = await startKeycloak({
    home, port, publicUrl: answer.url, databaseUrl, admin: answer.admin, certificateHeader: answer.certificateHeader,
    themeDir: join(told, 'theme'), logFile: answer.logFile,
  })
  await prepareRealm({
    ...answer,
    publicUrl: 'http://localhost:8080',
    // Nobody listens there: mail is not what these tests are about, but the link for a new password is shown.
    smtp: { url: 'smtp://127.0.0.1:9', from: 'salter@sombor.example' },
    municipalities: await readMunicipalities(join(root, 'processes')),
    demoPassword: answer.password,
  })
  await tell(told, answer)
  return keycloak
}

/** Appears under its name only when it is whole. */
async function tell(where: string, answer: TestKeycloak | { fault: string }): Promise<void> {
  await writeFile(join(where, 'keycloak.json.part'), JSON.stringify(answer), { mode: 0o600 })
  await rename(join(where, 'keycloak.json.part'), join(where, 'keycloak.json'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // no such process
  }
}
