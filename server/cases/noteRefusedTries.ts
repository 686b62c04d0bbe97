import { addAudit } from './audit.ts'
import type { Context } from './context.ts'

/** Tries at a door that were refused within a minute. */
export interface RefusedTries {
  /** Why: the code of the refusal. */
  code: string
  times: number
  /** From how many networks; no address is kept. */
  networks: number
}

/** Puts refused tries into the town's audit, as one entry however many they were. */
export async function noteRefusedTries(context: Context, { code, times, networks }: RefusedTries): Promise<void> {
  await context.db.transaction((trx) => addAudit(trx, context, { action: 'door.refuse', subject: code, facts: { times, networks } }))
}
