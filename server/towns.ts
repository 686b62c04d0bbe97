/** The towns of this installation: from files and from the database, each tied to its neighbors; new ones join while it runs. */
import type { Knex } from 'knex'
import { systemClock, type Clock } from './base/clock.ts'
import type { Config } from './base/config.ts'
import type { Log } from './base/log.ts'
import type { CaseEvent, CaseEvents, Context, Installation, PackageShelf } from './cases/context.ts'
import { processViewOf } from './cases/operation/processView.ts'
import { isOffered, setUpTown } from './cases/shelf.ts'
import { listTowns, saveTown } from './cases/store/townRows.ts'
import { openChannels } from './channels/index.ts'
import { trainingChannels } from './channels/training.ts'
import { forTenant } from './db/transaction.ts'
import type { Actor } from './identity/actor.ts'
import { keepingLists, overHttp } from './identity/certificates/index.ts'
import { citizenDirectory } from './identity/citizenDirectory.ts'
import { makeKeys } from './identity/keys.ts'
import { realmAdmin } from './identity/realmAdmin.ts'
import { peopleScope, serviceTokens } from './identity/serviceToken.ts'
import { staffDirectory } from './identity/staffDirectory.ts'
import { folderStore } from './outside/files/folder.ts'
import { ourValidator, readTrust, revocationDesk } from './outside/signatures/index.ts'
import type { ZeebeClient } from './zeebe/client.ts'
import { readCountry, readCountryTown, readMunicipalities, type Municipality } from './zeebe/municipality.ts'
import { readPractice } from './zeebe/practice.ts'
import { readPackages, unitsOf } from './zeebe/packages.ts'
import { restAddressBeside, zeebeReader } from './zeebe/read.ts'

/** What serves a town: its settings, its procedures, and what its verbs are given. */
export interface ServedTown {
  tenant: Municipality
  shelf: PackageShelf
}

/** The towns of this installation and what their verbs are given. */
export interface Towns {
  /** In the order of the front door; a town that was added is there as soon as it is served. */
  readonly all: readonly Municipality[]
  readonly served: ReadonlyMap<string, ServedTown>
  contextFor(tenantId: string, actor: Actor): Context
  /** Told whenever a verb has written something to deliver. */
  onOutbox(wake: () => void): void
  /** Told of each town that joins while the installation runs. */
  onTown(told: (town: ServedTown) => void): void
  /** Takes over what other processes have added or changed. */
  refresh(): Promise<void>
}

/** Reads towns and procedures from their files, writes them down, and ties each town to its neighbors. */
export async function openTowns(config: Config, pool: Knex, zeebe: ZeebeClient, log: Log, clock: Clock = systemClock): Promise<Towns> {
  const fromFiles = await readMunicipalities(config.PROCESSES_DIR)
  const packages = await readPackages(config.PROCESSES_DIR)
  const served = new Map<string, ServedTown & { settings: string; shared: Omit<Context, 'actor'> }>()
  const events = makeCaseEvents()
  const keys = makeKeys(config.SECRET_KEY)
  const files = folderStore(config.FILES_DIR)
  const channels = openChannels(config)
  const lists = keepingLists(overHttp(), clock)
  const desk = revocationDesk((url, body) => lists({ url, body, ...(body && { contentType: 'application/ocsp-request' }) }))
  const reader = zeebeReader({
    url: config.ZEEBE_REST_ADDRESS ?? restAddressBeside(config.ZEEBE_ADDRESS), token: engineToken(config, clock),
  })
  const processView = processViewOf(reader)
  let wake = (): void => undefined
  let tell = (_town: ServedTown): void => undefined

  const contextFor = (tenantId: string, actor: Actor): Context => {
    const town = served.get(tenantId)
    if (!town) throw new Error(`Expected one of the towns served here, but got ${tenantId}`)
    return { ...town.shared, actor }
  }
  // Every request looks its town up here, so the list is made when a town comes or changes, not when it is asked for.
  let all: readonly Municipality[] = []

  /** Serves the town as it is now. One that was served already keeps its people: they are the demo's, and in no database. */
  const serveTown = async (town: Municipality): Promise<void> => {
    const before = served.get(town.id)
    const settings = JSON.stringify({ ...town, people: [] })
    if (before?.settings === settings) return
    const tenant = { ...town, people: before?.tenant.people ?? town.people }
    const db = forTenant(pool, tenant.id)
    const shelf = before?.shelf ?? await setUpTown({ db, clock }, tenant, packages)
    const trusted = await readTrust(config.SIGNATURE_TRUST?.[tenant.country])
    const trust = trusted.length === 0 ? 'none' : config.DEMO ? 'demo' : 'national'
    const shared = {
      signatures: ourValidator({ clock, trusted, trust, desk }),
      db, tenant, clock, files, keys, events, installation, processView,
      channels: tenant.trainingOf ? trainingChannels() : channels,
      country: await readCountry(config.PROCESSES_DIR, tenant.country),
      packages: shelf,
      engine: zeebe,
      wakeOutbox: () => wake(),
      publicUrl: config.PUBLIC_URL,
      log: log.with({ tenant: tenant.id }),
    }
    served.set(tenant.id, { tenant, shelf, settings, shared })
    all = [...served.values()].map((each) => each.tenant).sort((a, b) => a.id.localeCompare(b.id))
    if (!before) tell({ tenant, shelf })
  }

  const refresh = async (): Promise<void> => {
    for (const town of await listTowns(pool)) {
      // A file that was taken away ends what it began; its rows stay.
      if (town.origin === 'product') await serveTown(town)
    }
  }

  const realm = realmAdmin(config, serviceTokens(config, clock, peopleScope))
  const installation: Installation = {
    towns: () => all,
    customsOf: (country) => readCountryTown(config.PROCESSES_DIR, country),
    practiceOf: (country) => readPractice(config.PROCESSES_DIR, country),
    unitsNeeded: (town) => [...new Set(packages.filter((pack) => isOffered(pack, town)).flatMap(unitsOf))].sort(),
    async save(town, emblem) {
      const db = forTenant(pool, town.id)
      await db.transaction((trx) => saveTown(trx, town, emblem))
      await refresh()
    },
    contextFor,
    staff: staffDirectory(realm),
    citizens: citizenDirectory(realm),
  }

  for (const town of fromFiles) await serveTown(town)
  await refresh()
  return {
    get all() {
      return all
    },
    served,
    contextFor,
    onOutbox: (given) => void (wake = given),
    onTown: (given) => void (tell = given),
    refresh,
  }
}

/** What we show an engine that asks who is calling. */
export function engineToken(config: Config, clock: Clock): (() => Promise<string>) | undefined {
  return config.ZEEBE_TOKEN ? serviceTokens(config, clock) : undefined
}

/** Tells listeners in this process. */
function makeCaseEvents(): CaseEvents {
  const listeners = new Map<string, Set<(event: CaseEvent) => void>>()
  return {
    publish(event) {
      for (const listener of listeners.get(event.tenantId) ?? []) listener(event)
    },
    subscribe(tenantId, listener) {
      const ofTown = listeners.get(tenantId) ?? new Set()
      listeners.set(tenantId, ofTown.add(listener))
      return () => ofTown.delete(listener)
    },
  }
}
