import { accessCodeOf, inGroups } from '../accessCode.ts'
import type { Context } from '../context.ts'
import { dueOn } from '../deadlines/deadline.ts'
import { nameOf } from '../person.ts'
import { readCase } from '../readCase.ts'
import type { CaseFile } from '../case.ts'
import { money, type Money } from '../../rules/money.ts'
import { titleOf } from '../words.ts'
import { receiptPaper } from './receiptPaper.ts'

/**
 * The acknowledgement of receipt of a case, in the language it was filed in, for whoever may see the case.
 * The access code is printed for the applicant alone: a clerk's copy does not show it.
 */
export async function receiptPdf(context: Context, caseId: string): Promise<Buffer> {
  const { tenant, actor, keys, publicUrl } = context
  const file = await readCase(context, caseId)
  const { language } = file.case
  const isApplicant = actor.kind !== 'staff' && actor.kind !== 'system'
  return receiptPaper({
    tenant,
    unitId: file.case.unitId,
    language,
    number: file.case.number,
    code: isApplicant ? inGroups(accessCodeOf(keys, tenant.id, file.case.clientKey)) : null,
    title: titleOf(file.package, language, tenant.country),
    applicant: file.applicant && nameOf(file.applicant),
    representative: file.representative && {
      name: nameOf(file.representative.person), kind: file.representative.mandate?.kind ?? 'company-representative',
    },
    channel: file.case.channel,
    filedAt: file.case.filedAt.toISOString(),
    attachments: file.documents.filter((document) => document.kind === 'upload').length,
    fee: feeOf(file),
    dueOn: file.deadline ? dueOn(file.deadline, tenant) : null,
    legalBasis: file.deadline?.rule.legalBasis ?? null,
    statusUrl: `${publicUrl}/${tenant.id}/status`,
  })
}

/** Undefined while the procedure has not worked it out yet: then the paper is silent about it. */
function feeOf({ case: { feeMinor, currency }, package: { procedure } }: CaseFile): Money | null | undefined {
  if (procedure.fee === null) return null
  return feeMinor === null || currency === null ? undefined : money(feeMinor, currency)
}
