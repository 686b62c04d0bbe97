/**
 * `npm run seed`: fills the demo towns of a running copy by calling the verbs, as its citizens and clerks would.
 * Files the examples that ship with the procedures; two of three are worked to their end, the third waits in the inbox.
 *
 *   --data DIR   data folder of the copy, .data when not given
 *   --times N    every example that many times
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { systemClock } from './base/clock.ts'
import { readConfig } from './base/config.ts'
import { makeLog } from './base/log.ts'
import type { Answers, Case, ChannelName } from './cases/case.ts'
import { claimTask } from './cases/claimTask.ts'
import { completeTask } from './cases/completeTask.ts'
import type { ApplicantGiven } from './cases/draft.ts'
import { listTasks } from './cases/listTasks.ts'
import { openCase } from './cases/openCase.ts'
import { openPool } from './db/pool.ts'
import { accountOf } from './identity/accounts.ts'
import { anonymous, type Actor } from './identity/actor.ts'
import { actorFrom, Claims } from './identity/claims.ts'
import { openAdminApi } from './launch/realm/adminApi.ts'
import { openTowns, type Towns } from './towns.ts'
import { connectZeebe } from './zeebe/client.ts'
import type { Municipality } from './zeebe/municipality.ts'

/** An example of a procedure, as far as the demo follows it. */
interface Example {
  procedure: string
  tenant: string
  channel: ChannelName
  language: string
  applicant?: string
  answers: Answers
  steps: { complete?: string; by?: string; answers?: Answers }[]
  expect: { status?: string }
}

const nobody: ApplicantGiven = {
  kind: 'anonymous', givenName: '', familyName: '', number: '', email: '', phone: '', address: '', delivery: 'electronic',
}

const { values } = parseArgs({ options: { data: { type: 'string', default: '.data' }, times: { type: 'string', default: '1' } } })

const environment = await readFile(join(resolve(values.data), 'environment.json'), 'utf8').catch(() => {
  throw new Error(`Expected a running copy in ${resolve(values.data)}, so run npm start, or name its folder with --data`)
})
const { KEYCLOAK_ADMIN_USERNAME, KEYCLOAK_ADMIN_PASSWORD, ...settings } = JSON.parse(environment) as Record<string, string>
const config = readConfig(settings)
const log = makeLog({ program: 'seed' }, () => undefined)
const pool = openPool(config.DATABASE_URL)
const zeebe = connectZeebe({ address: config.ZEEBE_ADDRESS, log })
const towns = await openTowns(config, pool, zeebe, log, systemClock)
const subjects = await subjectsOf(config.KEYCLOAK_URL, config.KEYCLOAK_REALM)

let filed = 0
let finished = 0
for (let round = 0; round < Number(values.times); round++) {
  for (const [index, example] of (await readExamples(config.PROCESSES_DIR)).entries()) {
    const opened = await file(towns, example)
    filed += 1
    if ((index + round) % 3 === 2) continue
    if (await work(towns, example, opened)) finished += 1
  }
}
process.stdout.write(`${filed} requests filed, ${finished} of them worked to their end. Look at ${config.PUBLIC_URL}\n`)
await zeebe.close()
await pool.destroy()

/** Those that can be filed and need nothing but clerks. */
async function readExamples(processesDir: string): Promise<Example[]> {
  const procedures = (await readdir(processesDir)).filter((name) => !/^_|\./.test(name))
  const examples: Example[] = []
  for (const procedure of procedures) {
    const folder = join(processesDir, procedure, 'examples')
    for (const name of (await readdir(folder)).sort()) {
      const example = JSON.parse(await readFile(join(folder, name), 'utf8')) as Omit<Example, 'procedure'>
      const onlyClerks = example.steps.every(({ complete, by }) => complete && by)
      const needsFile = Object.values(example.answers).some((answer) => Array.isArray(answer) && answer.length > 0)
      if (example.expect.status && onlyClerks && !needsFile) examples.push({ ...example, procedure })
    }
  }
  return examples
}

async function file(town: Towns, { procedure, tenant, channel, language, applicant, answers }: Example): Promise<Case> {
  const person = applicant === undefined ? undefined : personOf(town, tenant, applicant)
  const filer = person ? await citizen(town, tenant, person, language) : anonymous
  // What did not come by the portal was taken in by a clerk, who has seen the person's paper and types the number from it.
  const actor = channel === 'portal' ? filer : clerk(town, tenant, takerOf(town, tenant))
  const who = person && {
    ...nobody, kind: 'person' as const, givenName: person.givenName, familyName: person.familyName,
    number: channel === 'portal' ? '' : (person.personalNumber ?? ''),
    email: person.email, phone: person.phone ?? '', address: person.address ?? '',
  }
  const context = town.contextFor(tenant, actor)
  const filing = { procedure, draftId: uuidv7(), clientKey: uuidv7(), language, channel, answers, applicant: who ?? nobody }
  const opened = await openCase(context, filing)
  return opened.case
}

/** Every step by its clerk; false when a step did not come, because the process went another way. */
async function work(town: Towns, { tenant, steps }: Example, opened: Case): Promise<boolean> {
  for (const { complete, by, answers } of steps) {
    const context = town.contextFor(tenant, clerk(town, tenant, by!))
    const taskId = await untilTask(async () => {
      const { rows } = await listTasks(context, { list: 'unit', q: opened.number, limit: 20 })
      return rows.find(({ task }) => task.caseId === opened.id && task.elementId === complete && task.status === 'open')?.task.id
    })
    if (!taskId) return false
    await claimTask(context, taskId)
    await completeTask(context, taskId, answers ?? {})
  }
  return true
}

async function untilTask(look: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let tries = 0; tries < 150; tries++) {
    const found = await look()
    if (found) return found
    await new Promise((wait) => setTimeout(wait, 100))
  }
  return undefined
}

/** Somebody at the town's counter. */
function takerOf(town: Towns, tenant: string): string {
  const person = town.all.find(({ id }) => id === tenant)?.people.find(({ roles }) => roles.includes('counter-clerk'))
  if (!person) throw new Error(`Expected a counter clerk among the people of ${tenant}`)
  return person.username
}

type DemoPerson = Municipality['people'][number]

function personOf(town: Towns, tenant: string, username: string): DemoPerson {
  const person = town.all.find(({ id }) => id === tenant)?.people.find((each) => each.username === username)
  if (!person) throw new Error(`Expected ${username} among the people of ${tenant}`)
  return person
}

function claimsOf(person: DemoPerson, tenant: string): Claims {
  const subject = subjects.get(person.username)
  if (!subject) throw new Error(`Expected ${person.username} in Keycloak, so start the demo once before filling it`)
  return Claims.parse({
    sub: subject,
    sid: 'seed',
    exp: 0,
    acr: 'password',
    given_name: person.givenName,
    family_name: person.familyName,
    preferred_username: person.username,
    email: person.email,
    email_verified: true,
    personal_number: person.personalNumber ?? '',
    phone_number: person.phone ?? '',
    address: { formatted: person.address ?? '' },
    groups: person.units.map((unit) => `/${tenant}/${unit}`),
    realm_access: { roles: person.roles },
  })
}

async function citizen(town: Towns, tenant: string, person: DemoPerson, language: string): Promise<Actor> {
  const claims = claimsOf(person, tenant)
  const actor = actorFrom(claims, tenant, 'citizen')
  if (!actor) throw new Error(`Expected ${person.username} to be a citizen`)
  return { ...actor, ...(await accountOf(town.contextFor(tenant, anonymous), claims, language)) }
}

function clerk(town: Towns, tenant: string, username: string): Actor {
  const actor = actorFrom(claimsOf(personOf(town, tenant, username), tenant), tenant, 'staff')
  if (!actor) throw new Error(`Expected ${username} to be of the staff of ${tenant}`)
  return actor
}

/** Keycloak's id of each person by user name: the demo's cases must be found under "my requests" after a real login. */
async function subjectsOf(url: string, realm: string): Promise<Map<string, string>> {
  const api = await openAdminApi(url, { username: KEYCLOAK_ADMIN_USERNAME ?? '', password: KEYCLOAK_ADMIN_PASSWORD ?? '' })
  const users = (await api.get<{ id: string; username: string }[]>(`/${realm}/users?max=1000`)) ?? []
  return new Map(users.map(({ username, id }) => [username, id]))
}
