import { openPool } from './pool.ts'
import { engineMigrations, migrations } from './migrations/index.ts'

/** Brings the database up to the newest migration. `ownerUrl` is the address as `salter_owner`. Answers the names that ran. */
export function migrate(ownerUrl: string): Promise<string[]> {
  return run(ownerUrl, migrations)
}

/** Brings the schema `engine` up to its newest migration, on a database that may have no other tables. Any role that may create a schema. */
export function migrateEngine(url: string): Promise<string[]> {
  return run(url, engineMigrations)
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
