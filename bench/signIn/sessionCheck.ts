import { demoPassword } from '../../server/launch/demoPassword.ts'
import { Visitor } from '../../server/launch/visitor.ts'

const REQUESTS = 1500
const WARM_UP = 200

/**
 * The same question, to which the answer is the same whoever asks (a draft that is not there), by a browser without a session
 * and one with: turn about, so that whatever else the machine does falls on both. In milliseconds.
 */
export async function sessionCheck(publicUrl: string): Promise<{ without: number[]; with: number[] }> {
  const [nobody, jovana] = [new Visitor(), new Visitor()]
  await jovana.signIn(`${publicUrl}/sombor/sign-in?return=/sombor/`, 'jovana.marinkovic', demoPassword)
  const ask = async (visitor: Visitor): Promise<number> => {
    const startedAt = performance.now()
    const reply = await visitor.fetch(`${publicUrl}/api/sombor/drafts/01930000-0000-7000-8000-000000000001`)
    await reply.arrayBuffer()
    if (reply.status !== 404) throw new Error(`Expected no such draft, but the answer was ${reply.status}`)
    return performance.now() - startedAt
  }
  const waits = { without: [] as number[], with: [] as number[] }
  for (let round = 0; round < WARM_UP + REQUESTS; round++) {
    const [without, withSession] = [await ask(nobody), await ask(jovana)]
    if (round < WARM_UP) continue
    waits.without.push(without)
    waits.with.push(withSession)
  }
  return waits
}
