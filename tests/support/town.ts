import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { v7 as uuidv7 } from 'uuid'
import { MovableClock } from '../../server/base/clock.ts'
import { Outage, Refusal } from '../../server/base/errors.ts'
import { quietLog } from '../../server/base/log.ts'
import type { CaseEvent, CaseEvents, Context, PackageShelf, ProcessEngine, ProcessView } from '../../server/cases/context.ts'
import { setUpTown } from '../../server/cases/shelf.ts'
import type { FailedJob, Incident } from '../../server/cases/operation/trouble.ts'
import type { Channel, OutgoingMessage } from '../../server/channels/channel.ts'
import { openPool } from '../../server/db/pool.ts'
import { forTenant } from '../../server/db/transaction.ts'
import { anonymous, systemActor, type Actor } from '../../server/identity/actor.ts'
import { makeKeys } from '../../server/identity/keys.ts'
import { folderStore } from '../../server/outside/files/folder.ts'
import { ourValidator, revocationDesk, type SignatureValidator } from '../../server/outside/signatures/index.ts'
import { searchKey } from '../../server/rules/searchKey.ts'
import { readCountry, readMunicipalities, type Municipality } from '../../server/zeebe/municipality.ts'
import { readPackages, type ProcedurePackage } from '../../server/zeebe/packages.ts'
import { playedCitizens, type PlayedCitizens } from './citizens.ts'
import { testInstallation } from './installation.ts'
import { testDatabase, type TestDatabase } from './postgres.ts'

export interface TestTown {
  tenant: Municipality
  database: TestDatabase
  /** As `salter_app`. */
  pool: Knex
  clock: MovableClock
  engine: FakeEngine
  sentMails: OutgoingMessage[]
  mail: { isDown: boolean }
  /** Keycloak's accounts of citizens, played. */
  citizens: PlayedCitizens
  events: CaseEvent[]
  packages: PackageShelf
  /** How often a verb said that the outbox has something. */
  wakes: () => number
  /** How many are subscribed to the town's events. */
  listening: () => number
  contextFor(actor: Actor): Context
  /** A neighboring town in the same database, on the same engine and clock. */
  neighbor(town: string | Municipality): Promise<TestTown>
  close(): Promise<void>
}

/** The engine's port, played: keeps what it was told, can be down, and knows which jobs live. */
export interface FakeEngine extends ProcessEngine {
  isDown: boolean
  published: Parameters<ProcessEngine['publishMessage']>[0][]
  completed: { jobKey: string; variables: Record<string, unknown> }[]
  livingJobs: Set<string>
  retries: { jobKey: string; retries: number }[]
  variablesSet: { elementInstanceKey: string; variables: Record<string, unknown> }[]
  /** What its read API shows; null: it has none. */
  shown: { incidents: Incident[]; failedJobs: FailedJob[] } | null
}

/** A demo town on a database of its own, with the procedures that ship. Close it when done. */
export async function testTown(
  { tenant: tenantId = 'sombor', startsAt, signatures = nobodyTrusted, sms }:
  { tenant?: string; startsAt?: string; signatures?: (clock: MovableClock) => SignatureValidator; sms?: (clock: MovableClock) => Promise<Channel> } = {},
): Promise<TestTown> {
  const database = await testDatabase()
  const pool = openPool(database.appUrl, { max: 12 })
  const folder = await mkdtemp(join(tmpdir(), 'salter-files-'))
  const clock = new MovableClock(startsAt)
  const shared: Shared = {
    database,
    pool,
    folder,
    clock,
    signatures: signatures(clock),
    sms: await sms?.(clock),
    engine: fakeEngine(),
    packages: await readPackages('processes'),
    close: async () => {
      await pool.destroy()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return makeTown(shared, tenantId)
}

interface Shared {
  database: TestDatabase
  pool: Knex
  folder: string
  clock: MovableClock
  signatures: SignatureValidator
  sms: Channel | undefined
  engine: FakeEngine
  packages: ProcedurePackage[]
  close(): Promise<void>
}

async function makeTown(shared: Shared, town: string | Municipality): Promise<TestTown> {
  const { database, pool, clock, engine } = shared
  const tenant = typeof town === 'string' ? (await readMunicipalities('processes')).find(({ id }) => id === town) : town
  if (!tenant) throw new Error(`Expected a municipality ${String(town)} under processes/_municipalities`)
  const db = forTenant(pool, tenant.id)
  const packages = await setUpTown({ db, clock }, tenant, shared.packages)
  const country = await readCountry('processes', tenant.country)
  const sentMails: OutgoingMessage[] = []
  const mail = { isDown: false }
  const citizens = playedCitizens()
  const events: CaseEvent[] = []
  const listeners = new Set<(event: CaseEvent) => void>()
  let wakes = 0
  const email: Channel = {
    name: 'email',
    async send(message) {
      if (mail.isDown) throw new Outage('email')
      sentMails.push(message)
      return { externalId: `<${message.id}@test>` }
    },
    async check() {
      if (mail.isDown) throw new Outage('email')
    },
  }
  const bus: CaseEvents = {
    publish(event) {
      events.push(event)
      for (const listener of listeners) listener(event)
    },
    subscribe(tenant, listener) {
      const mine = (event: CaseEvent): void => void (event.tenantId === tenant && listener(event))
      listeners.add(mine)
      return () => listeners.delete(mine)
    },
  }
  const shelf: Omit<Context, 'actor'> = {
    db,
    tenant,
    country,
    clock,
    packages,
    files: folderStore(shared.folder),
    signatures: shared.signatures,
    keys: makeKeys('a secret of thirty-two characters, for tests'),
    engine,
    processView: viewOf(engine),
    channels: { email, sms: shared.sms },
    installation: testInstallation({ tenant, pool, packages: shared.packages, citizens, contextFor: (actor) => ({ ...shelf, actor }) }),
    events: bus,
    wakeOutbox: () => void wakes++,
    publicUrl: 'http://salter.example',
    log: quietLog,
  }
  return {
    tenant,
    database,
    pool,
    clock,
    engine,
    sentMails,
    mail,
    citizens,
    events,
    packages,
    wakes: () => wakes,
    listening: () => listeners.size,
    contextFor: (actor) => ({ ...shelf, actor }),
    neighbor: (neighbor) => makeTown(shared, neighbor),
    close: shared.close,
  }
}

/** A trust list without anybody on it, and no network. */
const nobodyTrusted = (clock: MovableClock): SignatureValidator => ourValidator({
  clock, trusted: [], trust: 'none', desk: revocationDesk(async () => Promise.reject(new Error('Nobody answers'))),
})

function fakeEngine(): FakeEngine {
  const engine: FakeEngine = {
    isDown: false,
    published: [],
    completed: [],
    livingJobs: new Set(),
    retries: [],
    variablesSet: [],
    shown: { incidents: [], failedJobs: [] },
    async publishMessage(message) {
      if (engine.isDown) throw new Outage('zeebe')
      if (engine.published.some((each) => each.messageId === message.messageId)) throw new Refusal('already-exists', 'already-exists')
      engine.published.push(message)
    },
    async completeJob(jobKey, variables) {
      if (engine.isDown) throw new Outage('zeebe')
      if (!engine.livingJobs.delete(jobKey)) throw new Refusal('not-found', 'not-found')
      engine.completed.push({ jobKey, variables })
    },
    async updateJobRetries(jobKey, retries) {
      if (engine.isDown) throw new Outage('zeebe')
      if (!engine.livingJobs.has(jobKey)) throw new Refusal('not-found', 'not-found')
      engine.retries.push({ jobKey, retries })
    },
    async setVariables(elementInstanceKey, variables) {
      if (engine.isDown) throw new Outage('zeebe')
      engine.variablesSet.push({ elementInstanceKey, variables })
    },
    async resolveIncident(incidentKey) {
      if (engine.isDown) throw new Outage('zeebe')
      const at = engine.shown?.incidents.findIndex(({ key }) => key === incidentKey) ?? -1
      if (at < 0) throw new Refusal('not-found', 'not-found')
      engine.shown!.incidents.splice(at, 1)
    },
  }
  return engine
}

function viewOf(engine: FakeEngine): ProcessView {
  const shown = <Row extends { processId: string }>(rows: Row[] | undefined, prefix: string, limit: number): Row[] | null =>
    rows?.filter(({ processId }) => processId.startsWith(prefix)).slice(0, limit) ?? null
  return {
    incidents: async (prefix, limit) => shown(engine.shown?.incidents, prefix, limit),
    incident: async (key) => (engine.shown === null ? null : engine.shown.incidents.find((each) => each.key === key)),
    failedJobs: async (prefix, limit) => shown(engine.shown?.failedJobs, prefix, limit),
    failedJob: async (key) => (engine.shown === null ? null : engine.shown.failedJobs.find((each) => each.key === key)),
  }
}

/** A clerk of the town by user name, with the roles and units of its settings. */
export function clerk(town: Pick<TestTown, 'tenant'>, username: string): Actor {
  const person = town.tenant.people.find((each) => each.username === username)
  if (!person) throw new Error(`Expected ${username} among the people of ${town.tenant.id}`)
  return {
    kind: 'staff',
    id: `user-${username}`,
    name: `${person.givenName} ${person.familyName}`,
    level: 'password',
    roles: person.roles as Actor['roles'],
    units: person.units,
  }
}

/** A signed-in citizen with an account and a person row, made for the test. */
export async function citizen(
  town: TestTown,
  { name = 'Јована Маринковић', email = 'jovana@primer.example', number = '2307990855035' } = {},
): Promise<Actor> {
  const context = town.contextFor(systemActor('test'))
  const [givenName = '', familyName = ''] = name.split(' ')
  const personId = uuidv7()
  const accountId = uuidv7()
  await context.db.transaction(async (trx) => {
    await trx('people').insert({
      tenant_id: town.tenant.id,
      id: personId,
      kind: 'person',
      given_name: givenName,
      family_name: familyName,
      identifier_hash: context.keys.identifierHash(town.tenant.id, number),
      identifier_mask: `••••••••••\u00a0${number.slice(-3)}`,
      email,
      language: 'sr-Latn',
      search_key: searchKey(name),
      created_at: new Date(town.clock.now()),
    })
    await trx('accounts').insert({
      tenant_id: town.tenant.id,
      id: accountId,
      subject: `subject-${accountId}`,
      person_id: personId,
      created_at: new Date(town.clock.now()),
    })
  })
  return { kind: 'citizen', id: `subject-${accountId}`, name, level: 'password', roles: [], units: [], accountId, personId }
}

/** A visitor without a login; each has a cookie of their own. */
export function visitor(): Actor {
  return { ...anonymous, draftSecret: uuidv7() }
}
