import type { Context } from '../../cases/context.ts'
import { may } from '../../cases/may.ts'
import type { Training } from '../../cases/towns/practice/readTraining.ts'
import type { StaffMember } from '../../identity/staffDirectory.ts'
import { townRoles, type Customs, type StaffRow, type TownSettings, type Training as TrainingReply } from '../contract/towns.ts'
import type { Town } from '../web.ts'

/** What an administrator sees of the own town's settings. */
export function showSettings(town: Town, { actor, installation }: Pick<Context, 'actor' | 'installation'>): TownSettings {
  const { id, country, authority, names, placeNames, contact, hours, color, emblem, languages, firstLanguage, officialLanguage } = town
  return {
    id, country, authority, names, placeNames, contact, hours, color, emblem, languages, firstLanguage, officialLanguage,
    smsLetters: town.smsLetters ?? 'own',
    numbering: town.numbering,
    units: town.units,
    unitsNeeded: [...installation.unitsNeeded(town)],
    trainingOf: town.trainingOf ?? null,
    training: installation.towns().find(({ trainingOf }) => trainingOf === id)?.id ?? null,
    may: { addTown: may(actor, 'tenant.add') },
  }
}

/** Who works in the town. A role that is no town's to give is not shown. */
export function showStaff(members: readonly StaffMember[], { actor }: Pick<Context, 'actor'>): StaffRow[] {
  return members.map(({ id, username, givenName, familyName, email, roles, units, isEnabled, isInvited }) => ({
    id, username, email,
    name: [givenName, familyName].filter(Boolean).join(' ') || username,
    roles: townRoles.filter((role) => roles.includes(role)),
    units: [...units],
    enabled: isEnabled,
    invited: isInvited,
    self: id === actor.id,
  }))
}

/** How full the copy for practice is, and how to sign in there. */
export function showTraining(training: Training | null): TrainingReply {
  const fill = training?.fill
  return {
    id: training?.id ?? null,
    phase: fill?.phase ?? null,
    planned: fill?.planned ?? 0,
    filed: fill?.filed ?? 0,
    settled: fill?.settled ?? 0,
    password: training?.password ?? null,
    accounts: townRoles.flatMap((role) => {
      const account = fill?.accounts.find((each) => each.role === role)
      return account ? [{ role, username: account.username, name: account.name }] : []
    }),
  }
}

/** How a municipality of a country usually begins. */
export function showCustoms(
  { authorities, officialLanguage, languages, numbering, units }: Awaited<ReturnType<Context['installation']['customsOf']>>,
): Customs {
  return { authorities, officialLanguage, languages, numbering, units }
}
