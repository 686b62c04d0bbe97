import type { Actor } from '../identity/actor.ts'
import type { Context } from './context.ts'
import { maySeeCase } from './may.ts'
import { findCase } from './store/caseRows.ts'
import { tasksOfCase } from './store/taskRows.ts'

/** Reads a case once and answers a question to ask of many: who of them may see it. A case that is not there is seen by nobody. */
export async function whoSees({ db }: Pick<Context, 'db'>, caseId: string): Promise<(actor: Actor) => boolean> {
  const { case_, tasks } = await db.transaction(async (trx) => ({
    case_: await findCase(trx, caseId),
    tasks: await tasksOfCase(trx, caseId),
  }))
  return (actor) => case_ !== undefined && maySeeCase(actor, case_, tasks)
}
