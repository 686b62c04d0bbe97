import type { Context } from '../cases/context.ts'
import type { Job, Variables } from '../zeebe/client.ts'

/** An automatic step: calls one verb with what the job says, and answers what the process should know, if anything. */
export type Worker = (context: Context, job: Job) => Promise<Variables | void>
