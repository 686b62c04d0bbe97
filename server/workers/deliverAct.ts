import { deliverAct as deliverActOfCase } from '../cases/deliverAct.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `deliver-act`: lays the newest act into the citizen's inbox and sends the notice. */
export const deliverAct: Worker = async (context, job) => {
  await deliverActOfCase(context, await caseIdOf(context, job), job.key)
}
