import pg from 'pg'
import { StoreFull } from './store.ts'

/** PostgreSQL's `disk_full`, also for a quota that is used up. */
const DISK_FULL = '53100'

/** So much room is proved: as much as a segment of PostgreSQL's log, which is what it asks for at a time. */
const ROOM_KIB = 16 * 1024

export function isDiskFull(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === DISK_FULL
}

/**
 * Throws {@link StoreFull} while the database has no room for more. Leaves nothing behind: what a sort cannot hold in memory lies in a
 * file that goes with the statement.
 */
export async function proveRoom(client: pg.Client): Promise<void> {
  try {
    await client.query(`BEGIN; SET LOCAL work_mem = '64kB'`)
    await client.query(largeSort)
    await client.query('ROLLBACK')
  } catch (error) {
    // Without room it may also be the folder for the file that cannot be made, and then it is the folder that is said to be missing.
    throw error instanceof pg.DatabaseError ? new StoreFull(error) : error
  }
}

const largeSort = `
  SELECT count(*)
  FROM (SELECT repeat('x', 1024) || line AS text FROM generate_series(1, ${ROOM_KIB}) line ORDER BY text) sorted`
