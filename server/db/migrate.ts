import { openPool } from './pool.ts'
import { migrations } from './migrations/index.ts'

/** Brings the database up to the newest migration. `ownerUrl` is the address as `salter_owner`. Answers the names that ran. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const pool = openPool(ownerUrl, { max: 1 })
  try {
    const [, ran] = (await pool.migrate.latest({
      migrationSource: {
        getMigrations: async () => Object.keys(migrations),
        getMigrationName: (name: string) => name,
        getMigration: async (name: string) => migrations[name]!,
      },
    })) as [number, string[]]
    return ran
  } finally {
    await pool.destroy()
  }
}
