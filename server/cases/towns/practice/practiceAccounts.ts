import { crockford, type Keys } from '../../../identity/keys.ts'
import { staffRoles, type Actor } from '../../../identity/actor.ts'
import { toLatin } from '../../../rules/scripts/index.ts'
import type { Practice } from '../../../zeebe/practice.ts'
import type { Context } from '../../context.ts'
import type { PracticeAccount } from '../../store/trainingRows.ts'

/** Whoever keeps the installation stands above all towns, so no copy has one of them. */
const rolesOfCopies = staffRoles.filter((role) => role !== 'operator')

/**
 * One account for each role, in every unit of the copy and in no other town. There is none of a citizen: citizens' accounts are for all
 * towns, and one whose password many know must not file anything in a real one.
 */
export async function ensurePracticeAccounts({ installation, keys, tenant }: Context, { women, men, families }: Practice): Promise<PracticeAccount[]> {
  const password = practicePassword(keys, tenant.id)
  const units = tenant.units.map(({ id }) => id)
  await installation.staff.ensureUnits(tenant.id, units)
  const accounts: PracticeAccount[] = []
  for (const [at, role] of rolesOfCopies.entries()) {
    // From the end of the lists: colleagues are not namesakes of the people who ask them.
    const isWoman = at % 2 === 0
    const given = isWoman ? women : men
    const family = families[families.length - 1 - at % families.length]!
    const [givenName, familyName] = [given[given.length - 1 - Math.floor(at / 2) % given.length]!, isWoman ? family.woman : family.man]
    const username = `${tenant.id}.${role}`
    const id = await installation.staff.ensurePractice(
      tenant.id, { username, givenName, familyName, email: `${role}@${tenant.id}.example`, roles: [role], units },
      { password, language: tenant.firstLanguage },
    )
    accounts.push({ role, id, username, name: inScript(tenant.firstLanguage, `${givenName} ${familyName}`) })
  }
  return accounts
}

/** The one password of all accounts of a copy. Computed, so that it is written nowhere and told to administrators whenever they ask. */
export function practicePassword(keys: Keys, tenantId: string): string {
  const bytes = Buffer.from(keys.sign(`practice password\0${tenantId}`), 'base64url')
  return crockford(bytes.subarray(0, 12)).replace(/(.{4})(?=.)/g, '$1-')
}

/** Who acts behind such an account, in the copy. */
export function practiceActor({ id, name, role }: PracticeAccount, { tenant }: Pick<Context, 'tenant'>): Actor {
  return { kind: 'staff', id, name, level: 'password', roles: [role], units: tenant.units.map((unit) => unit.id) }
}

function inScript(language: string, name: string): string {
  return language === 'sr-Latn' ? toLatin(name) : name
}
