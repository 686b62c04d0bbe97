import { v7 as uuidv7 } from 'uuid'
import { demoPassword } from '../../server/launch/demoPassword.ts'
import { TownVisitor } from '../../server/launch/journey.ts'
import type { AdminApi } from '../../server/launch/realm/adminApi.ts'

export interface Crowd {
  people: number
  /** From the first request to the answer that says who one is, for each. */
  waits: number[]
  /** Until the last was in. */
  allMs: number
  failures: string[]
  /** Who was told of somebody else, or saw what somebody else had begun. */
  strangers: number
}

/** So many people sign in at the same moment; then each begins a petition, and is asked who they are and what they have. */
export async function crowd(publicUrl: string, api: AdminApi, people: number): Promise<Crowd> {
  const names = Array.from({ length: people }, (_, at) => `bench.person.${at}`)
  // Twenty at a time: each password is hashed, which takes Keycloak its time on purpose.
  for (let from = 0; from < people; from += 20) {
    await api.post('/salter/partialImport', { ifResourceExists: 'SKIP', users: names.slice(from, from + 20).map((username) => ({
      username, enabled: true, email: `${username}@primer.example`, emailVerified: true, firstName: 'Мерна', lastName: username,
      credentials: [{ type: 'password', value: demoPassword, temporary: false }], realmRoles: ['citizen'],
    })) })
  }

  const failures: string[] = []
  const waits: number[] = []
  const startedAt = performance.now()
  const inside = await Promise.all(names.map(async (username) => {
    const visitor = new TownVisitor(publicUrl, 'sombor')
    try {
      const beganAt = performance.now()
      await visitor.signIn(username, demoPassword, 'citizen')
      waits.push(performance.now() - beganAt)
      return { username, visitor }
    } catch (error) {
      failures.push(`${username}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300))
      return undefined
    }
  }))
  const allMs = performance.now() - startedAt

  const strange = await Promise.all(inside.map(async (each) => each !== undefined && !(await seesOnlyOwn(each, failures))))
  return { people, waits, allMs, failures, strangers: strange.filter(Boolean).length }
}

async function seesOnlyOwn({ username, visitor }: { username: string; visitor: TownVisitor }, failures: string[]): Promise<boolean> {
  try {
    const draftId = uuidv7()
    const draft = { procedure: 'petition', answers: { subject: `Of ${username}` }, applicant: {}, page: 0 }
    await visitor.send('PUT', `/drafts/${draftId}`, draft)
    const me = await visitor.get<{ name: string; contact: { email: string } }>('/me')
    const mine = await visitor.get<{ cases: unknown[]; drafts: { id: string }[] }>('/cases')
    const { signIns } = await visitor.get<{ signIns: unknown[] }>('/me/sign-ins')
    return me.name === `Мерна ${username}` && me.contact.email === `${username}@primer.example` && mine.cases.length === 0
      && mine.drafts.length === 1 && mine.drafts[0]!.id === draftId && signIns.length === 1
  } catch (error) {
    failures.push(`${username}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300))
    return true
  }
}
