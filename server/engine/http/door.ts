import type Router from '@koa/router'
import type { Models } from '../read/models.ts'
import type { Reader } from '../read/reader.ts'

/** What every route of the read API is given. */
export interface ReadDoor {
  readonly reader: Reader
  readonly models: Models
  /** Whether this engine takes commands now; one that waits for its turn reads all the same. */
  isServing(): boolean
  /** Whether it takes none because the database has no room left. */
  isStoreFull(): boolean
  /** What the process tells of itself, as text of Prometheus. */
  metrics(): string
  /** Where commands go. */
  gateway(): { host: string; port: number }
}

export type Routes = Router

/** Where tenants are asked for, there is the one without a name: those of the product are in the process ids. */
export const tenantId = '<default>'

/** Moments as the API writes them. */
export function showMoment(atMs: number): string {
  return new Date(atMs).toISOString()
}
