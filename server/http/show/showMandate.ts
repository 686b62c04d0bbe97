import type { PackageShelf } from '../../cases/context.ts'
import type { MandateFile } from '../../cases/mandates/mandate.ts'
import { nameOf, type Person } from '../../cases/person.ts'
import { titleOf } from '../../cases/words.ts'
import type { Actor } from '../../identity/actor.ts'
import type { Mandate } from '../contract/mandates.ts'
import type { Language } from '../contract/words.ts'
import type { Town } from '../web.ts'

export interface MandateReader {
  town: Town
  packages: PackageShelf
  actor: Actor
  language: Language
}

/** A mandate for its two people or for a clerk. Which clerk decided is for the town's own eyes. */
export function showMandate({ mandate, standing, person, forPerson, documents, caseNumber }: MandateFile, reader: MandateReader): Mandate {
  const { actor, language, packages, town } = reader
  const isStaff = actor.kind === 'staff'
  const titleOfId = (id: string): string => {
    const pack = packages.newest(id)
    return pack ? titleOf(pack, language, town.country) : id
  }
  return {
    id: mandate.id,
    kind: mandate.kind,
    who: person && partyOf(person),
    whom: partyOf(forPerson),
    mine: actor.personId === undefined ? 'none' : actor.personId === mandate.personId ? 'held' : actor.personId === forPerson.id ? 'given' : 'none',
    procedures: mandate.procedures?.map((id) => ({ id, title: titleOfId(id) })) ?? null,
    caseNumber,
    deeds: mandate.deeds,
    validFrom: mandate.validFrom,
    validTo: mandate.validTo,
    standing,
    proof: mandate.proof,
    proofNote: mandate.proofNote,
    offeredTo: mandate.offeredTo,
    decidedBy: isStaff ? mandate.decidedName : null,
    decidedAt: mandate.decidedAt?.toISOString() ?? null,
    reason: mandate.reason,
    createdAt: mandate.createdAt.toISOString(),
    documents: documents.map(({ id, fileName, mediaType, sizeBytes }) => ({ id, fileName, mediaType, sizeBytes })),
  }
}

function partyOf(person: Person): { name: string; kind: Person['kind']; numberMask: string } {
  return { name: nameOf(person), kind: person.kind, numberMask: person.numberMask }
}
