import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Case } from '../case.ts'
import type { Context, ShelvedPackage } from '../context.ts'
import { may, maySeeCase, maySeeTask } from '../may.ts'
import { noteRead } from '../noteRead.ts'
import { nameOf, type Person } from '../person.ts'
import { accountsOfPerson, mandatesOfPerson, notesOfPerson, type PersonAccount, type PersonMandateRow, type PersonNote } from '../store/personFileRows.ts'
import { mergesOf, newestStandingMerge } from '../store/mergeRows.ts'
import { messagesOfCases, type MessageLine } from '../store/messageRows.ts'
import { casesOfPerson, casesSince, type PartyRole } from '../store/personCases.ts'
import { peopleOf, storedPeople, type StoredPerson } from '../store/personRows.ts'
import { tasksOfCases } from '../store/taskRows.ts'
import type { Task } from '../task.ts'
import { findSimilar } from './findSimilar.ts'
import type { PersonMerge } from './personMerge.ts'

export interface PersonCase {
  case: Case
  package: ShelvedPackage
  as: PartyRole[]
  /** A task of it that the reader may open. */
  taskId: string | null
}

export interface StandingMerge extends PersonMerge {
  /** The other of the two rows, as it is called. */
  otherId: string
  otherName: string
  /** The newest that stands, and the reader may undo it. */
  isUndoable: boolean
  since: { case: Case; package: ShelvedPackage }[]
}

/** All that a person has with the town, as far as the reader may see it. */
export interface PersonFile {
  stored: StoredPerson
  /** Where the row leads that was merged; nothing else is told then. */
  mergedInto: Person | null
  accounts: PersonAccount[]
  cases: PersonCase[]
  /** How many further cases there are that are not for the reader. */
  casesElsewhere: number
  messages: MessageLine[]
  mandates: PersonMandateRow[]
  merges: StandingMerge[]
  notes: PersonNote[]
  doubles: StoredPerson[]
  may: { merge: boolean; note: boolean }
}

/** More than one person has; the oldest beyond it are found by number. */
const mostCases = 500
const mostMessages = 100

/**
 * A person's page. Contact, accounts and who acts for them are for everybody who may open it; of the cases and messages each sees
 * those they may read anyway, and how many others there are. That it was read is written down. Refusals: not-allowed, not-found.
 */
export async function readPerson(context: Context, personId: string): Promise<PersonFile> {
  const { actor, db } = context
  if (!may(actor, 'person.read')) refuse('not-allowed', 'not-allowed')
  const { cases, merges, ...rest } = await db.transaction(async (trx) => {
    const stored = (await storedPeople(trx, [personId])).get(personId) ?? refuse('not-found', 'not-found')
    const file = stored.mergedInto === null ? await wholeFile(trx, context, stored) : await signpost(trx, stored, stored.mergedInto)
    await noteRead(trx, context, { action: 'person.read', subject: personId, forWhom: personId })
    return file
  })
  const packageOf = ({ procedure, packageVersion }: Case): Promise<ShelvedPackage> => context.packages.version(procedure, packageVersion)
  return {
    ...rest,
    cases: await Promise.all(cases.map(async (each) => ({ ...each, package: await packageOf(each.case) }))),
    merges: await Promise.all(merges.map(async (each) => ({
      ...each, since: await Promise.all(each.since.map(async (one) => ({ case: one, package: await packageOf(one) }))),
    }))),
  }
}

type UnpackedFile = Omit<PersonFile, 'cases' | 'merges'> & {
  cases: Omit<PersonCase, 'package'>[]
  merges: (Omit<StandingMerge, 'since'> & { since: Case[] })[]
}

async function wholeFile(trx: Transaction, context: Context, stored: StoredPerson): Promise<UnpackedFile> {
  const { actor } = context
  const { person } = stored
  const all = await casesOfPerson(trx, person.id, mostCases)
  const tasks = await tasksOfCases(trx, all.map(({ case: { id } }) => id))
  const cases = all
    .filter(({ case: each }) => maySeeCase(actor, each, tasks.get(each.id) ?? []))
    .map((each) => ({ ...each, taskId: openableTask(tasks.get(each.case.id) ?? [], (task) => maySeeTask(actor, task)) }))
  const similar = await findSimilar(trx, { ...person, identifierHash: null })
  const doubles = await storedPeople(trx, similar.map((each) => each.person.id).filter((id) => id !== person.id))
  return {
    stored,
    mergedInto: null,
    accounts: await accountsOfPerson(trx, person.id),
    cases,
    casesElsewhere: all.length - cases.length,
    messages: await messagesOfCases(trx, cases.map(({ case: { id } }) => id), mostMessages),
    mandates: await mandatesOfPerson(trx, person.id),
    merges: await mergesWithNames(trx, context, person.id),
    notes: await notesOfPerson(trx, person.id),
    doubles: [...doubles.values()].filter(({ isProven }) => !(isProven && stored.isProven)),
    may: { merge: may(actor, 'person.merge'), note: may(actor, 'person.note') },
  }
}

/** A row that leads elsewhere says where. */
async function signpost(trx: Transaction, stored: StoredPerson, to: string): Promise<UnpackedFile> {
  const mergedInto = (await peopleOf(trx, [to])).get(to) ?? null
  return {
    stored, mergedInto, accounts: [], cases: [], casesElsewhere: 0, messages: [], mandates: [], merges: [], notes: [], doubles: [],
    may: { merge: false, note: false },
  }
}

async function mergesWithNames(trx: Transaction, { actor }: Context, personId: string): Promise<UnpackedFile['merges']> {
  const merges = await mergesOf(trx, personId)
  const people = await peopleOf(trx, merges.flatMap(({ keptId, mergedId }) => [keptId, mergedId]))
  const newest = may(actor, 'person.merge') ? await newestStandingMerge(trx, personId) : undefined
  const named: UnpackedFile['merges'] = []
  for (const merge of merges) {
    const otherId = merge.keptId === personId ? merge.mergedId : merge.keptId
    const other = people.get(otherId)
    const isUndoable = merge.id === newest
    named.push({ ...merge, otherId, otherName: other ? nameOf(other) : '', isUndoable, since: isUndoable ? await casesSince(trx, merge) : [] })
  }
  return named
}

/** The open task of those that may be opened, else the last one. */
function openableTask(tasks: readonly Task[], maySee: (task: Task) => boolean): string | null {
  const visible = tasks.filter(maySee)
  return (visible.find(({ status }) => status === 'open') ?? visible.at(-1))?.id ?? null
}
