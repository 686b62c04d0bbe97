import type { Knex } from 'knex'
import { refuse } from '../../server/base/errors.ts'
import type { Context, Installation } from '../../server/cases/context.ts'
import { isOffered } from '../../server/cases/shelf.ts'
import { saveTown } from '../../server/cases/store/townRows.ts'
import { forTenant } from '../../server/db/transaction.ts'
import type { Actor } from '../../server/identity/actor.ts'
import type { CitizenDirectory } from '../../server/identity/citizenDirectory.ts'
import type { StaffDirectory } from '../../server/identity/staffDirectory.ts'
import { readCountryTown, type Municipality } from '../../server/zeebe/municipality.ts'
import { readPractice } from '../../server/zeebe/practice.ts'
import { unitsOf, type ProcedurePackage } from '../../server/zeebe/packages.ts'

interface Given {
  tenant: Municipality
  pool: Knex
  packages: readonly ProcedurePackage[]
  citizens: CitizenDirectory
  contextFor(actor: Actor): Context
}

/** The installation of a test: its one town and those that verbs add. Its rows are real, its directory knows nobody. */
export function testInstallation({ tenant, pool, packages, citizens, contextFor }: Given): Installation {
  const towns = new Map([[tenant.id, tenant]])
  return {
    towns: () => [...towns.values()],
    customsOf: (country) => readCountryTown('processes', country),
    practiceOf: (country) => readPractice('processes', country),
    unitsNeeded: (town) => [...new Set(packages.filter((pack) => isOffered(pack, town)).flatMap(unitsOf))].sort(),
    async save(town, emblem) {
      await forTenant(pool, town.id).transaction((trx) => saveTown(trx, town, emblem))
      towns.set(town.id, town)
    },
    contextFor: (tenantId, actor) => ({ ...contextFor(actor), db: forTenant(pool, tenantId), tenant: towns.get(tenantId) ?? tenant }),
    staff: emptyDirectory,
    citizens,
  }
}

/** Takes what it is told and knows nobody: what Keycloak makes of it is tested with the real one (tests/identity/staffDirectory.test.ts). */
const emptyDirectory: StaffDirectory = {
  ensureUnits: async () => undefined,
  staffOf: async () => [],
  invite: async () => '01930000-0000-7000-8000-000000000001',
  change: async () => refuse('not-found', 'not-found'),
  joinAll: async () => undefined,
  ensurePractice: async (_, { username }) => `user-${username}`,
}
