import { openPool } from './pool.ts'
import { migrations } from './migrations/index.ts'

/** Brings the database up to the newest migration. `ownerUrl` is the address as `salter_owner`. Answers the names that ran. */
export function migrate(ownerUrl: string): Promise<string[]> {
  return run(ownerUrl, migrations)
}

/**
 * Brings the schema `engine` up to its newest migration, on a database that may have no other tables. `url` is the address of any
 * role that may create a schema. A migration of that schema has the word in its name.
 */
export function migrateEngine(url: string): Promise<string[]> {
  const named = Object.entries(migrations).filter(([name]) => /_engine(_|$)/.test(name))
  return run(url, Object.fromEntries(named))
}

async function run(url: string, wanted: typeof migrations): Promise<string[]> {
  const pool = openPool(url, { max: 1 })
  try {
    const [, ran] = (await pool.migrate.latest({
      // The product's migrations may have run on the database of an engine, or not.
      disableMigrationsListValidation: wanted !== migrations,
      migrationSource: {
        getMigrations: async () => Object.keys(wanted),
        getMigrationName: (name: string) => name,
        getMigration: async (name: string) => wanted[name]!,
      },
    })) as [number, string[]]
    return ran
  } finally {
    await pool.destroy()
  }
}
