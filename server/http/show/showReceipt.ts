import type { CaseFile } from '../../cases/case.ts'
import { noticeAddresses } from '../../cases/noticeAddresses.ts'
import { nameOf } from '../../cases/person.ts'
import { titleOf } from '../../cases/words.ts'
import type { Channels } from '../../channels/index.ts'
import type { Receipt } from '../contract/cases.ts'
import type { Language } from '../contract/words.ts'
import type { Town } from '../web.ts'
import { feeOf } from './showCase.ts'
import { showDeadline } from './showDeadline.ts'
import { unitName } from './showTown.ts'

/** The answer to filing, with the code: for whoever filed, and nobody else. */
export function showReceipt(file: CaseFile, code: string, town: Town, language: Language, channels: Channels): Receipt {
  const { case: case_, package: pack } = file
  return {
    caseId: case_.id,
    number: case_.number,
    code,
    filedAt: case_.filedAt.toISOString(),
    procedure: case_.procedure,
    title: titleOf(pack, language, town.country),
    unit: unitName(town, case_.unitId, language),
    channel: case_.channel,
    attachments: uploadsOf(file),
    fee: feeOf(file),
    deadline: showDeadline(deadlineOf(file), town),
    sms: smsOf(file, town, channels),
    // The code of this receipt opens the account that is asked for: it is never mailed, since the address is not proven yet.
    email: pack.procedure.account ? null : (file.applicant?.email ?? null),
    forWhom: file.representative && file.applicant ? nameOf(file.applicant) : null,
    opensAccount: pack.procedure.account !== undefined,
  }
}

function smsOf({ applicant }: CaseFile, tenant: Town, channels: Channels): string | null {
  const ways = applicant ? noticeAddresses({ channels, tenant }, applicant, 'receipt') : []
  return ways.find(({ channel }) => channel === 'sms')?.address ?? null
}

function uploadsOf({ documents }: CaseFile): number {
  return documents.filter(({ kind }) => kind === 'upload').length
}

function deadlineOf({ case: case_, deadline }: CaseFile): NonNullable<CaseFile['deadline']> {
  if (!deadline) throw new Error(`Expected case ${case_.id} to have a term from the day it was filed, but found none`)
  return deadline
}
