import { missSupplement as miss } from '../cases/supplement/missSupplement.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `miss-supplement`: the day to answer has passed; the term runs again, and the process is told its new dates. */
export const missSupplement: Worker = async (context, job) => ({ ...(await miss(context, await caseIdOf(context, job))) })
