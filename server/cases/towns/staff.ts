import { refuse } from '../../base/errors.ts'
import type { StaffChange, StaffGiven, StaffMember } from '../../identity/staffDirectory.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { TownRefusal, type TownFault } from './checkTown.ts'

/** Everybody who works in the town, as Keycloak knows them, by family name. */
export async function listStaff({ actor, installation, tenant }: Context): Promise<StaffMember[]> {
  if (!may(actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  const members = await installation.staff.staffOf(tenant.id)
  const order = new Intl.Collator(tenant.officialLanguage)
  return members.sort((a, b) => order.compare(`${a.familyName} ${a.givenName}`, `${b.familyName} ${b.givenName}`))
}

/**
 * Gives a person of the town hall an account with roles and units; Keycloak writes them how to choose a password. Refusals: not-allowed,
 * practice-accounts-only.
 */
export async function inviteStaff(context: Context, person: StaffGiven): Promise<string> {
  if (!may(context.actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  // Keycloak would write to a real person. Who practises has an account of the copy's own.
  if (context.tenant.trainingOf) refuse('wrong-state', 'practice-accounts-only')
  return invite(context, person)
}

/** The same for whoever was allowed already. */
export async function invite(context: Context, person: StaffGiven): Promise<string> {
  const { db, installation, tenant } = context
  refuseFaults(context, person)
  const id = await installation.staff.invite(tenant.id, person, { language: tenant.firstLanguage })
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'staff.invite', subject: id, facts: { roles: [...person.roles], units: [...person.units] },
  }))
  return id
}

/** Changes roles or units of someone of the town, or shuts their account. It acts within a minute. */
export async function changeStaff(context: Context, memberId: string, change: StaffChange): Promise<void> {
  const { actor, db, installation, tenant } = context
  if (!may(actor, 'tenant.administer')) refuse('not-allowed', 'not-allowed')
  // Nobody shuts the door behind themselves by mistake.
  const staysIn = change.isEnabled !== false && (change.roles?.includes('administrator') ?? true)
  if (memberId === actor.id && !staysIn) refuse('wrong-state', 'own-account')
  refuseFaults(context, change)
  const copies = installation.towns().filter(({ trainingOf }) => trainingOf === tenant.id).map(({ id }) => id)
  await installation.staff.change(tenant.id, memberId, change, copies)
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'staff.change', subject: memberId,
    facts: {
      ...(change.roles ? { roles: [...change.roles] } : {}),
      ...(change.units ? { units: [...change.units] } : {}),
      ...(change.isEnabled === undefined ? {} : { enabled: change.isEnabled }),
    },
  }))
}

function refuseFaults({ tenant }: Context, { roles, units }: Pick<StaffChange, 'roles' | 'units'>): void {
  const faults: TownFault[] = []
  // An operator stands above all towns, so no town's administrator makes one.
  if (roles?.includes('operator')) faults.push({ key: 'roles', code: 'not-understood' })
  if (roles?.length === 0) faults.push({ key: 'roles', code: 'needed' })
  if (units?.length === 0) faults.push({ key: 'units', code: 'needed' })
  for (const unit of units ?? []) {
    if (!tenant.units.some(({ id }) => id === unit)) faults.push({ key: 'units', code: 'not-understood', facts: { unit } })
  }
  if (faults.length > 0) throw new TownRefusal(faults)
}
