import { makeAct as makeActOfCase } from '../cases/letters/makeAct.ts'
import { caseIdOf, headerOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `make-act`: makes the act of the letter named by the header `letter`. */
export const makeAct: Worker = async (context, job) => {
  await makeActOfCase(context, { caseId: await caseIdOf(context, job), letter: headerOf(job, 'letter'), jobKey: job.key })
}
