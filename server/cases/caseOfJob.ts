import { z } from 'zod'
import type { Transaction } from '../db/transaction.ts'
import { readProcessId } from '../zeebe/names.ts'
import type { Case } from './case.ts'
import type { Context } from './context.ts'
import { findCase } from './store/caseRows.ts'

/**
 * The case a job is about. A job whose case is another town's, or of another procedure, is refused: it becomes an incident
 * that an operator looks at, never a way into somebody else's case.
 */
export async function caseOfJob(
  trx: Transaction,
  context: Context,
  job: { key: string; bpmnProcessId: string; variables: Readonly<Record<string, unknown>> },
): Promise<Case> {
  const process = readProcessId(job.bpmnProcessId)
  if (process?.tenantId !== context.tenant.id) {
    throw new Error(`Expected job ${job.key} to be of ${context.tenant.id}, but it is of ${job.bpmnProcessId}`)
  }
  const caseId = z.uuid().safeParse(job.variables.caseId).data
  const case_ = caseId && (await findCase(trx, caseId))
  if (!case_ || case_.procedure !== process.procedureId) {
    throw new Error(`Expected the case of job ${job.key} to be one of ${job.bpmnProcessId}, but it is not`)
  }
  return case_
}
