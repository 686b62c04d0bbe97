/**
 * `npm run audit`: checks every town's audit from its first entry to its last, and ends with 1 when a chain is broken.
 * The database is that of DATABASE_URL, else of a running copy.
 *
 *   --data DIR   data folder of the copy, .data when not given
 *
 * Prints a line per town: how many entries are sound, and the seal of the last one. A seal kept elsewhere shows later that
 * nothing before it was exchanged.
 */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyAudit } from './cases/audit.ts'
import { listTowns } from './cases/store/townRows.ts'
import { openPool } from './db/pool.ts'
import { forTenant } from './db/transaction.ts'

const { values } = parseArgs({ options: { data: { type: 'string', default: '.data' } } })

const pool = openPool(process.env.DATABASE_URL || (await addressOfCopy(resolve(values.data))), { max: 1 })
try {
  for (const { id: tenantId } of await listTowns(pool)) {
    const { entries, brokenAt, seal } = await verifyAudit({ db: forTenant(pool, tenantId) })
    const verdict = brokenAt === null ? 'whole' : `BROKEN at entry ${brokenAt}`
    process.stdout.write(`${tenantId}: ${verdict}, ${entries} entries sound, seal ${seal}\n`)
    if (brokenAt !== null) process.exitCode = 1
  }
} finally {
  await pool.destroy()
}

async function addressOfCopy(folder: string): Promise<string> {
  const environment = await readFile(join(folder, 'environment.json'), 'utf8').catch(() => {
    throw new Error(`Expected DATABASE_URL or a running copy in ${folder}, so name its folder with --data`)
  })
  return (JSON.parse(environment) as { DATABASE_URL: string }).DATABASE_URL
}
