import { refuse } from '../../base/errors.ts'
import { localDay } from '../../rules/countDays.ts'
import { searchKey } from '../../rules/searchKey.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { casesOf } from '../store/caseRows.ts'
import { documentsOfMandates } from '../store/documentRows.ts'
import { mandatesAround, mandatesToDecide, newestMandates } from '../store/mandateRows.ts'
import { peopleOf } from '../store/personRows.ts'
import { ownPerson } from './people.ts'
import { standingOf, type Mandate, type MandateFile } from './mandate.ts'

// The page shows all at once; more are found by name.
const most = 100

/** The mandates a citizen holds, has asked for or has given, newest first. */
export async function myMandates(context: Context): Promise<MandateFile[]> {
  const { actor, db } = context
  const personId = ownPerson(actor)
  return db.transaction(async (trx) => filesOf(trx, context, await mandatesAround(trx, personId)))
}

/** What a clerk is to decide, the oldest first; or the newest of the town by name. */
export async function listMandates(context: Context, { list, q }: { list: 'asked' | 'all'; q: string }): Promise<MandateFile[]> {
  const { actor, db } = context
  if (!may(actor, 'mandate.record')) refuse('not-allowed', 'not-allowed')
  return db.transaction(async (trx) =>
    filesOf(trx, context, await (list === 'asked' ? mandatesToDecide(trx, most) : newestMandates(trx, searchKey(q), most))))
}

/** A mandate as its page shows it. */
export async function fileOf(context: Context, mandate: Mandate): Promise<MandateFile> {
  const [file] = await context.db.transaction((trx) => filesOf(trx, context, [mandate]))
  return file!
}

async function filesOf(trx: Transaction, { clock, tenant }: Context, mandates: readonly Mandate[]): Promise<MandateFile[]> {
  const people = await peopleOf(trx, mandates.flatMap(({ personId, forPersonId }) => [forPersonId, ...(personId ? [personId] : [])]))
  const cases = await casesOf(trx, mandates.flatMap(({ caseId }) => (caseId ? [caseId] : [])))
  const documents = await documentsOfMandates(trx, mandates.map(({ id }) => id))
  const today = localDay(clock.now(), tenant.timeZone)
  return mandates.map((mandate) => ({
    mandate,
    standing: standingOf(mandate, today),
    person: (mandate.personId && people.get(mandate.personId)) || null,
    forPerson: people.get(mandate.forPersonId)!,
    documents: documents.get(mandate.id) ?? [],
    caseNumber: (mandate.caseId && cases.get(mandate.caseId)?.number) || null,
  }))
}
