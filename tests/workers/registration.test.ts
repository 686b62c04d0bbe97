import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../server/cases/context.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { activateAccount } from '../../server/cases/registration/activateAccount.ts'
import { cancelRegistration } from '../../server/cases/registration/cancelRegistration.ts'
import { readRegistration } from '../../server/cases/registration/readRegistration.ts'
import { registerCitizen } from '../../server/cases/registration/registerCitizen.ts'
import { resendActivation } from '../../server/cases/registration/resendActivation.ts'
import { slipOf } from '../../server/cases/registration/slipOf.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { heard, startOnEngine, type TownsOnEngine } from '../support/onTheEngine.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let engine: TownsOnEngine
let djordje: Context
let anybody: Context

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
  engine = await startOnEngine(town)
  djordje = engine.contextFor(town, clerk(town, 'djordje.stancic'))
  anybody = engine.contextFor(town, visitor())
})

afterAll(async () => {
  await engine.close()
  await town.close()
})

/** Registered, and the process has come as far as waiting for the person. */
async function registered(number: string, bornOn: string, email: string): Promise<string> {
  const { case: { id } } = await registerCitizen(djordje, {
    clientKey: uuidv7(), numberKind: 'personal-number', number, givenName: 'Ружица', familyName: `Ковачев ${number.slice(0, 2)}`, bornOn, email, phone: '',
    residence: '', document: { kind: 'identity-card', number: '011223344', validUntil: '2099-05-14' }, language: 'sr-Latn',
    eDelivery: { given: true, textVersion: '2026-11-24' }, notices: ['email'], isAnother: true,
  })
  await until(id, async () => (await readRegistration(djordje, id)).case.status === 'waiting-for-you')
  return id
}

/** Waits for what a step of the process changes, told by the town's own events. */
async function until(caseId: string, isSo: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const next = heard(town, (event) => event.caseId === caseId)
    if (await isSo()) return
    await next
  }
}

const isClosed = (caseId: string) => async (): Promise<boolean> => (await readRegistration(djordje, caseId)).case.closedAt !== null
const linkIn = (mail = town.sentMails.at(-1)): string => /activate#(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''

test('from the counter to the open account: the process prepares it, waits, hears of the confirmation and ends', async () => {
  const caseId = await registered('0505985155121', '1985-05-05', 'ruzica@primer.example')
  await engine.outbox.idle()
  const { activationCode: code } = await slipOf(djordje, await readRegistration(djordje, caseId))

  await activateAccount(anybody, { token: linkIn(), code, password: 'duga reka kod Bezdana' })
  await until(caseId, isClosed(caseId))

  const { case: closed, timeline } = await readCase(engine.contextFor(town, systemActor('test')), caseId)
  expect(closed).toMatchObject({ status: 'granted', outcome: 'granted' })
  expect(timeline.map(({ kind }) => kind)).toEqual([
    'filed', 'account-prepared', 'activation-sent', 'status-changed', 'account-activated', 'status-changed', 'closed',
  ])
  expect([...town.citizens.accounts.values()]).toEqual([expect.objectContaining({ email: 'ruzica@primer.example', enabled: true })])
})

test('given up while the link waits: the process undoes the account it has made', async () => {
  const caseId = await registered('1503985810120', '1985-03-15', 'marko@primer.example')

  await cancelRegistration(djordje, caseId, 'Особа се предомислила')
  await until(caseId, isClosed(caseId))

  expect((await readRegistration(djordje, caseId)).case).toMatchObject({ status: 'withdrawn', outcome: 'withdrawn' })
  expect([...town.citizens.accounts.values()].map(({ email }) => email)).not.toContain('marko@primer.example')
})

test('asked for again, the process sends another link, and the first is worth nothing', async () => {
  const caseId = await registered('3112985899995', '1985-12-31', 'stevan@primer.example')
  await engine.outbox.idle()
  const first = linkIn()

  const sentAgain = until(caseId, async () => (await readRegistration(djordje, caseId)).registration.letters === 2)
  await resendActivation(djordje, caseId, {})
  await sentAgain
  await engine.outbox.idle()

  const { activationCode: code } = await slipOf(djordje, await readRegistration(djordje, caseId))
  await expect(activateAccount(anybody, { token: first, code, password: 'duga reka kod Bezdana' })).rejects.toMatchObject({ code: 'link-unknown' })
  await activateAccount(anybody, { token: linkIn(), code, password: 'duga reka kod Bezdana' })
  await until(caseId, isClosed(caseId))
  expect((await readRegistration(djordje, caseId)).state).toBe('active')
})
