import type { Comparison, MergeSide as Side } from '../../cases/people/compareForMerge.ts'
import type { PersonFile } from '../../cases/people/readPerson.ts'
import { nameOf } from '../../cases/person.ts'
import type { StoredPerson } from '../../cases/store/personRows.ts'
import { titleOf } from '../../cases/words.ts'
import type { MergePage, MergeSide, PersonPage, PersonRow } from '../contract/people.ts'
import type { Language } from '../contract/words.ts'
import type { Town } from '../web.ts'
import { unitName } from './showTown.ts'

/** A person as a list shows them: enough to tell two of one name apart, and of the number only its end. */
export function showPersonRow({ person, isProven }: StoredPerson): PersonRow {
  return {
    id: person.id,
    kind: person.kind,
    name: nameOf(person),
    bornOn: person.bornOn,
    numberMask: person.numberMask,
    proven: isProven,
    address: person.address ?? '',
  }
}

function showWhole(stored: StoredPerson): PersonPage['person'] {
  const { givenName, familyName, email, phone, language } = stored.person
  return {
    ...showPersonRow(stored), givenName, familyName, email: email ?? '', phone: phone ?? '', language, createdAt: stored.createdAt.toISOString(),
  }
}

/** A person's page, in the reader's language. */
export function showPerson(file: PersonFile, town: Town, language: Language): PersonPage {
  const numbers = new Map(file.cases.map((each) => [each.case.id, each.case.number]))
  return {
    person: showWhole(file.stored),
    mergedInto: file.mergedInto && { id: file.mergedInto.id, name: nameOf(file.mergedInto) },
    accounts: file.accounts.map(({ id, createdAt, lastSeenAt, level }) =>
      ({ id, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt?.toISOString() ?? null, level })),
    cases: file.cases.map(({ case: each, package: pack, as, taskId }) => ({
      id: each.id,
      number: each.number,
      title: titleOf(pack, language, town.country),
      status: each.status,
      channel: each.channel,
      unit: unitName(town, each.unitId, language),
      filedAt: each.filedAt.toISOString(),
      closedAt: each.closedAt?.toISOString() ?? null,
      as,
      taskId,
    })),
    casesElsewhere: file.casesElsewhere,
    messages: file.messages.map(({ at, caseId, ...message }) => ({
      ...message, caseId, number: numbers.get(caseId) ?? '', at: at.toISOString(),
    })),
    mandates: file.mandates.map(({ otherId, otherName, ...mandate }) => ({ ...mandate, other: { id: otherId, name: otherName } })),
    merges: file.merges.map((merge) => ({
      id: merge.id,
      other: { id: merge.otherId, name: merge.otherName },
      at: merge.mergedAt.toISOString(),
      reason: merge.reason,
      undoneAt: merge.undoneAt?.toISOString() ?? null,
      undoReason: merge.undoReason ?? '',
      undoable: merge.isUndoable,
      casesSince: merge.since.map(({ case: each, package: pack }) => ({
        id: each.id, number: each.number, title: titleOf(pack, language, town.country), filedAt: each.filedAt.toISOString(),
      })),
    })),
    notes: file.notes.map(({ at, ...note }) => ({ ...note, at: at.toISOString() })),
    doubles: file.doubles.map(showPersonRow),
    may: file.may,
  }
}

/** Two rows side by side. */
export function showComparison({ kept, other, differs, refusal }: Comparison): MergePage {
  return { kept: showSide(kept), other: showSide(other), differs, refusal }
}

function showSide({ stored, ...counts }: Side): MergeSide {
  return { person: showWhole(stored), ...counts }
}
