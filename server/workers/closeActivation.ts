import { closeActivation as closeLink } from '../cases/registration/closeActivation.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `close-activation`: the link works no longer. Answers whether somebody used it in the very last moment (`confirmed`). */
export const closeActivation: Worker = async (context, job) => ({ confirmed: await closeLink(context, await caseIdOf(context, job)) })
