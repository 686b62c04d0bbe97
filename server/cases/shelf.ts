import type { Database } from '../db/transaction.ts'
import type { Clock } from '../base/clock.ts'
import type { Municipality } from '../zeebe/municipality.ts'
import type { ProcedurePackage } from '../zeebe/packages.ts'
import type { PackageShelf, ShelvedPackage } from './context.ts'
import { findPackage, savePackage, saveTown } from './store/townRows.ts'

/** Whether a kind of authority in a country offers the procedure. */
export function isOffered({ procedure }: ProcedurePackage, town: Pick<Municipality, 'country' | 'authority'>): boolean {
  return procedure.countries.includes(town.country) && procedure.authorities.includes(town.authority)
}

/**
 * Writes the town and the packages it offers into the database, and answers its shelf. Repeatable: the same content keeps
 * its version, so that a restart deploys nothing new.
 */
export async function setUpTown(
  { db, clock }: { db: Database; clock: Clock },
  town: Municipality,
  packages: readonly ProcedurePackage[],
): Promise<PackageShelf> {
  const offered = await db.transaction(async (trx) => {
    await saveTown(trx, town)
    const shelved: ShelvedPackage[] = []
    for (const pack of packages.filter((each) => isOffered(each, town))) {
      shelved.push({ ...pack, version: await savePackage(trx, pack, new Date(clock.now())) })
    }
    return shelved
  })
  return makeShelf(db, offered)
}

/** The shelf of a town: the newest packages at hand, older versions from the database when a case asks for one. */
export function makeShelf(db: Database, offered: readonly ShelvedPackage[]): PackageShelf {
  const known = new Map(offered.map((pack) => [`${pack.procedure.id} ${pack.version}`, pack]))
  return {
    offered: () => offered,
    newest: (procedure) => offered.find((pack) => pack.procedure.id === procedure),
    async version(procedure, version) {
      const key = `${procedure} ${version}`
      const found = known.get(key)
      if (found) return found
      const content = await db.transaction((trx) => findPackage(trx, procedure, version))
      if (!content) throw new Error(`Expected version ${version} of procedure ${procedure} in ${db.tenantId}, but found none`)
      const pack = { ...content, version }
      known.set(key, pack)
      return pack
    },
  }
}
